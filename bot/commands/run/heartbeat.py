"""A file that says the bot is alive: touched while Telegram answers, looked at by health checks from outside."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from bot.commands.errors import CommandError
from bot.commands.invocation import Invocation
from bot.commands.output import say

FILE: Final = "alive"
EVERY_S: Final = 10.0
# Two missed beats may be a busy machine; more is a bot that hears nothing.
STALE_S: Final = 35.0


async def beat(data_dir: Path, is_ok: Callable[[], bool]) -> None:
    """Touch the file for as long as all is well and the task runs."""
    while True:
        if is_ok():
            # A disk that is full or read-only is no health: the file grows old, and the check says so.
            with contextlib.suppress(OSError):
                (data_dir / FILE).touch()
        await asyncio.sleep(EVERY_S)


def examine_heartbeat(invocation: Invocation) -> None:
    """Say whether the bot hears Telegram: quick enough for a health check.

    Raises:
        CommandError: it does not.
    """
    check_alive(invocation.settings().data_dir)
    say("The bot runs and hears Telegram.")


def check_alive(data_dir: Path, *, now: Callable[[], float] = time.time) -> None:
    """Make sure that a bot on this data directory hears Telegram.

    Raises:
        CommandError: there is no sign of one, or the last one is old.
    """
    try:
        age_s = now() - (data_dir / FILE).stat().st_mtime
    except OSError:
        raise CommandError(f"a bot must run on this data directory. Received: no sign of one in {data_dir}") from None
    if age_s > STALE_S:
        raise CommandError(f"the bot must have heard Telegram within {STALE_S:.0f} s. Received: {age_s:.0f} s ago")
