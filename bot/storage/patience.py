"""Patience: how long a database may keep us waiting, and how much less once the end has come."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

# What whoever is waiting gets once the end has come: time for a healthy database to take what is at hand.
HURRY_S: Final = 2.0
# What each later call gets.
LAST_S: Final = 0.5


@dataclass(slots=True)
class Patience:
    """Says until when a call may last.

    Attributes:
        busy_s: how long SQLite may be held by another process.
        answer_s: how long a server may take to answer; None: for ever.
        clock: seconds, monotonic.
    """

    busy_s: float
    answer_s: float | None = None
    clock: Callable[[], float] = time.monotonic
    _hurried_at: float | None = field(default=None, init=False)

    @property
    def is_spent(self) -> bool:
        """Say whether the end has come, and the time it left is over."""
        return self._hurried_at is not None and self.clock() > self._hurried_at + HURRY_S

    def hurry(self) -> None:
        """Learn that the end has come; safe from any thread."""
        if self._hurried_at is None:
            self._hurried_at = self.clock()

    def is_over(self, began: float, seconds: float | None) -> bool:
        """Say whether a call that began then has lasted too long."""
        now = self.clock()
        if seconds is not None and now > began + seconds:
            return True
        return self._hurried_at is not None and now > max(self._hurried_at + HURRY_S, began + LAST_S)
