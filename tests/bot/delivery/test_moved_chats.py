"""A group that becomes a supergroup: what waits for the old number goes to the new one, in its order, once."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from telegram import Bot, Message
from telegram.error import ChatMigrated

from bot.delivery.requests import SendingRequest
from bot.delivery.sender import Sender
from bot.outgoing import Button, Document, Outgoing
from bot.sandbox import RunningSandbox
from bot.storage import Store
from tests.sim import AsyncSim, Sim

GROUP, SUPERGROUP = -200, -1_000_000_200
CHATS = {GROUP: "group", SUPERGROUP: "supergroup"}


class Moved(Bot):
    """Telegram where the group is a supergroup."""

    async def send_message(self, chat_id: int | str, text: str, *args: Any, **options: Any) -> Message:
        return await super().send_message(_new(chat_id), text, *args, **options)

    async def send_document(self, chat_id: int | str, *args: Any, **options: Any) -> Message:
        return await super().send_document(_new(chat_id), *args, **options)

    async def edit_message_text(self, text: str, chat_id: int | str | None = None, *args: Any, **options: Any) -> Any:
        return await super().edit_message_text(text, _new(chat_id), *args, **options)


def _new(chat_id: int | str | None) -> int | str:
    if chat_id == GROUP:
        raise ChatMigrated(SUPERGROUP)
    assert chat_id is not None
    return chat_id


@pytest.fixture(autouse=True)
def acquainted(sim: Sim) -> None:
    for chat_id, kind in CHATS.items():
        sim.message(7, "/start@reelmate_bot", {"id": chat_id, "type": kind})


async def test_what_waits_for_the_group_arrives_in_the_supergroup(
    real_time_store: Store, telegram: RunningSandbox, asim: AsyncSim
) -> None:
    letters = [
        Outgoing("first", ((Button("5", "1:r:1:10"),),)),
        Outgoing("second", document=Document("a.csv", b"a,b")),
        Outgoing("third", edits=1),
    ]
    for letter in letters:
        real_time_store.write(lambda tx, letter=letter: tx.outbox.add(GROUP, letter)).result()  # type: ignore[misc]
    bot = Moved(telegram.token, f"{telegram.url}/bot", f"{telegram.url}/file/bot", request=SendingRequest())
    async with bot:
        sender = Sender(real_time_store, bot)
        sender.start()
        await asim.until(lambda: real_time_store.read(lambda tx: tx.outbox.count("sent")) == 3, what="three sent")
        await asyncio.wrap_future(real_time_store.write(lambda tx: tx.outbox.add(GROUP, Outgoing("later"))))
        await asim.until(lambda: real_time_store.read(lambda tx: tx.outbox.count("sent")) == 4, what="one more sent")
        await sender.stop()
    assert [message["text"] for message in await asim.from_bot(SUPERGROUP)] == ["first", "second", "third", "later"]
    assert real_time_store.read(lambda tx: (tx.outbox.count("waiting"), tx.outbox.count("dead"))) == (0, 0)


def test_a_move_leaves_other_chats_alone_and_keeps_what_is_to_be_forgotten(real_time_store: Store) -> None:
    real_time_store.write(lambda tx: tx.outbox.add(GROUP, Outgoing("gone"), forget=True)).result()
    real_time_store.write(lambda tx: tx.outbox.add(8, Outgoing("other"))).result()
    real_time_store.write(lambda tx: tx.outbox.move(GROUP, SUPERGROUP)).result()
    waiting = real_time_store.read(lambda tx: tx.outbox.waiting())
    assert [(letter.chat_id, letter.outgoing.text) for letter in waiting] == [(8, "other"), (SUPERGROUP, "gone")]
    real_time_store.write(lambda tx: tx.outbox.sent(waiting[1].id, 5)).result()
    assert real_time_store.read(lambda tx: tx.outbox.count("sent")) == 0
