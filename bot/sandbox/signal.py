"""A bell that wakes everybody who waits for a change."""

from __future__ import annotations

import asyncio


class Signal:
    """Wake-ups without a payload: check the condition, then wait, with no await between the two."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        rung, self._event = self._event, asyncio.Event()
        rung.set()

    async def wait(self, timeout_s: float) -> bool:
        """Return whether the bell rang within the time."""
        try:
            await asyncio.wait_for(self._event.wait(), timeout_s)
        except TimeoutError:
            return False
        return True
