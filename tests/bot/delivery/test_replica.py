"""Two replicas in one process: what both could take, one of them takes, and lets go of when it is done."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select
from telegram import Update

from bot.delivery.incoming import Raw, inbox_update
from bot.delivery.replica import Replica
from bot.delivery.shared_queue import SharedQueue
from bot.delivery.shared_sender import SharedSender
from bot.delivery.writes import Writes
from bot.outgoing import Outgoing
from bot.storage import Store, Tx, migrate
from bot.storage.tables import ClaimRow
from tests.databases import stock
from tests.postgres import empty_schema

pytestmark = pytest.mark.postgres

CHATS, LETTERS, WITHIN_S = range(1, 9), 5, 30.0


@dataclass
class Post:
    """Takes messages in place of Telegram, slowly enough for two senders to meet."""

    taken: list[tuple[int, str]] = field(default_factory=list)

    async def send_message(self, chat_id: int, text: str, *_: Any, **__: Any) -> SimpleNamespace:
        await asyncio.sleep(0.01)
        self.taken.append((chat_id, text))
        return SimpleNamespace(message_id=len(self.taken), photo=(), poll=None)


@dataclass
class Bot:
    """One replica, its handlers left out: what it takes from the inbox is noted and done."""

    store: Store
    post: Post
    handled: list[tuple[int, int]]

    def __post_init__(self) -> None:
        writes = Writes(self.store)
        self.replica = Replica(self.store, writes)
        self.queue = SharedQueue(self.store, writes, ring=self.replica.ring)
        self.sender = SharedSender(
            self.store, self.post, writes, clock=lambda: asyncio.get_running_loop().time() * 1000
        )

    async def handle(self) -> None:
        while True:
            update = await self.queue.get()
            assert isinstance(update, Update)
            assert update.effective_user is not None
            self.handled.append((update.effective_user.id, update.update_id))
            await asyncio.wrap_future(self.store.write(partial(finish, update.update_id)))
            self.queue.release(update)


def finish(number: int, tx: Tx) -> None:
    tx.inbox.finish(number)


def add(chats: Sequence[int], text: str, tx: Tx) -> None:
    for chat in chats:
        tx.outbox.add(chat, Outgoing(text))


def receive(raw: Raw, tx: Tx) -> None:
    tx.inbox.receive(inbox_update(raw))


@pytest.fixture
def stores() -> Any:
    with empty_schema() as url:
        migrate(url)
        with Store(url) as one, Store(url) as other:
            stock(one)
            yield one, other


@asynccontextmanager
async def running(*bots: Bot) -> AsyncIterator[None]:
    handlers = [asyncio.create_task(bot.handle()) for bot in bots]
    for bot in bots:
        bot.sender.start()
        bot.replica.start(bot.queue, bot.sender)
    try:
        yield
    finally:
        for handler in handlers:
            handler.cancel()
        for bot in bots:
            await bot.sender.stop()
            await bot.replica.stop()


async def until_done(store: Store) -> None:
    """Wait until nothing waits any more."""
    async with asyncio.timeout(WITHIN_S):
        # Both replicas are looked at from outside, by what is left for them.
        while (waiting := await asyncio.to_thread(store.read, lambda tx: tx.waiting())).inbox or waiting.outbox:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


def claims(store: Store) -> list[int]:
    return store.read(lambda tx: list(tx.claims.connection.scalars(select(ClaimRow.lane))))


async def test_a_message_is_sent_by_one_of_two_and_each_chats_in_order(stores: tuple[Store, Store]) -> None:
    one, other = stores
    post = Post()
    async with running(Bot(one, post, []), Bot(other, post, [])):
        for number in range(LETTERS):
            for store, half in ((one, 0), (other, 1)):
                chats = [chat for chat in CHATS if chat % 2 == half]
                await asyncio.wrap_future(store.write(partial(add, chats, str(number))))
        await until_done(one)
    assert sorted(post.taken) == [(chat, str(number)) for chat in CHATS for number in range(LETTERS)]
    for chat in CHATS:
        assert [text for to, text in post.taken if to == chat] == [str(number) for number in range(LETTERS)]
    assert claims(one) == [], "who ends lets go"


async def test_updates_that_two_bots_took_in_are_handled_in_order_of_their_person(stores: tuple[Store, Store]) -> None:
    one, other = stores
    post, handled = Post(), list[tuple[int, int]]()
    async with running(Bot(one, post, handled), Bot(other, post, handled)):
        for number in range(1, 61):
            sender = {"id": number % 3 + 1, "is_bot": False, "first_name": "A"}
            chat = {"id": sender["id"], "type": "private"}
            raw = {"update_id": number, "message": {"message_id": 1, "date": 1, "chat": chat, "from": sender}}
            await asyncio.wrap_future(stores[number % 2].write(partial(receive, raw)))
        await until_done(one)
    assert sorted(number for _, number in handled) == list(range(1, 61))
    for person in (1, 2, 3):
        mine = [number for who, number in handled if who == person]
        assert mine == sorted(mine)


async def test_what_is_sent_while_the_outbox_is_read_is_not_sent_again(
    stores: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, post = stores[0], Post()
    sender = Bot(store, post, []).sender
    sender.claimed = {1}
    await asyncio.wrap_future(store.write(partial(add, [1], "once")))
    await sender._look()  # from now on the message is at hand
    read = sender._writes.read

    async def read_slowly(*asked: Any) -> Any:
        found = await read(*asked)
        async with asyncio.timeout(WITHIN_S):
            while sender._at_hand():  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        return found

    monkeypatch.setattr(sender._writes, "read", read_slowly)
    await sender._look()
    await asyncio.sleep(0.1)
    assert post.taken == [(1, "once")]
    await sender.stop()
