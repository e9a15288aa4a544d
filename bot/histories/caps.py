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
# Of a table, in letters; a review is the longest part of one.
MAX_ROW: Final = 200_000
# A title in letters: the longest of MovieLens 32M has 200.
MAX_TITLE: Final = 300
# Of a zip: Letterboxd's has a file for each list beside the dozen that are read.
MAX_FILES: Final = 2_000
MAX_UNPACKED: Final = 60 * 1024 * 1024
# Text compresses 4 to 6 times; deflate's own limit, 1032 to 1, is what bombs use.
MAX_COMPRESSION: Final = 200
# Far more than MAX_ROWS rows take.
MAX_SECONDS: Final = 60.0
_LOOK_EVERY: Final = 16


class StoppedError(Exception):
    """Reading ends because the bot does; the file is none the worse for it."""


class Pace:
    """Walks through a file step by step, and stops what takes too long.

    Args:
        is_stopping: whether the bot is about to end.
        clock: seconds of work of the thread that reads, and makes the pace: a busy machine takes nothing away.
    """

    def __init__(
        self,
        max_seconds: float = MAX_SECONDS,
        *,
        is_stopping: Callable[[], bool] = lambda: False,
        clock: Callable[[], float] = time.thread_time,
    ) -> None:
        self._is_stopping, self._clock = is_stopping, clock
        self._deadline = clock() + max_seconds
        self._steps = 0

    def step(self) -> None:
        """Count one small piece of work.

        Raises:
            HistoryError: the time is over.
            StoppedError: the bot is about to end.
        """
        self._steps += 1
        if self._steps % _LOOK_EVERY:
            return
        if self._is_stopping():
            raise StoppedError
        if self._clock() > self._deadline:
            raise HistoryError(Refusal.TOO_SLOW)
