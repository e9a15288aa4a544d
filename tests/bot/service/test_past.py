"""What importing a file changes, and what its undo puts back, on both kinds of databases."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from bot.callbacks import DropBatch, ImportBatch, ShowBatch, UndoBatch
from bot.messages import load_words
from bot.service import past, past_applying, past_reading
from bot.service.export import everything_as_json, ratings_as_letterboxd
from bot.service.past import SentFile
from bot.service.service import Reply, Service, Turn
from bot.service.titles import Titles
from bot.storage import BATCHES_KEPT, Batch, BatchId, CatalogueMovie, Letter, Store
from recommender.domain import Movie, MovieId, UserId
from tests.bot.pupil import ENTRIES, Pupil
from tests.databases import Clock

ADA, BOB = UserId(7), UserId(8)
HEAT, RONIN, AMELIE, MATRIX = (MovieId(number) for number in (1, 2, 3, 5))
HEADER = "Date,Name,Year,Letterboxd URI,Rating\n"


@dataclass
class Chat:
    """Somebody who sends files and taps; what the intake does is done at once."""

    store: Store
    person: UserId = ADA
    updates: Any = field(default_factory=lambda: count(100))

    def __post_init__(self) -> None:
        self.service = Service(self.store, Pupil(), load_words(), Titles(self.store))
        self.store.write(lambda tx: tx.people.ensure(self.person)).result()

    def turn(self, message_id: int | None = None) -> Turn:
        return Turn(next(self.updates), self.person, "en", message_id, is_tap=message_id is not None)

    def send(self, content: str | bytes, name: str = "ratings.csv") -> str:
        """Send a file and have it read; returns what is said."""
        past.receive(self.service, self.turn(), SentFile("f", name, "text/csv", len(content)))
        self.work(content.encode() if isinstance(content, str) else content)
        return self.said()

    def work(self, content: bytes = b"") -> None:
        while batches := self.store.read(lambda tx: tx.batches.at_work()):
            (batch,) = batches
            if batch.state == "received":
                past_reading.read(self.service, batch, content, lambda: False)
            else:
                while past_applying.go_on(self.service, batch):
                    pass

    def tap(self, use_case: Callable[[Service, Turn, Any], Reply], action: Any) -> str:
        """Tap a button; returns what is said once all is done."""
        use_case(self.service, self.turn(message_id=55), action)
        self.work()
        return self.said()

    def do_import(self) -> str:
        return self.tap(past.import_batch, ImportBatch(self.batch().id))

    def undo(self) -> str:
        return self.tap(past.undo_batch, UndoBatch(self.batch().id))

    def batch(self) -> Batch:
        """Return the newest batch of all."""
        found = self.store.read(lambda tx: [tx.batches.get(BatchId(number)) for number in range(1, 40)])
        return [batch for batch in found if batch is not None][-1]

    def said(self) -> str:
        return self.letter().outgoing.text

    def letter(self) -> Letter:
        return self.store.read(lambda tx: tx.outbox.waiting())[-1]

    def ratings(self) -> dict[int, tuple[int, datetime]]:
        ratings = self.store.read(lambda tx: tx.ratings.all(self.person))
        return {one.movie_id: (one.stars.half_stars, one.rated_at) for one in ratings}

    def stars(self) -> dict[int, int]:
        return {movie: half_stars for movie, (half_stars, _) in self.ratings().items()}

    def marks(self, kind: Any) -> set[int]:
        return {*self.store.read(lambda tx: tx.marks.movies(self.person, kind))}

    def everything(self) -> Mapping[str, Any]:
        """Return all that is stored of the person's films."""
        tables = self.store.read(lambda tx: tx.erasure.export(self.person))
        return {name: tables.get(name) for name in ("ratings", "marks")}

    def rate(self, movie: MovieId, half_stars: int) -> None:
        update = next(self.updates)
        self.store.write(lambda tx: tx.ratings.put(self.person, movie, half_stars, update_id=update)).result()

    def mark(self, movie: MovieId, kind: Any) -> None:
        self.store.write(lambda tx: tx.marks.put(self.person, movie, kind)).result()


@pytest.fixture
def chat(store: Store) -> Chat:
    store.write(lambda tx: tx.movies.upsert_all(ENTRIES)).result()
    return Chat(store)


def _row(title: str, year: int, stars: str = "", date: str = "2023-03-20") -> str:
    return f"{date},{title},{year},https://boxd.it/1,{stars}\n"


FILE = HEADER + _row("Heat", 1991, "4.5") + _row("Ronin", 1992, "3", "2023-03-21") + _row("Qwrtz", 1999, "5")


def test_nothing_changes_before_the_import_and_ratings_keep_their_dates(chat: Chat) -> None:
    assert "3 rows: 2 matched, 1 not." in chat.send(FILE)
    assert chat.stars() == {}
    assert "Imported from Letterboxd" in chat.do_import()
    assert chat.ratings() == {
        HEAT: (9, datetime(2023, 3, 20, tzinfo=UTC)),
        RONIN: (6, datetime(2023, 3, 21, tzinfo=UTC)),
    }
    assert chat.letter().outgoing.edits == 55


def test_seen_and_watchlist_become_marks_unless_something_says_more(chat: Chat) -> None:
    chat.rate(RONIN, 4)
    chat.mark(AMELIE, "seen")
    films = "Date,Name,Year,Letterboxd URI\n" + "".join(
        f"2023-03-20,{title},{year},x\n" for title, year in (("Heat", 1991), ("Ronin", 1992), ("Amélie", 1993))
    )
    chat.send(films, "watchlist.csv")
    chat.do_import()
    assert chat.marks("later") == {HEAT}
    chat.send(films, "watched.csv")
    chat.do_import()
    assert chat.marks("seen") == {HEAT, AMELIE}
    assert chat.marks("later") == set(), "what is seen is not kept for later"
    assert chat.stars() == {RONIN: 4}


def test_a_rating_takes_a_film_off_the_watchlist_and_undo_puts_it_back(chat: Chat) -> None:
    chat.mark(HEAT, "later")
    before = chat.everything()
    chat.send(FILE)
    chat.do_import()
    assert chat.marks("later") == set()
    chat.undo()
    assert chat.everything() == before


def test_of_two_ratings_the_newer_holds(chat: Chat) -> None:
    chat.rate(HEAT, 2)  # by the clock of these tests in 2026
    chat.rate(RONIN, 2)
    said = chat.send(HEADER + _row("Heat", 1991, "5", "2025-01-01") + _row("Ronin", 1992, "5", "2026-02-28"))
    assert "2 newer here, kept" in said
    chat.tap(past.drop_batch, DropBatch(chat.batch().id))
    chat.send(HEADER + _row("Heat", 1991, "5", "2025-01-01") + _row("Ronin", 1992, "5", "2026-03-01 23:00"))
    assert "1 newer here, kept" in chat.do_import()
    assert chat.stars() == {HEAT: 2, RONIN: 10}


def test_a_date_to_come_is_now_and_a_rating_without_a_date_replaces_none(chat: Chat, clock: Clock) -> None:
    chat.rate(RONIN, 2)
    chat.send(HEADER + _row("Heat", 1991, "5", "2077-01-01") + _row("Ronin", 1992, "5", ""))
    chat.do_import()
    assert chat.ratings()[HEAT] == (10, clock.now)
    assert chat.stars()[RONIN] == 2


def test_imported_twice_changes_nothing_and_says_so(chat: Chat) -> None:
    chat.send(FILE)
    chat.do_import()
    before = chat.everything()
    assert "Nothing new" in chat.send(FILE)
    assert [button.text for row in chat.letter().outgoing.keyboard for button in row] == [
        "Cancel",
        "🔎 Show them: 1 not found",
    ]
    assert "nothing changed" in chat.do_import(), "the button may be forged"
    assert chat.everything() == before


def test_importing_ones_own_export_changes_nothing(chat: Chat, clock: Clock) -> None:
    chat.send(FILE)
    chat.do_import()
    clock.pass_by(hours=1)
    chat.rate(AMELIE, 7)
    for movie, kind in ((MATRIX, "later"), (MovieId(6), "seen"), (MovieId(6), "later"), (MovieId(7), "never")):
        chat.mark(movie, kind)
    before = chat.everything()
    everything = chat.store.read(lambda tx: everything_as_json(tx, ADA))
    sheet = chat.store.read(lambda tx: ratings_as_letterboxd(tx, ADA))
    for content, name in ((everything, "reelmate.json"), (sheet, "reelmate-letterboxd.csv")):
        clock.pass_by(hours=1)
        assert "Nothing new" in chat.send(content, name)
        assert " 0 not." in chat.said()
        chat.do_import()
        assert chat.everything() == before


def test_ones_own_export_brings_everything_back_after_an_erasure(chat: Chat) -> None:
    chat.rate(HEAT, 9)
    chat.mark(RONIN, "never")
    chat.mark(AMELIE, "later")
    everything = chat.store.read(lambda tx: everything_as_json(tx, ADA))
    moments = {row["rated_at"] for row in json.loads(everything)["ratings"]}
    chat.store.write(lambda tx: tx.erasure.delete_person(ADA)).result()
    chat.send(everything, "reelmate.json")
    chat.do_import()
    assert (chat.stars(), chat.marks("never"), chat.marks("later")) == ({HEAT: 9}, {RONIN}, {AMELIE})
    assert {moment.isoformat() for _, moment in chat.ratings().values()} == moments


def test_undo_restores_what_was_there_to_the_letter(chat: Chat, clock: Clock) -> None:
    chat.rate(HEAT, 2)
    chat.rate(AMELIE, 4)
    chat.rate(RONIN, 4)
    chat.rate(RONIN, 0)  # taken back
    chat.mark(MATRIX, "later")
    before = chat.everything()
    clock.pass_by(days=1)
    rows = [_row(title, year, "5", "2026-03-01 18:00") for title, year in (("Heat", 1991), ("Ronin", 1992))]
    chat.send(HEADER + "".join(rows) + _row("Amélie", 1993, "2") + _row("The Matrix", 1995, "1"))
    chat.do_import()
    assert chat.stars() == {HEAT: 10, RONIN: 10, AMELIE: 4, MATRIX: 2}
    assert "all is as it was" in chat.undo()
    assert chat.everything() == before


def test_undo_leaves_what_the_person_changed_since(chat: Chat, clock: Clock) -> None:
    chat.send(FILE)
    chat.do_import()
    clock.pass_by(hours=1)
    chat.rate(HEAT, 9)  # the same stars, but their own
    assert "1 film that you changed since stays as it is." in chat.undo()
    assert chat.stars() == {HEAT: 9}


def test_undo_is_over_after_its_time(chat: Chat, clock: Clock) -> None:
    chat.send(FILE)
    chat.do_import()
    clock.now += BATCHES_KEPT + timedelta(seconds=1)
    assert "I don’t keep that file any more" in chat.undo()
    assert chat.stars() == {HEAT: 9, RONIN: 6}
    chat.store.write(lambda tx: tx.pruning.run(impressions_kept=timedelta(days=30))).result()
    assert "batches" not in chat.store.read(lambda tx: tx.erasure.export(ADA))
    assert "batch_films" not in chat.store.read(lambda tx: tx.erasure.export(ADA))


def test_a_second_tap_changes_nothing(chat: Chat) -> None:
    chat.send(FILE)
    number = chat.batch().id
    chat.do_import()
    before = chat.everything()
    for use_case, action in (
        (past.import_batch, ImportBatch(number)),
        (past.drop_batch, DropBatch(number)),
    ):
        chat.tap(use_case, action)
    assert chat.everything() == before
    chat.undo()
    chat.undo()
    assert chat.stars() == {}


def test_another_persons_file_is_out_of_reach(chat: Chat) -> None:
    chat.send(FILE)
    number = chat.batch().id
    bob = Chat(chat.store, BOB, chat.updates)
    for use_case, action in (
        (past.import_batch, ImportBatch(number)),
        (past.drop_batch, DropBatch(number)),
        (past.undo_batch, UndoBatch(number)),
        (past.show_batch, ShowBatch(number, 0)),
        (past.show_batch, ShowBatch(number, 1)),
    ):
        assert "I don’t keep that file" in bob.tap(use_case, action)
        assert "Qwrtz" not in bob.said()
    assert chat.store.read(lambda tx: tx.batches.get(number)) is not None
    assert bob.stars() == {}


def test_films_that_are_not_known_are_shown_with_the_nearest(chat: Chat) -> None:
    rows = "".join(_row(f"Unheard Of {at}", 1999) for at in range(8))
    chat.send(HEADER + _row("Casablnca", 1996) + rows + _row("Heat", 1950), "watched.csv")
    number = chat.batch().id
    said = chat.tap(past.show_batch, ShowBatch(number, 1))
    assert "10 films I am not sure of" in said
    assert "1. Casablnca (1996) · perhaps Casablanca (1996)" in said
    assert "10." not in said
    assert "10. Heat (1950) · perhaps Heat (1991)" in chat.tap(past.show_batch, ShowBatch(number, 2))
    assert "10 rows: 0 matched, 10 not." in chat.tap(past.show_batch, ShowBatch(number, 0))
    assert "I don’t keep" in chat.tap(past.show_batch, ShowBatch(number, 3))


def test_a_name_of_several_films_is_shown_with_all_of_them(chat: Chat) -> None:
    twins = [CatalogueMovie(Movie(MovieId(1000 + year), "Cape Fear", year, ())) for year in (1962, 1991)]
    chat.store.write(lambda tx: tx.movies.upsert_all(twins)).result()
    chat.service.titles.refresh()
    chat.send("Title,Year,Rating,imdbID\nCape Fear,,4,\n")
    said = chat.tap(past.show_batch, ShowBatch(chat.batch().id, 1))
    assert "1. Cape Fear · perhaps Cape Fear (1962) or Cape Fear (1991)" in said


def test_a_long_import_tells_how_far_it_is_in_its_one_message(chat: Chat) -> None:
    films = [CatalogueMovie(Movie(MovieId(1000 + at), f"Work {at}", 1980, ())) for at in range(250)]
    chat.store.write(lambda tx: tx.movies.upsert_all(films)).result()
    chat.service.titles.refresh()
    chat.send(HEADER + "".join(_row(f"Work {at}", 1980, "4") for at in range(250)))
    past.import_batch(chat.service, chat.turn(55), ImportBatch(chat.batch().id))
    told = [chat.said()]
    while past_applying.go_on(chat.service, chat.batch()):
        told.append(chat.said())
    assert told == [f"⏳ Importing: {done} of 250 films …" for done in (0, 100, 200)]
    assert "⭐ 250 ratings" in chat.said()
    waiting = chat.store.read(lambda tx: [letter for letter in tx.outbox.waiting() if letter.outgoing.edits == 55])
    assert len(waiting) == 1, "a newer edit takes the place of one that still waits"


def test_what_was_not_found_can_be_looked_at_after_the_import_too(chat: Chat) -> None:
    chat.send(FILE)
    number = chat.batch().id
    done = chat.do_import()
    assert "1. Qwrtz (1999)" in chat.tap(past.show_batch, ShowBatch(number, 1))
    assert chat.tap(past.show_batch, ShowBatch(number, 0)) == done
    chat.undo()
    assert "I don’t keep that file" in chat.tap(past.show_batch, ShowBatch(number, 1))


def test_one_import_at_a_time_each(chat: Chat) -> None:
    chat.send(FILE)
    first = chat.batch().id
    chat.send(HEADER + _row("Amélie", 1993, "2"))
    second = chat.batch().id
    past.import_batch(chat.service, chat.turn(55), ImportBatch(first))
    reply = past.import_batch(chat.service, chat.turn(56), ImportBatch(second))
    assert reply.toast == "One at a time: another import is going on."
    chat.work()
    assert chat.stars() == {HEAT: 9, RONIN: 6}


def test_ten_files_may_wait_and_ten_be_read(chat: Chat) -> None:
    for _ in range(12):
        past.receive(chat.service, chat.turn(), SentFile("f", "ratings.csv", "", 9))
    assert "Ten files of yours wait already" in chat.said()
    chat.work(FILE.encode())
    chat.send(FILE)
    assert chat.store.read(lambda tx: tx.batches.count(ADA, "read")) == past.MOST_READ


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("", "That file is empty"),
        ("Book Id,Title\n1,Dune\n", "I take exports of Letterboxd, IMDb, Trakt, TMDB, MovieLens and Simkl"),
        (HEADER, "There is no film in that file"),
    ],
)
def test_a_file_that_is_not_taken_is_forgotten(chat: Chat, content: str, part: str) -> None:
    assert part in chat.send(content)
    assert "batches" not in chat.store.read(lambda tx: tx.erasure.export(ADA))


def test_a_file_that_is_too_large_is_not_even_kept(chat: Chat) -> None:
    past.receive(chat.service, chat.turn(), SentFile("f", "big.zip", "", 20 * 1024 * 1024 + 1))
    assert "larger than 20 MB" in chat.said()
    assert chat.store.read(lambda tx: tx.batches.at_work()) == []


def test_a_file_that_ends_the_process_again_and_again_is_given_up(chat: Chat) -> None:
    past.receive(chat.service, chat.turn(), SentFile("f", "ratings.csv", "", 9))
    began = [past_reading.begin(chat.service, chat.store.read(lambda tx: tx.batches.at_work())[0]) for _ in range(4)]
    assert began == [True, True, True, False]
    assert "Something went wrong on my side" in chat.said()


def test_who_has_everything_erased_in_the_middle_leaves_nothing(chat: Chat) -> None:
    chat.send(HEADER + "".join(_row(f"Film {at}", 1990 + at % 30, "4") for at in range(9, 41)))
    past.import_batch(chat.service, chat.turn(55), ImportBatch(chat.batch().id))
    (batch,) = chat.store.read(lambda tx: tx.batches.at_work())
    chat.store.write(lambda tx: tx.erasure.delete_person(ADA)).result()
    assert not past_applying.go_on(chat.service, batch)
    assert chat.store.read(lambda tx: tx.erasure.export(ADA)) == {}


def test_a_late_tap_from_before_the_import_changes_no_newer_rating(chat: Chat) -> None:
    late = next(chat.updates)
    chat.rate(HEAT, 2)
    chat.send(HEADER + _row("Heat", 1991, "5", "2026-03-01 23:00"))
    chat.do_import()
    chat.store.write(lambda tx: tx.ratings.put(ADA, HEAT, 1, update_id=late)).result()
    assert chat.stars() == {HEAT: 10}


def test_an_import_counts_as_ratings_given_since_the_last_training(chat: Chat, clock: Clock) -> None:
    chat.store.write(lambda tx: tx.people.set_consent(ADA, True, version=1)).result()
    clock.pass_by(hours=1)
    since = clock.now
    clock.pass_by(hours=1)
    chat.send(FILE)
    chat.do_import()
    assert chat.store.read(lambda tx: tx.ratings.count_for_training(since)) == 2
