"""Fairness: who has much waiting pauses between two updates while others come, so that no flood takes their time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

# So many updates of one person at once are no flood.
FEW: Final = 4
# Others are there for so long after their last update.
OTHERS_S: Final = 2.0
# A pause lasts so many times what the update took: a flood gets a twentieth of the time of one processor.
TIMES: Final = 20.0
LONGEST_S: Final = 1.0


@dataclass(slots=True)
class Fairness:
    """Knows when somebody came who floods nobody, and says how long a flood is to pause for them.

    Attributes:
        clock: seconds, monotonic.
    """

    clock: Callable[[], float]
    _came_at: float | None = field(default=None, init=False)

    def came(self, waiting: int) -> None:
        """Note that an update is handled of somebody of whom so many wait; floods do not wait for each other."""
        if waiting <= FEW:
            self._came_at = self.clock()

    def pause_s(self, waiting: int, took_s: float) -> float:
        """Return how long somebody of whom so many updates wait is to pause after one that took so long."""
        if waiting <= FEW or self._came_at is None or self.clock() - self._came_at >= OTHERS_S:
            return 0.0
        return min(TIMES * took_s, LONGEST_S)
