"""A person's rights over HTTP: consent, export, deletion."""

import base64
import csv
import io
import json

import pytest
from sqlalchemy import create_engine, select

from bot.handlers import COMMANDS
from bot.storage import Store
from bot.storage.tables import Base
from recommender.domain import UserId
from tests.e2e.conftest import LivingBot, Person
from tests.sim import Json


def _document(person: Person, name: str) -> bytes:
    message: Json = person.sim.until_message(
        person.id, lambda each: bool(each["document"]) and each["document"]["name"] == name, what=name
    )
    return base64.b64decode(message["document"]["content_base64"])


def _tables_that_name(store: Store, person: Person) -> list[str]:
    """Walk the whole schema, every column, for the person's number."""
    engine = create_engine(store.url)
    with engine.connect() as connection:
        found = [
            table.name
            for table in Base.metadata.sorted_tables
            for row in connection.execute(select(table))
            if any(str(person.id) == str(value) or f'"id":{person.id},' in str(value) for value in row)
        ]
    engine.dispose()
    return found


def test_consent_is_switched_in_privacy(person: Person, store: Store) -> None:
    person.onboard("Comedy")
    person.say("/privacy")
    person.tap(person.sees("your ratings are not used"), "👍 Use my ratings for training")
    person.tap(person.sees("your ratings help"), "Stop using my ratings")
    person.sees("your ratings are not used")
    known = store.read(lambda tx: tx.people.get(UserId(person.id)))
    assert known is not None
    assert known.consent is False


def test_export_hands_over_files_that_parse_back(person: Person) -> None:
    person.onboard("Comedy")
    for title, stars in (("heat", "4★"), ("cmd calc", "2★")):
        person.say(f"/rate {title}")
        person.tap(person.sees("Seen it? Tap your stars."), stars)
        person.sees("Your rating:")
    person.say("/export")
    everything = json.loads(_document(person, "reelmate.json"))
    assert [(row["movie_id"], row["half_stars"]) for row in everything["ratings"]] == [(1, 8), (8, 4)]
    assert everything["chosen_genres"] == [{"person_id": person.id, "genre": "Comedy", "excluded": False}]
    rows = list(csv.DictReader(io.StringIO(_document(person, "reelmate-letterboxd.csv").decode())))
    assert list(rows[0]) == ["tmdbID", "imdbID", "Title", "Year", "Rating", "Rating10", "WatchedDate", "Tags", "Review"]
    assert (rows[0]["Title"], rows[0]["Rating"], rows[0]["Rating10"], rows[0]["tmdbID"]) == ("Heat", "4", "8", "1001")
    assert rows[1]["Title"] == "'=cmd|' /C calc'!A0"
    assert {row["WatchedDate"] for row in rows} == {""}, "nobody said when a film was watched"


def test_exports_asked_for_while_one_waits_are_answered_and_not_made(person: Person, store: Store) -> None:
    person.onboard("Comedy")
    person.sim.fault("sendDocument", status=500, times=2)
    for _ in range(3):
        person.say("/export")
    everything = json.loads(_document(person, "reelmate.json"))
    assert not [row for row in everything["outbox"] if "attachment" in row]
    person.sees("Your files are on their way already")
    person.sim.until(lambda: store.read(lambda tx: tx.outbox.count("waiting")) == 0, what="nothing waiting")
    names = [one["document"]["name"] for one in person.sim.from_bot(person.id) if one["document"]]
    assert names == ["reelmate.json", "reelmate-letterboxd.csv"]


def test_deletion_asks_once_and_leaves_nothing(person: Person, store: Store) -> None:
    person.onboard("Comedy")
    person.mark(person.sees("Films for you"), 1, "👀 Seen")
    person.say("/rate heat")
    person.tap(person.sees("Seen it? Tap your stars."), "4★")
    person.say("/digest daily")
    person.tap(person.sees("At what hour?"), "19:00")
    person.say("/deleteme")
    person.tap(person.sees("Your 1 rating"), "🗑 Yes, erase everything")
    person.sees("Everything is erased")
    person.sim.until(lambda: not _tables_that_name(store, person), what="no row that names the person")


def test_declining_the_deletion_keeps_everything(person: Person, store: Store) -> None:
    person.onboard("Comedy")
    person.say("/deleteme")
    person.tap(person.sees("Erase everything?"), "Keep it")
    person.sees("Nothing was erased")
    assert store.read(lambda tx: tx.people.get(UserId(person.id))) is not None


def test_a_list_from_before_the_deletion_does_not_bring_the_person_back(person: Person, store: Store) -> None:
    shown = person.onboard("Comedy")
    person.say("/deleteme")
    person.tap(person.sees("Erase everything?"), "🗑 Yes, erase everything")
    person.sees("Everything is erased")
    for label in ("1", "More ›", "🎛 Tune"):
        person.tap(shown, label)
    person.sees("I don’t know you yet")
    assert store.read(lambda tx: tx.people.get(UserId(person.id))) is None
    person.say("/start")
    person.sees("One question")


def test_deletion_in_the_middle_of_a_list_leaves_nothing(bot: LivingBot, person: Person, store: Store) -> None:
    person.onboard("Comedy")
    person.say("/deleteme")
    question = person.sees("Erase everything?")
    person.say("/recommend")
    person.sim.tap(person.id, question["message_id"], "🗑 Yes, erase everything")
    person.sees("Everything is erased")
    person.sim.until(lambda: not _tables_that_name(store, person), what="no row that names the person")


@pytest.mark.parametrize("text", [*(f"/{name}" for name in COMMANDS if name != "start"), "/frobnicate", "heat", "🎬"])
def test_nothing_that_is_written_after_an_erasure_makes_a_record_but_start(
    person: Person, store: Store, text: str
) -> None:
    person.onboard("Comedy")
    person.say("/deleteme")
    person.tap(person.sees("Erase everything?"), "🗑 Yes, erase everything")
    person.sees("Everything is erased")
    count = len(person.messages())
    person.say(text)
    person.sim.until(lambda: len(person.messages()) > count, what="an answer")
    person.sim.until(lambda: not _tables_that_name(store, person), what="no row that names the person")
    person.say("/start")
    person.sees("One question")
    assert store.read(lambda tx: tx.people.get(UserId(person.id))) is not None


@pytest.mark.parametrize("text", ["/privacy", "/help", "/export", "/deleteme", "/frobnicate"])
def test_who_only_looks_leaves_no_trace(person: Person, store: Store, text: str) -> None:
    person.say(text)
    person.sim.until(lambda: bool(person.messages()), what="an answer")
    person.sim.until(lambda: not _tables_that_name(store, person), what="no row that names the person")


def test_who_answered_another_question_about_training_is_asked_again_once(person: Person, store: Store) -> None:
    person.onboard("Comedy")
    store.write(lambda tx: tx.people.set_consent(UserId(person.id), True, version=0)).result()
    person.say("/later")
    asked = person.sees("The question about training has changed")
    known = store.read(lambda tx: tx.people.get(UserId(person.id)))
    assert known is not None
    assert known.consent is None
    person.say("/later")
    person.settle()
    assert sum("has changed" in message["text"] for message in person.messages()) == 1
    person.tap(asked, "👍 Yes, use my ratings")
    person.sees("your ratings help")


def test_strangers_have_nothing_to_export_or_erase(person: Person) -> None:
    person.say("/export")
    person.sees("nothing to export")
    person.say("/deleteme")
    person.sees("nothing to erase")
