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

# "Someone else polls", so often and for so long, and we give way; a restart of our own causes one or two. Polls of two
# bots get through in turn, so that one which does proves nothing.
CONFLICTS: Final = 4
CONFLICT_S: Final = 30.0
# Who meets the other one soon after the start is the newcomer, and gives way first.
NEWCOMER_S: Final = 60.0
NEWCOMER_CONFLICT_S: Final = 12.0
# Without a conflict for so long, it is over: longer than the longest pause and the poll behind it.
CALM_S: Final = 45.0
# What is left to the other one after a conflict, besides the library's own pause.
CONFLICT_PAUSE_S: Final = 1.5

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
        conflicts: how often someone else polled since it began.
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
    _started_at: float = field(init=False)
    _conflict_from: float = field(default=0.0, init=False)
    _conflict_at: float = field(default=0.0, init=False)
    _is_contested: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self.polled_at = self._started_at = self.clock()

    @property
    def age_s(self) -> float:
        """Return the seconds since Telegram last answered a poll."""
        return self.clock() - self.polled_at

    def answered(self, status: int) -> None:
        """Learn from the HTTP status of a poll."""
        self._is_contested = status == 409
        if status == 200:
            if self.failing:
                log.warning("Telegram answers again; polling goes on")
            self.failing = False
            self.polled_at = self.clock()
            if self.conflicts and self.polled_at - self._conflict_at > CALM_S:
                self.conflicts = 0
        elif status == 401:
            self.end(REVOKED)
        elif status == 404:
            self.end(NOT_FOUND)
        elif status == 409:
            self._met_another()

    @property
    def pause_s(self) -> float:
        """Return the seconds to leave to whoever else polls, before the next poll."""
        return CONFLICT_PAUSE_S if self._is_contested else 0.0

    def _met_another(self) -> None:
        now = self.clock()
        if not self.conflicts or now - self._conflict_at > CALM_S:
            self.conflicts, self._conflict_from = 0, now
            log.warning("someone else polls with this token; this bot gives way unless that ends")
        self.conflicts, self._conflict_at = self.conflicts + 1, now
        is_newcomer = self._conflict_from - self._started_at < NEWCOMER_S
        lasts_s = NEWCOMER_CONFLICT_S if is_newcomer else CONFLICT_S
        if self.conflicts >= CONFLICTS and now - self._conflict_from >= lasts_s:
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
