"""Bringing one's past along over HTTP: a file is shown, imported, undone; whatever else is sent gets a sentence."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

import pytest

from bot.settings import Settings
from bot.storage import Store
from recommender.domain import UserId
from tests.bot.histories.files import IMDB_HEADER, packed
from tests.e2e.conftest import LivingBot, Person, labels
from tests.sim import Json, Sim

HEADER: Final = "Date,Name,Year,Letterboxd URI,Rating\n"
LETTERBOXD: Final = HEADER + (
    "2023-03-20,Heat,1991,https://boxd.it/1,4.5\n"
    '2023-03-21,"Matrix, The",1995,https://boxd.it/2,5\n'
    "2023-03-22,Casablnca,1996,https://boxd.it/3,3\n"
)
FILMS: Final = "Date,Name,Year,Letterboxd URI\n2023-03-20,{},x\n"


def _ratings(store: Store, person: Person) -> dict[int, int]:
    ratings = store.read(lambda tx: tx.ratings.all(UserId(person.id)))
    return {rating.movie_id: rating.stars.half_stars for rating in ratings}


def _is_imported(person: Person, message_id: int) -> bool:
    return any(one["message_id"] == message_id and "Imported" in one["text"] for one in person.messages())


def _send(person: Person, content: str | bytes, name: str = "ratings.csv", chat: Json | None = None) -> int:
    raw = content.encode() if isinstance(content, str) else content
    update_id = person.sim.document(person.user, name, raw, chat)
    assert update_id is not None
    return update_id


def test_a_file_is_shown_imported_and_undone_in_one_message(person: Person, store: Store) -> None:
    _send(person, LETTERBOXD)
    shown = person.sees("3 rows: 2 matched, 1 not.")
    assert labels(shown) == ["📥 Import", "Cancel", "🔎 Show them: 1 not found"]
    assert _ratings(store, person) == {}
    person.tap(shown, "🔎 Show them: 1 not found")
    person.tap(person.sees("1. Casablnca (1996) · perhaps Casablanca (1996)"), "‹ Back")
    person.tap(person.sees("3 rows: 2 matched, 1 not."), "📥 Import")
    done = person.sees("Imported from Letterboxd")
    assert "⭐ 2 ratings" in done["text"]
    assert _ratings(store, person) == {1: 9, 5: 10}
    person.tap(done, "↩ Undo (for 30 days)")
    person.sees("all is as it was before the import")
    assert _ratings(store, person) == {}
    assert len(person.messages()) == 1


def test_all_of_it_is_chinese_too(bot: LivingBot, sim: Sim, store: Store) -> None:
    person = Person(sim, 8, "zh-hans")
    person.say("/import")
    person.sees("把以前的记录带过来")
    _send(person, LETTERBOXD)
    shown = person.sees("共 3 行：找到 2，没找到 1。")
    person.tap(shown, "🔎 看看没找到的 1 部")
    person.tap(person.sees("也许是 Casablanca (1996)"), "‹ 返回")
    person.tap(person.sees("共 3 行"), "📥 导入")
    person.tap(person.sees("已从 Letterboxd 导入"), "↩ 撤销（30 天内有效）")
    person.sees("一切恢复到导入之前")
    _send(person, "Book Id,Title\n1,Dune\n", "books.csv")
    person.sees("这个文件我不认识：我能读 Letterboxd、IMDb、Trakt、TMDB、MovieLens 和 Simkl")


def test_a_zip_brings_ratings_films_seen_and_watchlist(person: Person, store: Store) -> None:
    files = {
        "ada/ratings.csv": LETTERBOXD,
        "ada/watched.csv": FILMS.format("Ronin,1992"),
        "ada/watchlist.csv": FILMS.format("Alien,1994"),
    }
    _send(person, packed(files), "letterboxd.zip")
    shown = person.sees("5 rows: 4 matched, 1 not.")
    assert "⭐ 2 ratings · 👀 1 seen · 🔖 1 for later" in shown["text"]
    person.tap(shown, "📥 Import")
    person.sees("Imported from Letterboxd")
    person.say("/later")
    person.sees("Alien (1994)")
    person.say("/ratings")
    assert "Heat (1991)" in person.sees("The Matrix (1995)")["text"]


def test_series_and_duplicates_are_counted_and_left_out(person: Person) -> None:
    heat = "tt0000001,8,2024-01-05,Heat,Heat,x,Movie,8,170,1991,x,1,1991-01-01,M\n"
    series = "tt0903747,9,2024-01-05,Breaking Bad,Breaking Bad,x,TV Series,9,45,2008,x,1,2008-01-20,\n"
    _send(person, IMDB_HEADER + heat + heat + series)
    shown = person.sees("2 rows: 2 matched, 0 not.")
    assert "1 duplicate · 1 series skipped" in shown["text"]
    assert labels(shown) == ["📥 Import", "Cancel"]


def test_cancel_forgets_the_file(person: Person, store: Store) -> None:
    _send(person, LETTERBOXD)
    person.tap(person.sees("3 rows"), "Cancel")
    person.sees("Nothing was imported, and the file is forgotten")
    assert "batch_films" not in store.read(lambda tx: tx.erasure.export(UserId(person.id)))


REFUSED: Final[dict[str, tuple[str, Callable[[], bytes], str]]] = {
    "a zip in a zip": ("a.zip", lambda: packed({"b.zip": packed({"ratings.csv": LETTERBOXD})}), "an archive inside"),
    "another site": ("goodreads.csv", lambda: b"Book Id,Title\n1,Dune\n", "I take exports of Letterboxd, IMDb"),
    "binary": ("ratings.csv", lambda: bytes(range(256)) * 40, "I take exports of Letterboxd, IMDb"),
    "a folder of 10,000": (
        "a.zip",
        lambda: packed({f"f/{at}.csv": "" for at in range(10_000)}),
        "more than 2,000 files",
    ),
    "a bomb": ("a.zip", lambda: packed({"ratings.csv": "0" * 30_000_000}), "unpacks to more than 60 MB"),
    "blank": ("ratings.csv", lambda: b"\r\n\r\n", "That file is empty"),
    "more than 20 MB": ("a.zip", lambda: b"x" * (20 * 1024 * 1024 + 1), "larger than 20 MB"),
    "20 MB": ("a.csv", lambda: b"x" * (20 * 1024 * 1024), "I take exports of Letterboxd, IMDb"),
    "a quote lost": ("r.csv", lambda: (HEADER + '1,"Up' + "x,\n" * 90_000).encode(), "A cell of that file is longer"),
    "a spreadsheet": ("ratings.xlsx", lambda: packed({"xl/worksheets/sheet1.xml": "<x/>"}), "I take exports of"),
}


LARGE: Final = pytest.mark.long("a file of 20 MB")


@pytest.mark.parametrize("kind", [pytest.param(kind, marks=LARGE) if "20 MB" in kind else kind for kind in REFUSED])
def test_a_file_that_is_not_taken_gets_one_sentence_and_loses_nothing(
    person: Person, store: Store, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    name, content, sentence = REFUSED[kind]
    _send(person, content(), name)
    person.sim.until_text(person.id, sentence, within_s=30)
    person.settle()
    assert len(person.messages()) == 2, "one sentence, and the help that settles"
    assert store.read(lambda tx: (tx.inbox.count("dead"), tx.batches.at_work())) == (0, [])
    assert name not in caplog.text


def test_in_a_group_a_file_is_ignored_unless_its_caption_names_the_bot(bot: LivingBot, sim: Sim, store: Store) -> None:
    group = {"id": -100200, "type": "group"}
    person = Person(sim, 7)
    _send(person, LETTERBOXD, chat=group)
    told: dict[str, Any] = {"name": "ratings.csv", "content_base64": "eA==", "chat": group, "user": person.user}
    sim.post("document", **told, caption="look at this")
    sim.post("document", **told, caption="@Reelmate_bot import this")
    sim.post("document", **told, caption="/import@reelmate_bot")
    sim.until(lambda: len(sim.from_bot(-100200)) == 2, what="two answers")
    person.say("/help")
    person.sees("/deleteme")
    assert ["For all else write to me in private" in each["text"] for each in sim.from_bot(-100200)] == [True, True]
    assert store.read(lambda tx: tx.batches.at_work()) == []


def test_a_file_delivered_twice_is_shown_once(person: Person) -> None:
    update_id = _send(person, LETTERBOXD)
    person.sees("3 rows")
    person.sim.redeliver(update_id)
    person.settle()
    assert len([each for each in person.messages() if "3 rows" in each["text"]]) == 1


def test_a_file_that_telegram_hands_over_late_is_waited_for(person: Person) -> None:
    person.sim.fault("getFile", status=502, times=2)
    _send(person, LETTERBOXD)
    person.sees("3 rows: 2 matched, 1 not.")


def test_a_file_that_telegram_does_not_hand_over_is_said_so(person: Person) -> None:
    person.sim.fault("getFile", status=400, times=1)
    _send(person, LETTERBOXD)
    person.sees("Telegram would not hand me that file")


def test_files_of_an_album_are_all_shown_and_imported_one_by_one(person: Person, store: Store) -> None:
    for name, film in (("ratings.csv", None), ("watched.csv", "Ronin,1992"), ("watchlist.csv", "Alien,1994")):
        _send(person, LETTERBOXD if film is None else FILMS.format(film), name)
    person.sees("⭐ 2 ratings")
    for part in ("👀 1 seen", "🔖 1 for later"):
        shown = person.sees(part)
        person.tap(shown, "📥 Import")
        person.sim.until(partial(_is_imported, person, shown["message_id"]), what="the import")
    assert store.read(lambda tx: tx.marks.movies(UserId(person.id), "later")) == {4}


@pytest.mark.long("a file that takes a while to read")
def test_others_are_answered_while_a_long_file_is_read(bot: LivingBot, sim: Sim, store: Store) -> None:
    ada, bob = Person(sim, 8), Person(sim, 9)
    bob.say("/rate")
    card = bob.sees("How did you like it?")
    rows = "".join(f"2023-03-20,Film {at} of many,1999,x,4\n" for at in range(8_000))
    _send(ada, HEADER + rows)
    sim.until(lambda: store.read(lambda tx: tx.batches.at_work()), what="the file to be received")
    bob.tap(card, "4★")
    assert store.read(lambda tx: tx.batches.at_work()), "the tap must not wait for the file"
    sim.until_text(ada.id, "8,000 rows: 0 matched, 8,000 not.", within_s=120)


def test_a_stop_in_the_middle_loses_no_file(settings: Settings, store: Store, sim: Sim) -> None:
    person = Person(sim, 8)
    first = LivingBot(settings, store)
    first.start()
    sim.fault("getFile", status=502, times=2)
    _send(person, LETTERBOXD)
    sim.until(lambda: store.read(lambda tx: tx.batches.at_work()), what="the file to be received")
    first.stop()
    assert person.messages() == []
    second = LivingBot(settings, store)
    second.start()
    try:
        person.tap(person.sees("3 rows: 2 matched, 1 not."), "📥 Import")
        person.sees("Imported from Letterboxd")
    finally:
        second.stop()


def test_erasing_everything_takes_files_along(person: Person, store: Store) -> None:
    _send(person, LETTERBOXD)
    shown = person.sees("3 rows")
    person.say("/privacy")
    person.sees("imports, rows (30 days)")
    person.say("/deleteme")
    person.tap(person.sees("Erase everything?"), "🗑 Yes, erase everything")
    person.sees("Everything is erased")
    assert not {"batches", "batch_films"} & store.read(lambda tx: tx.erasure.export(UserId(person.id))).keys()
    person.tap(shown, "📥 Import")
    person.sees("I don’t know you yet")


def test_the_command_says_how_to_get_the_file(person: Person) -> None:
    person.say("/import")
    told = person.sees("Bring your films along")["text"]
    assert all(site in told for site in ("Letterboxd", "IMDb", "Trakt", "TMDB", "MovieLens", "Simkl"))
