"""People whose updates cannot be stored hear it once, and only then."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from telegram import Bot, Update
from telegram.error import BadRequest

from bot.delivery.delays import AGAIN_S, REMEMBERED, Delays
from bot.delivery.durable_queue import DurableQueue
from bot.delivery.incoming import Raw
from bot.storage import DatabaseFullError, LeaseLostError, StorageError, Store

ADA, BOB = 7, 8


class Slow(DurableQueue):
    """A queue that stores only when a test lets it."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.go = asyncio.Event()

    async def receive(self, readable: Sequence[Raw], unreadable: Sequence[Raw] = ()) -> None:
        await self.go.wait()


@dataclass
class Ear:
    """Hears what is said to Telegram, in place of a bot."""

    heard: list[tuple[str, Any, str]] = field(default_factory=list)

    async def answer_callback_query(self, number: str, text: str) -> None:
        self.heard.append(("toast", number, text))
        raise BadRequest("query is too old")

    async def send_message(self, chat_id: int, text: str) -> None:
        self.heard.append(("message", chat_id, text))


@dataclass
class Seconds:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def tap(person: int, number: int) -> dict[str, Any]:
    sender = {"id": person, "is_bot": False, "first_name": "A", "language_code": "en"}
    return {"update_id": number, "callback_query": {"id": str(number), "from": sender, "chat_instance": "1"}}


def message(person: int, chat: int) -> dict[str, Any]:
    sender = {"id": person, "is_bot": False, "first_name": "A", "language_code": "zh"}
    return {"update_id": 99, "message": {"message_id": 1, "date": 1, "chat": {"id": chat}, "from": sender}}


@pytest.fixture
def clock() -> Seconds:
    return Seconds()


@pytest.fixture
def queue(real_time_store: Store) -> Slow:
    return Slow(real_time_store)


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def delays(queue: Slow, ear: Ear, clock: Seconds) -> Delays:
    made = Delays(queue, lambda language: f"later ({language})", clock=clock, late_s=0.01)
    made.use(ear)  # type: ignore[arg-type]  # all that is asked of a bot here
    return made


async def test_what_is_stored_at_once_is_not_spoken_of(delays: Delays, queue: Slow, ear: Ear) -> None:
    queue.go.set()
    await delays.receive([tap(ADA, 1)])
    assert ear.heard == []


async def test_everybody_hears_once_of_what_takes_long(delays: Delays, queue: Slow, ear: Ear) -> None:
    peeks = asyncio.Semaphore(0)

    async def peek() -> Sequence[Raw]:
        peeks.release()
        return [tap(ADA, 1), tap(ADA, 3), message(BOB, BOB), message(BOB, -100)]

    storing = asyncio.create_task(delays.receive([tap(ADA, 1), tap(ADA, 2)], peek=peek))
    for _ in range(3):
        await peeks.acquire()
    queue.go.set()
    await storing
    assert ear.heard == [("toast", "1", "later (en)"), ("message", BOB, "later (zh)")]


async def test_another_outage_is_news(delays: Delays, ear: Ear, clock: Seconds) -> None:
    for _ in range(3):
        await delays.note_failure(Update.de_json(tap(ADA, 1), Bot("1:x")), SimpleNamespace(error=DatabaseFullError()))
    assert len(ear.heard) == 1
    clock.now += AGAIN_S
    await delays.note_failure(Update.de_json(tap(ADA, 1), Bot("1:x")), SimpleNamespace(error=DatabaseFullError()))
    assert len(ear.heard) == 2


@pytest.mark.parametrize("error", [KeyError("x"), StorageError("x"), LeaseLostError("x")])
async def test_a_failure_of_another_kind_is_no_delay(delays: Delays, ear: Ear, error: Exception) -> None:
    await delays.note_failure(Update.de_json(tap(ADA, 1), Bot("1:x")), SimpleNamespace(error=error))
    assert ear.heard == []


async def test_who_ends_the_wait_ends_the_storing(delays: Delays, queue: Slow) -> None:
    storing = asyncio.create_task(delays.receive([tap(ADA, 1)]))
    await asyncio.sleep(0)
    storing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await storing


async def test_ever_more_people_take_no_memory(delays: Delays) -> None:
    for person in range(REMEMBERED + 5):
        delays._is_news(person)
    assert len(delays._told_at) == 5
