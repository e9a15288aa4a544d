"""Connections that drop in the middle of a transaction: every update takes effect once, and none is stranded."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from sqlalchemy import text
from telegram import Update

from bot.outgoing import Outgoing
from bot.sandbox import RunningSandbox
from bot.storage import DatabaseUnreachableError, Store, Tx, migrate
from recommender.domain import UserId
from tests.bot.delivery.tiny_bot import running
from tests.faults.proxy import Proxy, proxied
from tests.sim import AsyncSim

pytestmark = [pytest.mark.faults, pytest.mark.postgres]

PEOPLE, TAPS = range(1, 11), 12
HANGS_S = 3.0


@pytest.fixture
def shaky(server_url: str) -> Iterator[tuple[Proxy, Store]]:
    """A store whose connections lead through a proxy."""
    migrate(server_url)
    with ExitStack() as stack:
        proxy, url = stack.enter_context(proxied(server_url))
        yield proxy, stack.enter_context(Store(url))


def test_whatever_a_dropped_connection_raises_is_a_database_out_of_reach(shaky: tuple[Proxy, Store]) -> None:
    proxy, store = shaky

    def drop_first(tx: Tx) -> None:
        tx.people.ensure(UserId(1))
        proxy.drop()

    def drop_in_the_middle(tx: Tx) -> None:
        drop_first(tx)
        tx.people.ensure(UserId(2))

    def drop_and_fail(tx: Tx) -> None:
        drop_first(tx)
        raise KeyError("what a defect raises after that")

    for use_case in (drop_first, drop_in_the_middle, drop_and_fail):
        futures = [store.write(one) for one in (use_case, lambda tx: tx.people.ensure(UserId(3)))]
        for future in futures:
            error = future.exception(20)
            assert error is None or isinstance(error, DatabaseUnreachableError), repr(error)
        with pytest.raises(DatabaseUnreachableError):
            futures[0].result()
        with pytest.raises(DatabaseUnreachableError):
            store.read(drop_in_the_middle)
        assert store.read(lambda tx: [tx.people.get(UserId(one)) for one in (1, 2)]) == [None, None]


async def test_no_update_and_no_message_is_stranded_while_connections_drop(
    shaky: tuple[Proxy, Store], telegram: RunningSandbox, asim: AsyncSim
) -> None:
    proxy, store = shaky
    async with running(store, telegram.url, telegram.token) as (delivery, _):
        cards = {}
        for person in PEOPLE:
            await asim.message(person, "/start")
            cards[person] = (await asim.until_text(person, "0 taps"))["message_id"]
        dropped = 0
        for _ in range(TAPS):
            for person, card in cards.items():
                await asim.tap(person, card, "tap")
            dropped += proxy.drop()
        for _ in range(20):
            await asyncio.sleep(0.02)  # while the last ones are handled
            dropped += proxy.drop()
        assert dropped > TAPS
        for person in PEOPLE:
            await asim.until_text(person, f"{TAPS} taps", within_s=60)
        await asim.until(lambda: store.read(lambda tx: tx.inbox.count("pending")) == 0)
        await asim.until(lambda: store.read(lambda tx: tx.outbox.count("waiting")) == 0, what="every message noted")
        assert delivery.health.dead_letters == 0
    with store._engine.connect() as connection:
        rounds = connection.execute(text("SELECT id, round FROM people ORDER BY id")).all()
    assert rounds == [(person, TAPS) for person in PEOPLE]
    assert [len(await asim.from_bot(person)) for person in PEOPLE] == [1] * len(PEOPLE)


async def test_a_database_that_hangs_for_longer_than_an_update_may_take_buries_none(
    shaky: tuple[Proxy, Store], telegram: RunningSandbox, asim: AsyncSim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.processor.BUDGET_S", 1.0)
    proxy, store = shaky
    async with running(store, telegram.url, telegram.token) as (delivery, bot):
        await asim.message(1, "/start")
        card = (await asim.until_text(1, "0 taps"))["message_id"]
        effect, hangs = bot._effect, asyncio.Event()

        async def hang_once(update: Update, message: Outgoing) -> None:
            if not hangs.is_set():
                proxy.stall()
                hangs.set()
            await effect(update, message)

        bot._effect = hang_once  # type: ignore[method-assign]
        await asim.tap(1, card, "tap")
        await asyncio.wait_for(hangs.wait(), 20)
        await asyncio.sleep(HANGS_S)  # the fault itself
        proxy.resume()
        await asim.until_text(1, "1 taps", within_s=60)
        assert delivery.health.dead_letters == 0
    assert store.read(lambda tx: tx.inbox.count("dead")) == 0
