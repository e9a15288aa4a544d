"""Health: does Telegram still talk to us, and if not, is there hope."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from telegram.error import TelegramError

from bot.delivery.posting import reason

log = logging.getLogger(__name__)

# Answers of "someone else polls" in a row before we give way; a restart of our own causes one or two.
CONFLICTS: Final = 10
# A long poll lasts 10 s and backs off up to 30 s; beyond this Telegram is out of reach.
STALE_S: Final = 60.0

REVOKED: Final = "Telegram must accept the token; get a new one from @BotFather. Received: 401 Unauthorized"
NOT_FOUND: Final = (
    "Telegram must know the bot: check the address in REELMATE_TELEGRAM_API_URL and the form of the token. "
    "Received: 404 Not Found"
)
CONFLICT: Final = "one bot may poll per token; stop the other one. Received: 409 Conflict, again and again"


@dataclass(slots=True)
class Health:
    """What polling has met so far.

    Attributes:
        clock: seconds, monotonic.
        polled_at: when Telegram last answered a poll; the start until then.
        sent_at: when Telegram last took a message; None for never.
        fatal: why polling cannot go on, in one line; None while it can.
        dead_letters: updates given up since the start.
        failing: whether the last poll failed.
        trouble: why Telegram cannot deliver to the webhook, in one line; None while it can, or is polled.
        ended: set together with `fatal`.
    """

    clock: Callable[[], float] = time.monotonic
    polled_at: float = field(init=False)
    sent_at: float | None = None
    fatal: str | None = None
    dead_letters: int = 0
    conflicts: int = 0
    failing: bool = False
    trouble: str | None = None
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.polled_at = self.clock()

    @property
    def age_s(self) -> float:
        """Return the seconds since Telegram last answered a poll."""
        return self.clock() - self.polled_at

    @property
    def is_ok(self) -> bool:
        return self.fatal is None and self.age_s < STALE_S

    def answered(self, status: int) -> None:
        """Learn from the HTTP status of a poll."""
        if status == 200:
            if self.failing:
                log.warning("Telegram answers again; polling goes on")
            self.failing = False
            self.polled_at, self.conflicts = self.clock(), 0
        elif status == 401:
            self.end(REVOKED)
        elif status == 404:
            self.end(NOT_FOUND)
        elif status == 409:
            self.conflicts += 1
            if self.conflicts >= CONFLICTS:
                self.end(CONFLICT)

    def sent(self) -> None:
        """Learn that Telegram took a message."""
        self.sent_at = self.clock()

    def failed(self, error: TelegramError) -> None:
        """Learn of a poll that failed; the first in a row is worth a line."""
        log.log(logging.DEBUG if self.failing else logging.WARNING, "a poll failed, trying again: %s", reason(error))
        self.failing = True

    def end(self, why: str) -> None:
        """Give up for good; the first reason counts."""
        self.fatal = self.fatal or why
        self.ended.set()
