"""Inline queries pass: nothing of them is stored, who types on gets the newest answered, and none is tried twice."""

from __future__ import annotations

import asyncio
from typing import Any

from telegram import Update

from bot.delivery.durable_queue import DurableQueue
from bot.delivery.passing import MOST_OF_ONE
from bot.delivery.processor import PersonalProcessor
from bot.storage import Store

Json = dict[str, Any]


def typed(number: int, text: str = "heat", person: int = 7) -> Json:
    sender = {"id": person, "first_name": "Ada", "is_bot": False}
    return {"update_id": number, "inline_query": {"id": str(number), "from": sender, "query": text, "offset": ""}}


def as_update(raw: Json) -> Update:
    return Update.de_json(raw, None)


async def test_it_is_handed_on_and_not_stored(real_time_store: Store) -> None:
    queue = DurableQueue(real_time_store)
    await queue.receive([typed(1)], [typed(2) | {"message": 3}])
    await queue.put(as_update(typed(1)))
    assert queue.qsize() == 1
    assert real_time_store.read(lambda tx: [tx.inbox.is_pending(number) for number in (1, 2)]) == [False, False]
    assert real_time_store.read(lambda tx: (tx.waiting().inbox, tx.counts().inbox_dead)) == (0, 0)


async def test_nobody_fills_the_memory(real_time_store: Store) -> None:
    queue = DurableQueue(real_time_store)
    for number in range(2 * MOST_OF_ONE):
        await queue.put(as_update(typed(number)))
    await queue.put(as_update(typed(1_000, person=8)))
    assert queue.qsize() == MOST_OF_ONE + 1
    for number in range(MOST_OF_ONE):
        queue.release(as_update(typed(number)))
    await queue.put(as_update(typed(2_000)))
    assert queue.qsize() == MOST_OF_ONE + 2


async def test_who_types_on_gets_the_newest_answered_and_a_failure_is_not_tried_again(real_time_store: Store) -> None:
    queue, handled = DurableQueue(real_time_store), list[int]()
    processor = PersonalProcessor(queue, real_time_store, apology=lambda _tx, _update: None)

    async def handle(update: Update) -> None:
        handled.append(update.update_id)
        raise KeyError("heat")

    processor.use(handle)
    updates = [as_update(typed(number)) for number in range(5)]
    for update in updates:
        await queue.put(update)
    await asyncio.gather(*(processor.do_process_update(update, handle(update)) for update in updates))
    assert handled == [4]
    assert real_time_store.read(lambda tx: tx.counts().inbox_dead) == 0
