"""Bots of other libraries, each a process of its own, behave on the local Telegram."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.sim import Sim

BOTS = Path(__file__).parent / "bots"
# aiogram 3.31 wants an older pydantic than ours, so it lives in an environment of its own.
OF_AIOGRAM = Path(__file__).parents[3] / ".tools" / "aiogram" / "bin" / "python"


def python_of_aiogram() -> str:
    """Return a Python that has aiogram: the one named, else that of `scripts/environment aiogram`, else none."""
    named = os.environ.get("REELMATE_AIOGRAM_PYTHON") or (str(OF_AIOGRAM) if OF_AIOGRAM.exists() else "")
    return named or (sys.executable if find_spec("aiogram") else "")


PYTHONS = {
    "aiogram": python_of_aiogram(),
    "telebot": sys.executable if find_spec("telebot") else "",
}

pytestmark = pytest.mark.processes


@pytest.fixture(params=PYTHONS)
def bot(request: pytest.FixtureRequest, sim: Sim) -> Iterator[Sim]:
    """People beside a small bot that polls."""
    library: str = request.param
    if not PYTHONS[library]:
        pytest.skip(f"{library} is not installed here; `scripts/environment aiogram` installs it")
    command = [PYTHONS[library], str(BOTS / f"{library}_bot.py"), sim.url, sim.token]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            sim.until(lambda: sim.calls(method="getUpdates") or process.poll(), within_s=180, what="the bot to poll")
            yield sim
        finally:
            process.kill()


def test_another_library_is_served(bot: Sim) -> None:
    bot.message(7, "/start")
    card = bot.until_text(7, "Welcome", within_s=60)
    assert card["entities"] == [{"type": "bold", "offset": 0, "length": 7}]
    tap = bot.tap(7, card["message_id"], "Tap")
    bot.until_text(7, "Data: tapped")
    assert bot.toasts(7) == [{"update_id": tap, "text": "Thanks", "alert": False}]
    bot.message(7, "/ask")
    bot.until_text(7, "Sure?")
    bot.press(7, "Yes")
    bot.until_text(7, "Yes")
    bot.message(7, "/file")
    file = bot.until_text(7, "A file")["document"]
    assert file == {"name": "films.csv", "content_base64": "RGF0ZSxOYW1lCg=="}
    bot.message(7, "/poll")
    poll = bot.until_message(7, lambda message: "poll" in message)
    bot.vote(7, poll["message_id"], 1)
    bot.until_text(7, "You chose [1]")
    update_id = bot.inline(7, "heat")
    answer = bot.until(lambda: bot.inline_answer(update_id)) or {}
    bot.choose(update_id, answer["results"][0]["id"])
    assert bot.messages(7)[-1]["text"] == "HEAT"
