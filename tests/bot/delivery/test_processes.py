"""Real processes on the local Telegram: killed, doubled, revoked, and ended."""

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

from bot.storage import Store
from recommender.domain import UserId
from tests.sim import Sim

pytestmark = pytest.mark.processes

ADA, BOB = 7, 8
TAPS, KILLS = 100, 6


class Bots:
    """Starts tiny bots and ends them all."""

    def __init__(self, sim: Sim, data_dir: Path) -> None:
        self.sim, self.data_dir = sim, data_dir
        self.log = data_dir / "bot.log"
        self._started: list[subprocess.Popen[str]] = []

    def start(self, token: str | None = None) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.bot.delivery.tiny_bot"]
        with self.log.open("a") as log:
            process = subprocess.Popen(
                [*command, self.sim.url, token or self.sim.token, str(self.data_dir)],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )
        self._started.append(process)
        return process

    def ready(self) -> subprocess.Popen[str]:
        process = self.start()
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n", self.log.read_text()
        return process

    def end(self) -> None:
        for process in self._started:
            if process.poll() is None:
                process.kill()
            process.communicate()


@pytest.fixture
def bots(sim: Sim, tmp_path: Path) -> Iterator[Bots]:
    started = Bots(sim, tmp_path)
    yield started
    started.end()


def card(sim: Sim, person: int) -> int:
    sim.message(person, "/start")
    number: int = sim.until_text(person, "0 taps")["message_id"]
    return number


def rows(bots: Bots, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(bots.data_dir / "reelmate.db")) as connection:
        return connection.execute(query).fetchall()


def test_a_hundred_taps_and_six_kills_take_effect_once_each(bots: Bots, sim: Sim) -> None:
    process = bots.ready()
    cards = {person: card(sim, person) for person in (ADA, BOB)}
    for at in range(TAPS):
        person = (ADA, BOB)[at % 2]
        sim.tap(person, cards[person], "tap")
        if at % (TAPS // KILLS) == TAPS // KILLS - 1 and at < TAPS - 2:
            process.kill()
            process.wait()
            process = bots.ready() if at % 3 else bots.start()
    for person in cards:
        sim.until_text(person, f"{TAPS // 2} taps")
    sim.until(lambda: rows(bots, "SELECT 1 FROM inbox WHERE state = 'pending'") == [])
    assert rows(bots, "SELECT id, round FROM people ORDER BY id") == [(ADA, 50), (BOB, 50)]
    assert rows(bots, "PRAGMA integrity_check") == [("ok",)]
    assert rows(bots, "SELECT state, count(*) FROM inbox GROUP BY state") == [("done", TAPS + 2)]
    assert len(sim.from_bot(ADA)) == 1, "an edit must never become a new message"


def test_a_second_poller_is_refused_and_a_killed_one_leaves_no_lock(bots: Bots, sim: Sim) -> None:
    first = bots.ready()
    second = bots.start()
    assert second.wait(20) == 1
    line = bots.log.read_text().splitlines()[-1]
    assert line.startswith("only one bot may run here; stop the other one first. Received: ")
    assert line.endswith(f"bot.lock held by process {first.pid}")
    first.kill()
    first.wait()
    bots.ready()
    card(sim, ADA)


def test_a_revoked_token_ends_the_process_with_one_line(bots: Bots, sim: Sim) -> None:
    process = bots.ready()
    card(sim, ADA)
    sim.fault("getUpdates", status=401, times=1)
    assert process.wait(60) == 1
    assert "Telegram must accept the token" in bots.log.read_text().splitlines()[-1]


def test_sigterm_with_a_queue_ends_soon_and_loses_nothing(bots: Bots, sim: Sim) -> None:
    process = bots.ready()
    number = card(sim, ADA)
    for _ in range(300):
        sim.tap(ADA, number, "tap")
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    assert time.monotonic() - began < 10
    bots.ready()
    sim.until_text(ADA, "300 taps")
    assert rows(bots, "SELECT round FROM people") == [(300,)]


def test_no_token_and_no_word_of_a_person_is_in_the_log(bots: Bots, sim: Sim) -> None:
    bots.ready()
    number = card(sim, ADA)
    sim.message(ADA, "my secret wish")
    sim.fault("editMessageText", status=502, times=2)
    sim.fault("getUpdates", status=500, times=2)
    sim.tap(ADA, number, "fail")
    sim.until_text(ADA, "sorry")
    sim.tap(ADA, number, "tap")
    sim.until_text(ADA, "1 taps")
    log = bots.log.read_text()
    secret = sim.token.partition(":")[2]
    assert "was given up: KeyError" in log
    assert [part for part in (secret, "secret wish", "words of Ada") if part in log] == []


def test_the_store_is_readable_while_the_bot_runs(bots: Bots, sim: Sim) -> None:
    bots.ready()
    card(sim, ADA)
    with Store(f"sqlite:///{bots.data_dir / 'reelmate.db'}") as store:
        assert store.read(lambda tx: tx.people.get(UserId(ADA))) is not None
