"""The real bot as a process of its own, killed and ended in the middle of its work: every tap takes effect once."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.callbacks import Action, Answer, Stop, encode
from bot.settings import PREFIX, sqlite_url
from bot.storage import CatalogueMovie, Store
from recommender.domain import Movie, MovieId
from tests.bot.pupil import ENTRIES
from tests.databases import migrated_url
from tests.sim import Sim

pytestmark = pytest.mark.processes

READY_S, DONE_S, END_S = 60.0, 120.0, 10.0
KILLS = 6
# The tap with which the last of four people has rated five films, and interviews end by themselves.
LAST_ENOUGH = 19


class RealBots:
    """Starts `reelmate run` on one data directory, as often as asked, and ends what it started."""

    def __init__(self, sim: Sim, data_dir: Path) -> None:
        self.sim, self.data_dir, self.log = sim, data_dir, data_dir / "bot.log"
        self._started: list[subprocess.Popen[bytes]] = []
        migrated_url(data_dir, ENTRIES)

    def start(self) -> subprocess.Popen[bytes]:
        outside = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        ours = {
            "TELEGRAM_TOKEN": self.sim.token,
            "TELEGRAM_API_URL": self.sim.url,
            "DATA_DIR": str(self.data_dir),
            "RETRAIN_EVERY": "off",
        }
        environment = {**outside, **{f"{PREFIX}{name}": value for name, value in ours.items()}}
        with self.log.open("ab") as log:
            process = subprocess.Popen([sys.executable, "-m", "bot", "run"], env=environment, stderr=log, stdout=log)
        self._started.append(process)
        return process

    def ready(self) -> subprocess.Popen[bytes]:
        """Start a bot and wait until it takes updates."""
        starts = self._starts()
        process = self.start()
        self.sim.until(lambda: self._starts() > starts or process.poll() is not None, within_s=READY_S)
        assert process.poll() is None, self.log.read_text()
        return process

    def kill_at_work(self, process: subprocess.Popen[bytes]) -> None:
        """Kill a bot that has just handled something."""
        before = self.count("'done'")
        self.sim.until(lambda: self.count("'done'") > before, within_s=READY_S)
        process.kill()
        process.wait()

    def end(self) -> None:
        for process in self._started:
            if process.poll() is None:
                process.kill()
            process.wait()

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.data_dir / "reelmate.db")) as connection:
            return connection.execute(query).fetchall()

    def count(self, states: str) -> int:
        """Count the updates in these states, such as "'done', 'dead'"."""
        (row,) = self.rows(f"SELECT count(*) FROM inbox WHERE state IN ({states})")  # noqa: S608  # a constant
        return int(str(row[0]))

    def _starts(self) -> int:
        return self.log.read_text().count("the bot is ready") if self.log.exists() else 0


@pytest.fixture
def bots(sim: Sim, tmp_path: Path) -> Iterator[RealBots]:
    started = RealBots(sim, tmp_path)
    yield started
    started.end()


def open_card(sim: Sim, person: int) -> int:
    sim.message(person, "/rate")
    number: int = sim.until_text(person, "Heat (1991)")["message_id"]
    return number


def tap(sim: Sim, person: int, card: int, action: Action) -> int:
    update_id = sim.tap(person, card, data=encode(action))
    assert update_id is not None
    return update_id


def test_a_hundred_ratings_and_six_kills_take_effect_once_each(bots: RealBots, sim: Sim) -> None:
    process = bots.ready()
    cards = {person: open_card(sim, person) for person in range(1, 5)}
    expected: dict[tuple[int, int], tuple[int, int]] = {}
    kill_after = {100 * (number + 1) // (KILLS + 1) for number in range(KILLS)}
    for number in range(100):
        person, film = number % 4 + 1, number // 4 + 1
        stars = number % 10 + 1
        expected[person, film] = stars, tap(sim, person, cards[person], Answer(MovieId(film), stars, 0))
        if number % 10 == 9:
            tap(sim, person, cards[person], Stop())  # opens a round: were it done twice, the count would show it
        if number == LAST_ENOUGH:  # a later tap would be drawn in place of the end of an interview, and open no round
            sim.until(lambda: bots.count("'done'") == 4 + 20 + 2, within_s=DONE_S, what="five ratings of each")
        if number in kill_after:
            bots.kill_at_work(process)
            process = bots.start() if number % 2 else bots.ready()  # people also tap while it starts
    sim.until(lambda: bots.count("'done'") == 4 + 110, within_s=DONE_S, what="every update to be done")
    sim.until(lambda: bots.rows("SELECT 1 FROM outbox WHERE state = 'waiting'") == [], within_s=DONE_S)
    ratings = bots.rows("SELECT person_id, movie_id, half_stars, update_id FROM ratings")
    assert {(person, film): (stars, update) for person, film, stars, update in ratings} == expected
    # Ten interviews were stopped, and each person's first one ended by itself at five ratings.
    assert bots.rows("SELECT sum(round) FROM people") == [(14,)]
    assert bots.rows("PRAGMA integrity_check") == [("ok",)]
    assert [len(sim.from_bot(person)) for person in cards] == [1] * 4, "an edit must never become a new message"


def test_sigterm_with_a_thousand_queued_ends_soon_and_loses_nothing(bots: RealBots, sim: Sim) -> None:
    process = bots.ready()
    cards = {person: open_card(sim, person) for person in range(1, 26)}
    sim.until(lambda: bots.rows("SELECT 1 FROM outbox WHERE state = 'waiting'") == [], within_s=DONE_S)
    process.terminate()
    process.wait()
    # They wait at Telegram for a bot that comes up: a batch is fetched faster than it is handled.
    for film in range(1, 41):
        for person, card in cards.items():
            tap(sim, person, card, Answer(MovieId(film), film % 10 + 1, 0))
    process = bots.start()
    sim.until(lambda: bots.count("'pending', 'done'") == 25 + 1000, within_s=DONE_S, what="all taps to be fetched")
    assert bots.count("'pending'") > 500, "the queue must be long for this test to say anything"
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(3 * END_S) == 0
    assert time.monotonic() - began < END_S
    bots.ready()
    sim.until(lambda: bots.count("'done'") == 25 + 1000, within_s=DONE_S, what="every update to be done")
    assert bots.rows("SELECT person_id, count(*) FROM ratings GROUP BY 1") == [(person, 40) for person in cards]


def _add_films(bots: RealBots, count: int) -> str:
    """Put more films into the catalogue; returns a file that rates them all."""
    films = [CatalogueMovie(Movie(MovieId(1000 + at), f"Work {at}", 1980, ("Drama",))) for at in range(count)]
    with Store(sqlite_url(bots.data_dir)) as store:
        store.write(lambda tx: tx.movies.upsert_all(films)).result()
    rows = "".join(f"2023-03-20,Work {at},1980,https://boxd.it/{at},{at % 10 / 2 + 0.5}\n" for at in range(count))
    return f"Date,Name,Year,Letterboxd URI,Rating\n{rows}"


def test_an_import_and_its_undo_go_on_after_kills_and_change_each_film_once(bots: RealBots, sim: Sim) -> None:
    content = _add_films(bots, 1200)

    def kill_when(process: subprocess.Popen[bytes], state: str, query: str) -> None:
        sim.until(lambda: bots.rows(query), within_s=READY_S, what=f"a batch that is {state}")
        process.kill()
        process.wait()

    begun = "SELECT 1 FROM batches WHERE state = '{}' AND done > 0 AND done < films"
    process = bots.ready()
    sim.document(1, "ratings.csv", content.encode())
    kill_when(process, "received", "SELECT 1 FROM batches")
    process = bots.ready()
    sim.tap(1, sim.until_text(1, "1,200 rows: 1,200 matched, 0 not.", within_s=READY_S)["message_id"], "📥 Import")
    kill_when(process, "importing", begun.format("importing"))
    assert 0 < int(str(bots.rows("SELECT count(*) FROM ratings")[0][0])) < 1200, "killed in the middle"
    process = bots.ready()
    done = sim.until_text(1, "Imported from Letterboxd", within_s=READY_S)
    assert "⭐ 1,200 ratings" in done["text"]
    expected = {(1000 + at, at % 10 + 1, "import") for at in range(1200)}
    assert {*bots.rows("SELECT movie_id, half_stars, source FROM ratings")} == expected
    sim.tap(1, done["message_id"], "↩ Undo (for 30 days)")
    kill_when(process, "undoing", begun.format("undoing"))
    bots.ready()
    sim.until_text(1, "all is as it was before the import", within_s=READY_S)
    assert bots.rows("SELECT * FROM ratings") == []
    assert len(sim.from_bot(1)) == 1
