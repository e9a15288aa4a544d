"""How much of a file is read, and for how long: what one person can make the bot do is bounded."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from bot.histories.errors import HistoryError, Refusal

# What Telegram lets a bot fetch (Bot API, getFile).
MAX_BYTES: Final = 20 * 1024 * 1024
# Of all files of a zip together; nobody has seen as many films.
MAX_ROWS: Final = 50_000
# A title in letters: the longest of MovieLens 32M has 200.
MAX_TITLE: Final = 300
# Of a zip: Letterboxd's has a file for each list beside the dozen that are read.
MAX_FILES: Final = 2_000
MAX_UNPACKED: Final = 60 * 1024 * 1024
# Text compresses 4 to 6 times; deflate's own limit, 1032 to 1, is what bombs use.
MAX_COMPRESSION: Final = 200
# Far more than MAX_ROWS rows take.
MAX_SECONDS: Final = 60.0
# How long a thread may keep the interpreter, and how long it then leaves it to others, so that no tap waits for it.
_TURN_S: Final = 0.002
_REST_S: Final = 0.0005
_LOOK_EVERY: Final = 16


class Pace:
    """Walks through a file step by step: rests now and then, and stops what takes too long.

    Args:
        clock: seconds, monotonic.
        rest: leaves the interpreter to other threads for so many seconds.
    """

    def __init__(
        self,
        max_seconds: float = MAX_SECONDS,
        *,
        clock: Callable[[], float] = time.monotonic,
        rest: Callable[[float], None] = time.sleep,
    ) -> None:
        self._clock, self._rest = clock, rest
        self._rested_at = clock()
        self._deadline = self._rested_at + max_seconds
        self._steps = 0

    def step(self) -> None:
        """Count one small piece of work.

        Raises:
            HistoryError: the time is over.
        """
        self._steps += 1
        if self._steps % _LOOK_EVERY:
            return
        now = self._clock()
        if now > self._deadline:
            raise HistoryError(Refusal.TOO_SLOW)
        if now - self._rested_at > _TURN_S:
            self._rest(_REST_S)
            self._rested_at = self._clock()
