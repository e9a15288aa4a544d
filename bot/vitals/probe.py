"""The probe of the database: a small write every few seconds, and what waits there, for as long as the bot runs."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from bot.storage import StorageError, Store, Tx, Waiting

# A database that refuses must be known of within 15 s: this, the 5 s for which a write waits for a lock, and a beat.
EVERY_S: Final = 5.0
PROBE: Final = "probe"


@dataclass(slots=True)
class Probe:
    """What the last write came to.

    Attributes:
        wrote_at: when the last one was committed; the start until then.
        heard_at: when the database last said anything, be it a refusal.
        refusal: why the last one was refused; None when it was not.
        waiting: what stood in inbox and outbox then.
    """

    store: Store
    clock: Callable[[], float] = time.monotonic
    wrote_at: float = field(init=False)
    heard_at: float = field(init=False)
    refusal: str | None = field(default=None, init=False)
    waiting: Waiting = field(default=Waiting(), init=False)

    def __post_init__(self) -> None:
        self.wrote_at = self.heard_at = self.clock()

    @property
    def age_s(self) -> float:
        """Return the seconds since a write was committed."""
        return self.clock() - self.wrote_at

    @property
    def silence_s(self) -> float:
        """Return the seconds since the database said anything."""
        return self.clock() - self.heard_at

    async def run(self) -> None:
        """Look again and again."""
        while True:
            await self.look()
            await asyncio.sleep(EVERY_S)

    async def look(self) -> None:
        """Write once; it takes as long as the database does."""
        try:
            self.waiting = await asyncio.wrap_future(self.store.write(_write))
        except Exception as error:  # whatever it was, nothing was written, and the next look must come
            told = str(error) if isinstance(error, StorageError) else type(error).__name__
            self.refusal, self.heard_at = told, self.clock()
        else:
            self.refusal, self.wrote_at = None, self.clock()
            self.heard_at = self.wrote_at


def _write(tx: Tx) -> Waiting:
    tx.schedules.plan(PROBE, tx.now)
    return tx.waiting()
