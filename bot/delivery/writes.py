"""Writes that must not be lost: made again until the database takes them, or until the end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from typing import Final, TypeVar

from bot.storage import AlreadyFinishedError, StorageError, Store, Tx, UnknownRecordError

T = TypeVar("T")
log = logging.getLogger(__name__)

# Between attempts while the database refuses.
RETRY_S: Final = 1.0
# One line in so many seconds is enough, with how often it was tried.
SAY_EVERY_S: Final = 60.0
# What the database will say as often as it is asked.
_FOR_GOOD: Final = (AlreadyFinishedError, UnknownRecordError)


class Writes:
    """Reads and writes of a store that outlast its absences.

    Args:
        store: refuses now and then.
        clock: seconds, monotonic; for the log alone.
    """

    def __init__(self, store: Store, clock: Callable[[], float] = time.monotonic) -> None:
        self._store, self._clock = store, clock
        self._ended = asyncio.Event()
        self._said: dict[str, tuple[float, int]] = {}  # what -> when it was said, and failures since

    @property
    def has_ended(self) -> bool:
        return self._ended.is_set()

    def end(self) -> None:
        """Try nothing again from now on."""
        self._ended.set()

    async def rest(self, seconds: float) -> None:
        """Sleep, no longer than until the end."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._ended.wait()

    async def write(self, run: Callable[[Tx], T], what: str) -> T:
        """Write, however long the database refuses.

        Args:
            what: is written, for the log: "the inbox".

        Raises:
            StorageError: it will never be written, or the end came first.
        """
        while True:
            try:
                return await asyncio.wrap_future(self._store.write(run))
            except _FOR_GOOD:
                raise
            except StorageError as error:
                await self._pause(f"{what} cannot be written", error)

    async def read(self, run: Callable[[Tx], T], what: str) -> T:
        """Read, however long the database refuses.

        Raises:
            StorageError: the end came first.
        """
        while True:
            try:
                return await asyncio.to_thread(self._store.read, run)
            except StorageError as error:
                await self._pause(f"{what} cannot be read", error)

    async def _pause(self, what: str, error: StorageError) -> None:
        """Wait for the next attempt.

        Raises:
            StorageError: the end has come, or comes meanwhile.
        """
        self._say(what, error)
        await self.rest(RETRY_S)
        if self._ended.is_set():
            raise error

    def _say(self, what: str, error: StorageError) -> None:
        said_at, failures = self._said.get(what, (-SAY_EVERY_S, 0))
        failures += 1
        if self._clock() - said_at < SAY_EVERY_S:
            self._said[what] = said_at, failures
            return
        log.error("%s, trying again (%d times since it was last said): %s", what, failures, error)
        self._said[what] = self._clock(), 0
