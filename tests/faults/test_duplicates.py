"""Telegram may deliver an update again, even twice in one batch: it takes effect once, and at once."""

from __future__ import annotations

import pytest

from bot.sandbox import RunningSandbox
from bot.storage import Store
from tests.bot.delivery.tiny_bot import running
from tests.sim import AsyncSim

pytestmark = pytest.mark.faults

ADA = 7


async def test_one_update_twice_in_one_batch_takes_effect_once_and_at_once(
    real_time_store: Store, telegram: RunningSandbox, asim: AsyncSim
) -> None:
    update_id = await asim.message(ADA, "/start")
    assert update_id is not None
    asim.sim.redeliver(update_id)
    async with running(real_time_store, telegram.url, telegram.token):
        await asim.until_text(ADA, "0 taps", within_s=10)
        await asim.until(lambda: real_time_store.read(lambda tx: tx.inbox.count("done")) == 1)
    assert len(await asim.from_bot(ADA)) == 1
    assert real_time_store.read(lambda tx: tx.inbox.count("pending")) == 0
