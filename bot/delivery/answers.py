"""Answers to taps: they leave beside the work and hold no place that work needs; best effort, they wait for nothing."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import Coroutine
from typing import Any, Final

from telegram.error import TelegramError

# Of one person, on their way at the same time; nobody watches so many buttons, and a flood must not take all of them.
PER_PERSON: Final = 4
# What the end leaves them.
STOP_S: Final = 1.0


class Answers:
    """Answers on their way."""

    def __init__(self) -> None:
        self._under_way: set[asyncio.Task[None]] = set()
        self._by_person: Counter[int] = Counter()

    def send(self, person: int, answer: Coroutine[Any, Any, object]) -> None:
        """Let an answer go; one too many of a person is left out, as is one that Telegram does not take."""
        if self._by_person[person] >= PER_PERSON:
            return answer.close()
        self._by_person[person] += 1
        task = asyncio.create_task(_best_effort(answer))
        self._under_way.add(task)
        task.add_done_callback(lambda done: self._forget(done, person))

    async def stop(self) -> None:
        """Give what is on its way a moment."""
        if self._under_way:
            _, late = await asyncio.wait(set(self._under_way), timeout=STOP_S)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _forget(self, task: asyncio.Task[None], person: int) -> None:
        self._under_way.discard(task)
        self._by_person[person] -= 1
        if not self._by_person[person]:
            del self._by_person[person]


async def _best_effort(answer: Coroutine[Any, Any, object]) -> None:
    with contextlib.suppress(TelegramError):  # a tap too old to be answered is none that anyone still watches
        await answer
