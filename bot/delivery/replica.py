"""A replica: one bot of several behind the webhook, which claims lanes, works on them and lets them go."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import uuid
from typing import Final

from bot.delivery.shared_queue import SharedQueue
from bot.delivery.shared_sender import SharedSender
from bot.delivery.writes import Writes
from bot.storage import StorageError, Store, Tx

# Between looks when nobody rings: for what another bot stored and does not work on.
LOOK_EVERY_S: Final = 1.0
CLAIMS: Final = "the claims"
RELEASE_S: Final = 1.0


class Replica:
    """Keeps the claims of this bot."""

    def __init__(self, store: Store, writes: Writes) -> None:
        self._store, self._writes = store, writes
        self._rung = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.name = f"process {os.getpid()} on {socket.gethostname()[:60]} ({uuid.uuid4().hex[:12]})"

    def ring(self) -> None:
        """Say that there may be something to claim."""
        self._rung.set()

    def start(self, queue: SharedQueue, sender: SharedSender) -> None:
        """Claim and work from now on."""
        self._task = asyncio.create_task(self._look_for_ever(queue, sender), name="replica")

    async def stop(self) -> None:
        """Let go of everything, so that others go on at once; if that fails, they do when the claims are over."""
        if self._task is None:
            return
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        with contextlib.suppress(StorageError, TimeoutError):
            async with asyncio.timeout(RELEASE_S):
                await asyncio.wrap_future(self._store.write(lambda tx: tx.claims.release(self.name)))

    async def _look_for_ever(self, queue: SharedQueue, sender: SharedSender) -> None:
        with contextlib.suppress(StorageError):  # at the end alone
            while True:
                self._rung.clear()
                await self._look(queue, sender)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_EVERY_S):
                        await self._rung.wait()

    async def _look(self, queue: SharedQueue, sender: SharedSender) -> None:
        at_work = queue.lanes | sender.lanes
        done = sender.claimed - at_work
        claimed = await self._writes.write(lambda tx: self._claim(tx, done), CLAIMS)
        sender.claimed = claimed
        for lane in claimed:
            queue.work_on(lane)
        sender.ring()

    def _claim(self, tx: Tx, done: set[int]) -> set[int]:
        return tx.claims.renew(self.name, done=done) | tx.claims.take(self.name)
