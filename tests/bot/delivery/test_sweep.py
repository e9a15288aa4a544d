"""The sweep: what inbox and outbox hold and nobody has at hand is taken up by a running bot."""

from __future__ import annotations

from telegram import Bot

from bot.delivery.durable_queue import PER_PERSON, DurableQueue
from bot.delivery.incoming import inbox_update
from bot.delivery.sender import Sender
from bot.outgoing import Outgoing
from bot.sandbox import RunningSandbox
from bot.storage import Store
from tests.bot.delivery.test_delivery import raw, taken, update
from tests.sim import AsyncSim, Sim

ADA, BOB = 7, 8


async def test_an_update_that_memory_lost_is_handled(real_time_store: Store, asim: AsyncSim) -> None:
    queue = DurableQueue(real_time_store)
    await queue.put(update(5))
    real_time_store.write(lambda tx: tx.inbox.receive(inbox_update(raw(6, BOB)))).result()
    assert await queue.sweep() == 1
    await asim.until(lambda: queue.qsize() == 2)
    assert taken(queue) == [5, 6]


async def test_what_is_at_hand_or_waits_for_its_turn_is_left_alone(real_time_store: Store) -> None:
    queue = DurableQueue(real_time_store)
    for number in range(1, PER_PERSON + 5):
        await queue.put(update(number))
    assert await queue.sweep() == 0
    assert len(taken(queue)) == PER_PERSON


async def test_a_message_that_memory_lost_is_sent_and_no_other_comes_twice(
    real_time_store: Store, telegram: RunningSandbox, asim: AsyncSim, sim: Sim
) -> None:
    for person in (ADA, BOB):
        await asim.message(person, "/start")
    real_time_store.write(lambda tx: tx.outbox.add(ADA, Outgoing("lost"))).result()
    real_time_store.write(lambda tx: tx.outbox.add(BOB, Outgoing("slow"))).result()
    sim.fault("sendMessage", delay_s=1, times=1)
    async with Bot(telegram.token, f"{telegram.url}/bot") as bot:
        sender = Sender(real_time_store, bot)
        sender._last_seen = 1  # as if the first had been taken up, and its task had died
        sender.start()
        await asim.until(lambda: sim.calls(method="sendMessage") or sender._at_work)
        assert await sender.sweep() == 1
        await asim.until_text(ADA, "lost")
        await asim.until_text(BOB, "slow")
        assert await sender.sweep() == 0
        await sender.stop()
    assert [len(await asim.from_bot(person)) for person in (ADA, BOB)] == [1, 1]
