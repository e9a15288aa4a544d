"""SIGTERM ends the bot in less than ten seconds, whatever hangs, and loses nothing."""

from __future__ import annotations

import resource
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.bots import END_S, Bots, helped, seconds_to_end
from tests.faults.proxy import proxied
from tests.sim import Sim

pytestmark = [pytest.mark.faults, pytest.mark.processes]

ADA, BOB = 7, 8


def test_while_another_process_holds_the_database(bots: Bots, sim: Sim) -> None:
    process = bots.ready()
    sim.message(ADA, "/help")
    sim.until_text(ADA, "/recommend")
    bots.settle()
    with closing(sqlite3.connect(bots.folder / "reelmate.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        polls = len(sim.calls(method="getUpdates"))
        sim.message(ADA, "/help")
        sim.message(BOB, "/help")
        sim.until(lambda: len(sim.calls(method="getUpdates")) >= polls)
        assert seconds_to_end(process) < END_S, bots.said()
    assert "Traceback" not in bots.said()
    bots.ready()
    sim.until_text(BOB, "/recommend")
    sim.until(lambda: helped(sim, ADA) == 2, what="an answer to each")


def test_while_the_disk_is_full(bots: Bots, sim: Sim) -> None:
    process = bots.ready()
    sim.message(ADA, "/help")
    sim.until_text(ADA, "/recommend")
    # No file of this process may grow any more: SQLite hears of it as of a disk without room.
    written = (bots.folder / "reelmate.db-wal").stat().st_size
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (written, written))
    for _ in range(3):
        sim.message(BOB, "/help")
    sim.until(lambda: "cannot be written" in bots.said(), what="a refused write")
    assert seconds_to_end(process) < END_S, bots.said()
    bots.ready()
    sim.until(lambda: helped(sim, BOB) == 3, what="an answer to each")


def test_while_telegram_hangs(bots: Bots, sim: Sim) -> None:
    process = bots.ready()
    sim.message(ADA, "/help")
    sim.until_text(ADA, "/recommend")
    sim.fault(delay_s=60, times=100)
    sim.message(ADA, "/privacy")
    assert seconds_to_end(process) < END_S, bots.said()


@pytest.mark.postgres
def test_while_the_database_accepts_and_never_answers(server_url: str, sim: Sim, tmp_path: Path) -> None:
    with proxied(server_url) as (proxy, url):
        bots = Bots(sim, tmp_path, server_url)
        process = bots.ready(DATABASE_URL=url)
        sim.message(ADA, "/help")
        sim.until_text(ADA, "/recommend")
        proxy.stall()
        polls = len(sim.calls(method="getUpdates"))
        sim.message(ADA, "/privacy")
        sim.message(BOB, "/help")
        sim.until(lambda: len(sim.calls(method="getUpdates")) >= polls)
        try:
            assert seconds_to_end(process) < END_S, bots.said()
            assert "Traceback" not in bots.said()
            bots.ready("other")
            sim.until_text(BOB, "/recommend")
        finally:
            bots.end()
