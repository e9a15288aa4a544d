"""The update queue of one bot among several: it takes from the inbox only whose lanes it has claimed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from telegram import Update

from bot.delivery.durable_queue import DurableQueue


class SharedQueue(DurableQueue):
    """A queue that holds nothing of its own accord: what is committed waits in the inbox until its lane is claimed.

    Args:
        ring: says that there is something to claim, or that a lane is done.
    """

    def __init__(self, *args: Any, ring: Callable[[], None], **options: Any) -> None:
        super().__init__(*args, **options)
        self._ring = ring

    @property
    def lanes(self) -> set[int]:
        """Return the lanes at work."""
        return set(self._in_lane) | set(self._refilling)

    def work_on(self, lane: int) -> None:
        """Take up what a claimed lane has in the inbox, unless it is at work already."""
        if lane not in self.lanes and not self.stopping:
            self._left_behind[lane] = max(1, self._left_behind[lane])
            self._start_refill(lane)

    async def replay(self) -> int:
        """Bring nothing back: it may be another bot's work."""
        return 0

    async def sweep(self) -> int:
        """Look for nothing that was lost: every look at the claims does."""
        return 0

    def release(self, update: Update) -> None:
        """Let go of an update that is handled; whoever has the lane looks for more."""
        super().release(update)
        self._ring()

    def _hold(self, update: Update) -> None:
        self._ring()
