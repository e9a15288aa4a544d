"""Updates from the local Telegram through queue and processor, in the test's own loop."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from telegram import Update

from bot.delivery.durable_queue import AT_LEAST, IN_MEMORY, PER_PERSON, DurableQueue
from bot.delivery.incoming import lane_of
from bot.sandbox import RunningSandbox
from bot.storage import InboxUpdate, Store
from recommender.domain import UserId
from tests.bot.delivery.tiny_bot import running
from tests.sim import AsyncSim

ADA, BOB = 7, 8


def raw(update_id: int, person: int = ADA) -> dict[str, Any]:
    sender = {"id": person, "is_bot": False, "first_name": "Ada"}
    message = {"message_id": 1, "date": 0, "chat": {"id": person, "type": "private"}, "from": sender, "text": "hi"}
    return {"update_id": update_id, "message": message}


def update(update_id: int, person: int = ADA) -> Update:
    made = Update.de_json(raw(update_id, person), None)
    assert isinstance(made, Update)
    return made


def taken(queue: DurableQueue) -> list[int]:
    ids = []
    while not queue.empty():
        item = queue.get_nowait()
        assert isinstance(item, Update)
        ids.append(item.update_id)
    return ids


async def card(asim: AsyncSim, person: int) -> int:
    await asim.message(person, "/start")
    number: int = (await asim.until_text(person, "0 taps"))["message_id"]
    return number


async def test_put_returns_after_the_update_is_committed(real_time_store: Store) -> None:
    queue = DurableQueue(real_time_store)
    await queue.put(update(5))
    with Store(real_time_store.url) as another:
        (row,) = another.read(lambda tx: tx.inbox.pending())
    assert (row.update_id, row.person) == (5, ADA)


async def test_a_duplicate_goes_nowhere(real_time_store: Store) -> None:
    queue = DurableQueue(real_time_store)
    await queue.put(update(5))
    await queue.put(update(5))
    await queue.receive([raw(5), raw(6)])
    await queue.put(update(5))
    await queue.put(update(6))
    assert taken(queue) == [5, 6]


async def test_unfinished_updates_come_back_in_order(real_time_store: Store) -> None:
    before = DurableQueue(real_time_store)
    for number in (3, 4, 5):
        await before.put(update(number))
    real_time_store.write(lambda tx: tx.inbox.finish(4)).result()
    after = DurableQueue(real_time_store)
    assert await after.replay() == 2
    assert taken(after) == [3, 5]


async def test_one_persons_flood_stays_in_the_inbox(real_time_store: Store) -> None:
    queue = DurableQueue(real_time_store)
    flood = range(1, 3 * PER_PERSON + 1)
    for number in flood:
        await queue.put(update(number))
    await queue.put(update(1000, BOB))
    handled: list[int] = []
    while len(handled) < len(flood) + 1:
        batch = [item for item in [await asyncio.wait_for(queue.get(), 10)] if isinstance(item, Update)]
        assert queue.qsize() <= PER_PERSON + 1
        for item in batch:
            real_time_store.write(lambda tx, item=item: tx.inbox.finish(item.update_id)).result()  # type: ignore[misc]
            queue.release(item)
            handled.append(item.update_id)
    assert [number for number in handled if number < 1000] == list(flood)
    assert handled.index(1000) <= PER_PERSON


@pytest.mark.long("thousands of updates come and are handled")
async def test_a_crowd_stays_in_the_inbox_but_for_a_few_of_each(sqlite_store: Store) -> None:
    crowd, each = range(1, 2 * IN_MEMORY // PER_PERSON), PER_PERSON
    everything = [raw(number * len(crowd) + person, person) for number in range(1, each + 1) for person in crowd]
    queue, most = DurableQueue(sqlite_store), IN_MEMORY + AT_LEAST * len(crowd)
    await queue.receive(everything)
    for one in everything:
        await queue.put(Update.de_json(one, None))
    handled: dict[int, list[int]] = {person: [] for person in crowd}
    for _ in everything:
        assert queue.qsize() <= most < len(everything)
        item = await asyncio.wait_for(queue.get(), 10)
        assert isinstance(item, Update)
        sqlite_store.write(lambda tx, item=item: tx.inbox.finish(item.update_id)).result()  # type: ignore[misc]
        queue.release(item)
        handled[lane_of(item)].append(item.update_id)
    assert all(len(mine) == each and mine == sorted(mine) for mine in handled.values())


async def test_stopping_does_not_wait_for_the_queue(real_time_store: Store) -> None:
    queue = DurableQueue(real_time_store)
    for number in (1, 2, 3):
        await queue.put(update(number))
    await queue.put("stop")
    assert queue.get_nowait() == "stop"
    queue.task_done()
    await asyncio.wait_for(queue.join(), 5)
    assert real_time_store.read(lambda tx: tx.inbox.count("pending")) == 3


async def test_each_persons_taps_apply_in_order(
    real_time_store: Store, telegram: RunningSandbox, asim: AsyncSim
) -> None:
    async with running(real_time_store, telegram.url, telegram.token) as (_, bot):
        cards = {person: await card(asim, person) for person in range(1, 6)}
        for _ in range(8):
            for person, number in cards.items():
                await asim.tap(person, number, "tap")
        for person in cards:
            await asim.until_text(person, "8 taps")
    for person in cards:
        mine = [number for who, number in bot.order if who == person]
        assert mine == sorted(mine)
        assert len(mine) == 8


async def test_a_flaky_update_is_retried_and_then_works(
    real_time_store: Store, telegram: RunningSandbox, asim: AsyncSim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.processor.BACKOFF_S", (0.001,) * 3)
    async with running(real_time_store, telegram.url, telegram.token) as (delivery, bot):
        number = await card(asim, ADA)
        await asim.tap(ADA, number, "flaky")
        await asim.until_text(ADA, "1 taps")
    assert list(bot.failures.values()) == [2]
    assert delivery.health.dead_letters == 0


@pytest.mark.long("waits out the pauses between tries")
async def test_a_failing_update_ends_as_a_dead_letter_and_the_next_one_works(
    real_time_store: Store, telegram: RunningSandbox, asim: AsyncSim
) -> None:
    async with running(real_time_store, telegram.url, telegram.token) as (delivery, bot):
        number, other = await card(asim, ADA), await card(asim, BOB)
        began = asyncio.get_running_loop().time()
        await asim.tap(ADA, number, "fail")
        await asim.tap(ADA, number, "tap")
        await asim.tap(BOB, other, "tap")
        await asim.until_text(BOB, "1 taps")
        assert delivery.health.dead_letters == 0, "others must not wait for a failing update"
        await asim.until_text(ADA, "1 taps")
        assert asyncio.get_running_loop().time() - began < 10
        await asim.until_text(ADA, "sorry, that did not work")
    assert list(bot.failures.values()) == [4]
    assert delivery.health.dead_letters == 1
    assert real_time_store.read(lambda tx: (tx.inbox.count("dead"), tx.inbox.count("pending"))) == (1, 0)


async def test_an_update_that_no_handler_wants_is_done(
    real_time_store: Store, telegram: RunningSandbox, asim: AsyncSim
) -> None:
    async with running(real_time_store, telegram.url, telegram.token):
        await asim.message(ADA, "just words")
        await asim.until(lambda: real_time_store.read(lambda tx: tx.inbox.count("done")) == 1)


async def test_an_update_delivered_twice_takes_effect_once(
    real_time_store: Store, telegram: RunningSandbox, asim: AsyncSim
) -> None:
    async with running(real_time_store, telegram.url, telegram.token):
        number = await card(asim, ADA)
        tap = await asim.tap(ADA, number, "tap")
        await asim.until_text(ADA, "1 taps")
        assert tap is not None
        await asyncio.to_thread(asim.sim.redeliver, tap)
        await asim.tap(ADA, number, "tap")
        await asim.until_text(ADA, "2 taps")


async def test_a_database_that_is_away_delays_and_buries_nothing(
    sqlite_store: Store,
    telegram: RunningSandbox,
    asim: AsyncSim,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with Store(sqlite_store.url, busy_s=0.2) as store:
        async with running(store, telegram.url, telegram.token) as (delivery, _):
            number = await card(asim, ADA)
            locker = sqlite_store._engine.connect().execution_options(writes=True)
            locker.begin()
            await asim.tap(ADA, number, "tap")
            await asim.until(lambda: "the inbox cannot be written, trying again" in caplog.text)
            locker.close()
            await asim.until_text(ADA, "1 taps")
    assert delivery.health.dead_letters == 0


async def test_an_unreadable_update_becomes_a_dead_letter_and_blocks_nothing(real_time_store: Store) -> None:
    dead: list[int] = []
    queue = DurableQueue(real_time_store, on_dead=lambda: dead.append(1))
    await queue.receive([raw(2)], [{"update_id": 1, "message": {"from": {"id": ADA}, "date": "yesterday"}}])
    await queue.put(Update(1))
    await queue.put(update(2))
    assert taken(queue) == [2]
    assert dead == [1]
    assert real_time_store.read(lambda tx: tx.inbox.count("dead")) == 1
    assert real_time_store.read(lambda tx: [one for one in tx.inbox.pending() if isinstance(one, InboxUpdate)])[
        0
    ].person == UserId(ADA)
