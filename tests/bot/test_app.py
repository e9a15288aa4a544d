"""The bot process: what it may not load, and how it ends when Telegram refuses it."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import ChatBot
from bot.delivery.health import REVOKED
from bot.sandbox import RunningSandbox
from bot.settings import Settings
from bot.storage import Store, migrate
from tests.bot.pupil import Pupil

HEAVY = (
    "tensorflow",
    "keras",
    "pandas",
    "pyarrow",
    "matplotlib",
    "scipy",
    "starlette",
    "uvicorn",
    "prometheus_client",
    "redis",
)


@pytest.mark.processes
def test_the_bot_loads_nothing_heavy_at_start() -> None:
    program = f"import sys, bot.app, bot.commands.run.run; print([name for name in {HEAVY!r} if name in sys.modules])"
    child = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120)
    assert child.stdout.strip() == "[]"


def test_a_token_that_telegram_refuses_ends_the_bot_with_one_line(telegram: RunningSandbox, tmp_path: Path) -> None:
    settings = Settings(telegram_token=SecretStr("1:notthetoken"), telegram_api_url=telegram.url, data_dir=tmp_path)
    migrate(settings.database_url)
    with Store(settings.database_url) as store:
        assert asyncio.run(ChatBot(settings, store, Pupil()).run()) == REVOKED


async def test_the_end_is_heard_while_telegram_cannot_be_reached(tmp_path: Path) -> None:
    with socket.socket() as closed:  # bound and not listening: whoever connects is refused
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
        settings = Settings(telegram_token=SecretStr("1:token"), telegram_api_url=url, data_dir=tmp_path)
        migrate(settings.database_url)
        with Store(settings.database_url) as store:
            bot = ChatBot(settings, store, Pupil())
            asyncio.get_running_loop().call_later(0.2, bot.application.ended.set)
            assert await asyncio.wait_for(bot.run(), timeout=30) is None
