"""Delays: while the database takes nothing, people hear once that what they did is kept and will be answered."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from telegram import Bot, Update
from telegram.error import TelegramError

from bot.delivery.durable_queue import DurableQueue
from bot.delivery.incoming import Raw
from bot.delivery.requests import Peek
from bot.storage import DatabaseAwayError, LeaseLostError

# Longer than a busy database keeps anybody waiting, shorter than a person waits for a sign.
LATE_S: Final = 4.0
# One outage is one sentence for each person, however long they go on tapping.
AGAIN_S: Final = 600.0
# Who was told; beyond so many, all are forgotten, and a few hear it twice.
REMEMBERED: Final = 10_000

# Telegram's language of a person -> the sentence; one that fits a toast.
Sentence = Callable[[str | None], str]


class Delays:
    """Stores updates, and tells their people when that takes long. What is told is best effort and goes at once.

    Args:
        queue: stores updates, however long the database refuses.
        sentence: what people are told; None for nothing.
        clock: seconds, monotonic.
    """

    def __init__(
        self,
        queue: DurableQueue,
        sentence: Sentence | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        late_s: float = LATE_S,
    ) -> None:
        self._queue, self._sentence, self._clock, self._late_s = queue, sentence, clock, late_s
        self._bot: Bot | None = None
        self._told_at: dict[int, float] = {}

    def use(self, bot: Bot) -> None:
        """Learn who speaks to Telegram."""
        self._bot = bot

    async def receive(
        self, readable: Sequence[Raw], unreadable: Sequence[Raw] = (), *, peek: Peek | None = None
    ) -> None:
        """Commit raw updates as the queue does; whoever sent them, or more of them meanwhile, is told of a delay."""
        storing = asyncio.create_task(self._queue.receive(readable, unreadable))
        seen: Sequence[Raw] = readable
        try:
            while not (await asyncio.wait({storing}, timeout=self._late_s))[0]:
                await self._tell_all(seen)
                seen = await peek() if peek is not None else ()
        finally:
            storing.cancel()  # nothing, where it is done
        storing.result()

    async def note_failure(self, update: object, context: Any) -> None:
        """Tell the person of an update whose handler finds no database; registered as an error handler.

        Where another bot has taken over, that one answers.
        """
        error = context.error
        is_away = isinstance(error, DatabaseAwayError) and not isinstance(error, LeaseLostError)
        if is_away and isinstance(update, Update):
            await self._tell_all([update.to_dict()])

    async def _tell_all(self, updates: Sequence[Raw]) -> None:
        await asyncio.gather(*(self._tell(raw) for raw in updates))

    async def _tell(self, raw: Raw) -> None:
        query, message = raw.get("callback_query"), raw.get("message")
        sender = (query or message or {}).get("from")
        if (
            self._bot is None
            or self._sentence is None
            or not isinstance(sender, Mapping)
            or not self._is_news(sender["id"])
        ):
            return
        sentence = self._sentence(sender.get("language_code"))
        with contextlib.suppress(TelegramError):
            if query:
                await self._bot.answer_callback_query(query["id"], sentence)
            elif message and message["chat"]["id"] == sender["id"]:
                await self._bot.send_message(sender["id"], sentence)

    def _is_news(self, person: int) -> bool:
        """Say whether a person has not heard of this outage, and note that they do now."""
        now = self._clock()
        if now - self._told_at.get(person, -AGAIN_S) < AGAIN_S:
            return False
        if len(self._told_at) >= REMEMBERED:
            self._told_at.clear()
        self._told_at[person] = now
        return True
