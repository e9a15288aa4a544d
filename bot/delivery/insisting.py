"""Calls that Telegram must answer before the bot can work: made again until it does."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.delivery.posting import is_page, pause_s, reason

T = TypeVar("T")
log = logging.getLogger(__name__)

# Between attempts: doubling, as long as a poll backs off.
FIRST_PAUSE_S: Final = 1.0
LONGEST_PAUSE_S: Final = 30.0
# One line in so many seconds is enough.
SAY_EVERY_S: Final = 60.0


async def insist(call: Callable[[], Awaitable[T]], what: str) -> T:
    """Call Telegram until it answers: after as long as it asks, else after pauses that double.

    Args:
        call: makes the call anew.
        what: the call in a word or two, for the log.

    Raises:
        InvalidToken: 401 or 404.
        BadRequest: Telegram understood, and will never do it.
    """
    pause, said_at = FIRST_PAUSE_S, -SAY_EVERY_S
    while True:
        try:
            return await call()
        except InvalidToken:
            raise
        except RetryAfter as error:
            wait, why = pause_s(error), "429, it asks for this pause"
        except TelegramError as error:
            if isinstance(error, BadRequest) and not is_page(error):
                raise
            wait, why = pause, reason(error)
            pause = min(2 * pause, LONGEST_PAUSE_S)
        if time.monotonic() - said_at >= SAY_EVERY_S:
            said_at = time.monotonic()
            log.warning("Telegram does not answer (%s), trying again in %.0f s: %s", what, wait, why)
        await asyncio.sleep(wait)
