"""What an operator sees of a bot at work: its metrics move, its log has a line an update, and no word of people."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.faults.real_bot import RealBot, free_port, real_bot, until
from tests.sim import Json, Sim

pytestmark = pytest.mark.processes

ADA: Json = {
    "id": 7_000_007,
    "first_name": "Adalgisa",
    "last_name": "Quennevillers",
    "username": "adalgisa_q",
    "language_code": "en",
}
# Words that no program writes by itself.
WRITTEN = ("zanzibarquux", "Adalgisa", "Quennevillers", "adalgisa_q", "7000007")


@pytest.fixture
def bot(request: pytest.FixtureRequest, sim: Sim, tmp_path: Path) -> Iterator[RealBot]:
    """A bot that logs all it can."""
    with real_bot(sim, tmp_path, LOG=request.param, HEALTH_PORT=free_port()) as bot:
        bot.start("--debug")
        yield bot


def live(sim: Sim) -> None:
    """Say and do everything that leaves words behind, while Telegram fails now and then."""
    sim.message(ADA, "/start")
    sim.until_text(ADA["id"], "")
    for said in ("zanzibarquux", "/recommend zanzibarquux", "/zanzibarquux", "/rate zanzibarquux", "<b>zanzibarquux"):
        sim.message(ADA, said)
    sim.other(ADA, {"contact": {"phone_number": "zanzibarquux", "first_name": "zanzibarquux"}})
    sim.document(ADA, "zanzibarquux.csv", b"zanzibarquux")
    sim.fault("sendMessage", status=502, times=2)
    sim.fault("getUpdates", status=500, times=2)
    sim.fault("sendMessage", status=400, times=1)
    sim.message(ADA, "/help")
    sim.until_text(ADA["id"], "/recommend", within_s=60)
    sim.message(ADA, "/deleteme")
    sim.until_text(ADA["id"], "elete", within_s=60)


@pytest.mark.parametrize("bot", ["text", "json"], indirect=True)
def test_no_word_of_a_person_is_in_the_log_even_while_debugging(bot: RealBot, sim: Sim) -> None:
    live(sim)
    assert bot.end() == 0
    assert [word for word in (*WRITTEN, sim.token.partition(":")[2]) if word in bot.said] == []
    if bot.environment["REELMATE_LOG"] == "json":
        lines = [json.loads(line) for line in bot.said.splitlines() if line.startswith("{")]
        handled = [line for line in lines if line["event"] == "update handled"]
        assert {"start", "show_help"} <= {line["handler"] for line in handled}
        assert len({line["person"] for line in handled}) == 1
        assert all({"update_id", "kind", "outcome", "bundle", "ms"} <= set(line) for line in handled)
        assert len(lines) >= len(bot.said.splitlines()) - 1, "all but the greeting are JSON"


@pytest.mark.parametrize("bot", ["text"], indirect=True)
def test_the_metrics_move(bot: RealBot, sim: Sim) -> None:
    sim.message(ADA, "/help")
    sim.until_text(ADA["id"], "/recommend", within_s=60)
    address = f"http://127.0.0.1:{bot.environment['REELMATE_HEALTH_PORT']}/metrics"

    def shown() -> str:
        return httpx.get(address, timeout=10, trust_env=False).text

    until(lambda: 'reelmate_updates_total{kind="message",outcome="done"} 1.0' in shown(), 20, "the update is counted")
    until(lambda: 'code="200",method="sendMessage"} 1.0' in shown(), 20, "its answer is counted")
    text = shown()
    assert 'reelmate_handler_seconds_count{handler="show_help"} 1.0' in text
    assert re.search(r'reelmate_commit_seconds_count\{outcome="done"\} [1-9]', text)
    assert "reelmate_healthy 1.0" in text
    assert [word for word in WRITTEN if word in text] == []
