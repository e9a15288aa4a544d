"""Answers to taps: they leave beside the work and hold no place that work needs; best effort."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Final

from telegram.error import TelegramError

Answer = Callable[[], Awaitable[object]]

# On their way at the same time; what is left of the connections to Telegram is for messages.
AT_ONCE: Final = 192
# Of these, of one person: a flood takes no more.
OF_ONE: Final = 4
# Of one person, waiting for these; nobody watches more buttons, so that the oldest are left out.
WAITING: Final = 100
# What the end leaves them.
STOP_S: Final = 1.0


class Answers:
    """Answers on their way, a few at a time for each person."""

    def __init__(self) -> None:
        self._waiting: dict[int, deque[Answer]] = {}
        self._at_work: dict[int, set[asyncio.Task[None]]] = {}
        self._at_once = asyncio.Semaphore(AT_ONCE)

    def send(self, person: int, answer: Answer) -> None:
        """Let an answer go; one that Telegram does not take is forgotten."""
        self._waiting.setdefault(person, deque(maxlen=WAITING)).append(answer)
        self._at_work.setdefault(person, set())
        self._put_to_work(person)

    async def stop(self) -> None:
        """Give what is on its way a moment; what waits is not sent any more."""
        self._waiting.clear()
        tasks = {task for each in self._at_work.values() for task in each}
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=STOP_S)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _put_to_work(self, person: int) -> None:
        tasks = self._at_work[person]
        if len(tasks) < OF_ONE and self._waiting.get(person):
            task = asyncio.create_task(self._work(person))
            tasks.add(task)
            task.add_done_callback(lambda done: self._forget(person, done))

    async def _work(self, person: int) -> None:
        while waiting := self._waiting.get(person):
            answer = waiting.popleft()
            async with self._at_once:
                # A tap too old to be answered is none that anyone still watches.
                with contextlib.suppress(TelegramError):
                    await answer()

    def _forget(self, person: int, task: asyncio.Task[None]) -> None:
        self._at_work[person].discard(task)
        self._put_to_work(person)
        if not self._at_work[person]:
            del self._at_work[person]
            self._waiting.pop(person, None)
