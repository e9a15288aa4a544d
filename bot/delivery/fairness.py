"""Fairness: who has much waiting pauses between two updates while others come, so that no flood takes their time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

# So many updates of one person at once are no flood.
FEW: Final = 4
# Others are there for so long after their last update.
OTHERS_S: Final = 2.0
# A pause lasts so many times what the update took: a flood gets a ninth of the time of one processor.
TIMES: Final = 8.0
LONGEST_S: Final = 1.0


@dataclass(slots=True)
class Fairness:
    """Knows who came last, and says how long a flood is to pause.

    Attributes:
        clock: seconds, monotonic.
    """

    clock: Callable[[], float]
    _last: tuple[int, float] | None = field(default=None, init=False)  # whose update came last, and when
    _other: tuple[int, float] | None = field(default=None, init=False)  # the last one of anybody else

    def came(self, person: int) -> None:
        """Note that an update of a person is handled."""
        if self._last is not None and self._last[0] != person:
            self._other = self._last
        self._last = person, self.clock()

    def pause_s(self, person: int, waiting: int, took_s: float) -> float:
        """Return how long a person of whom so many updates wait is to pause after one that took so long."""
        if waiting <= FEW:
            return 0.0
        now = self.clock()
        for seen in (self._last, self._other):
            if seen is not None and seen[0] != person and now - seen[1] < OTHERS_S:
                return min(TIMES * took_s, LONGEST_S)
        return 0.0
