"""A database that another process holds, and a token that is revoked: both are known in time, and cost few lines."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.bots import Bots
from tests.faults.proxy import proxied
from tests.faults.real_bot import SECRET, free_port, health_of, real_bot, until
from tests.sim import Sim

pytestmark = [pytest.mark.faults, pytest.mark.processes]

ADA = 7
KNOWN_WITHIN_S, MENDED_WITHIN_S, REVOKED_WITHIN_S = 15.0, 30.0, 60.0
# Holds a database until its standard input ends.
HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA busy_timeout = 20000")
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held(database: Path) -> Iterator[None]:
    """Let another process hold a SQLite database."""
    command = [sys.executable, "-c", HOLDER, str(database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        try:
            yield
        finally:
            holder.kill()


def test_a_database_that_another_process_holds_is_known_and_outlived(sim: Sim, tmp_path: Path) -> None:
    port = free_port()
    with real_bot(sim, tmp_path, HEALTH_PORT=port) as bot:
        bot.start()
        until(lambda: health_of(port)[0] == 200, MENDED_WITHIN_S, "a bot that started is well")
        before = len(bot.said.splitlines())
        with held(tmp_path / "reelmate.db"):
            until(lambda: health_of(port)[1].get("status") == "degraded", KNOWN_WITHIN_S, "/healthz says so")
            assert any("another process holds it" in reason for reason in health_of(port)[1]["reasons"])
            sentence = "degraded: the database must be free"
            until(lambda: sentence in bot.ask("doctor", "--running")[1], KNOWN_WITHIN_S, "doctor says so")
            sim.message(ADA, "/help")
            sim.until_text(ADA, "cannot save", within_s=MENDED_WITHIN_S)
        until(lambda: health_of(port)[0] == 200, MENDED_WITHIN_S, "a database that is free is well")
        sim.until_text(ADA, "/recommend", within_s=MENDED_WITHIN_S)
        assert sum("cannot save" in message["text"] for message in sim.from_bot(ADA)) == 1
        assert len(bot.said.splitlines()) - before < 20, bot.said
        assert "Traceback" not in bot.said


@pytest.mark.postgres
def test_a_server_that_accepts_and_never_answers_is_known_and_outlived(
    sim: Sim, server_url: str, tmp_path: Path
) -> None:
    port = free_port()
    with proxied(server_url) as (proxy, url):
        bots = Bots(sim, tmp_path, server_url)
        try:
            bots.ready(DATABASE_URL=url, HEALTH_PORT=str(port))
            until(lambda: health_of(port)[0] == 200, MENDED_WITHIN_S, "a bot that started is well")
            proxy.stall()
            until(lambda: health_of(port)[1].get("status") == "degraded", KNOWN_WITHIN_S, "/healthz says so")
            proxy.resume()
            until(lambda: health_of(port)[0] == 200, MENDED_WITHIN_S, "a server that answers is well")
            assert len(bots.said().splitlines()) < 20, bots.said()
            assert "Traceback" not in bots.said()
        finally:
            bots.end()


@pytest.mark.parametrize("mode", ["polling", "webhook"])
def test_a_token_that_is_revoked_ends_the_bot_within_a_minute(sim: Sim, tmp_path: Path, mode: str) -> None:
    port = free_port()
    hook = {"WEBHOOK_URL": f"http://127.0.0.1:{port}/hook", "WEBHOOK_SECRET": SECRET, "WEBHOOK_PORT": port}
    with real_bot(sim, tmp_path, **(hook if mode == "webhook" else {})) as bot:
        bot.start()
        sim.fault(status=401, times=1_000)
        until(lambda: not bot.is_running, REVOKED_WITHIN_S, "the bot ends")
        assert bot.end() == 1
        assert "Telegram must accept the token" in bot.said.splitlines()[-1]
        code, said = bot.ask("doctor", "--running")
        assert code == 1
        assert "no sign of one" in said


def test_the_probe_leaves_one_row(sim: Sim, tmp_path: Path) -> None:
    with real_bot(sim, tmp_path) as bot:
        bot.start()
        rows = "SELECT count(*), max(next_run_at) FROM schedules WHERE name = 'probe'"
        with sqlite3.connect(tmp_path / "reelmate.db") as connection:
            first = connection.execute(rows).fetchone()
            until(lambda: connection.execute(rows).fetchone()[1] != first[1], MENDED_WITHIN_S, "it looks again")
            assert connection.execute(rows).fetchone()[0] == 1
        connection.close()
