"""The intake: what is posted to the webhook goes into the durable queue, each update once, however often it comes."""

from __future__ import annotations

import asyncio
from typing import Final

from telegram import Bot, Update

from bot.delivery.delays import Delays
from bot.delivery.durable_queue import DurableQueue
from bot.delivery.incoming import Raw, as_readable, inbox_update, parse_delivery

# Telegram waits a minute for an answer, and comes again after any that is not 200; so it never has to wait in vain.
PATIENCE_S: Final = 20.0
# Deliveries that wait for the database; whoever comes beyond must come again.
MOST_UNDER_WAY: Final = 256


class Intake:
    """Commits deliveries before they are confirmed.

    Args:
        delays: stores them, and tells people when that takes long.
        queue: hands on what is stored.
        patience_s: how long a delivery may wait for the database before Telegram is told to come again.
    """

    def __init__(self, delays: Delays, queue: DurableQueue, bot: Bot, *, patience_s: float = PATIENCE_S) -> None:
        self._delays, self._queue, self._bot = delays, queue, bot
        self.patience_s = patience_s
        self._under_way: dict[int, asyncio.Task[None]] = {}

    async def take(self, body: bytes) -> bool:
        """Commit a delivery, a dead letter if it is unreadable, and hand it on.

        Returns:
            False when the database did not take it in time; it goes on waiting, and is not taken twice when it comes
            again meanwhile.
        """
        raw, can_be_read = as_readable(parse_delivery(body))
        number = inbox_update(raw).update_id
        task = self._under_way.get(number)
        if task is None:
            if len(self._under_way) >= MOST_UNDER_WAY:
                return False
            self._under_way[number] = task = asyncio.create_task(
                self._hand_on(raw, can_be_read=can_be_read), name=f"intake-{number}"
            )
            task.add_done_callback(lambda done: self._forget(number, done))
        done, _ = await asyncio.wait({task}, timeout=self.patience_s)
        return bool(done) and not task.cancelled() and task.exception() is None

    def _forget(self, number: int, done: asyncio.Task[None]) -> None:
        del self._under_way[number]
        if not done.cancelled():
            done.exception()  # seen: what was not stored was not confirmed, and comes again

    async def stop(self) -> None:
        """Give up what still waits: it was not confirmed, so Telegram keeps it."""
        waiting = list(self._under_way.values())
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    async def _hand_on(self, raw: Raw, *, can_be_read: bool) -> None:
        if not can_be_read:
            return await self._delays.receive([], [raw])
        update = Update.de_json(dict(raw), self._bot)
        await self._delays.receive([raw])
        await self._queue.put(update)
