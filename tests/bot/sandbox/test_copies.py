"""Messages copied, forwarded and pinned."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot.sandbox.api import Api
from tests.sim import Sim

Json = dict[str, Any]


def test_a_copy_has_no_origin_and_a_forward_has(api: Api, sim: Sim) -> None:
    said = sim.messages(7)[0]["message_id"]
    copied = api.result("copyMessage", chat_id=7, from_chat_id=7, message_id=said)["message_id"]
    forwarded = api.result("forwardMessage", chat_id=7, from_chat_id=7, message_id=said)
    assert forwarded["forward_origin"]["sender_user"]["id"] == 7
    first, second = sim.from_bot(7)
    assert (first["message_id"], first["text"], "forward_origin" in first) == (copied, "hello", False)
    assert (second["text"], second["forward_origin"]["type"]) == ("hello", "user")


def test_several_go_at_once_and_missing_ones_are_skipped(api: Api, sim: Sim) -> None:
    said = sim.messages(7)[0]["message_id"]
    where: Json = {"chat_id": 7, "from_chat_id": 7}
    assert len(api.result("copyMessages", **where, message_ids=[said, 1])) == 1
    assert len(api.result("forwardMessages", **where, message_ids=[said])) == 1
    assert api.refusal("copyMessages", **where, message_ids=[1]) == "Bad Request: there are no messages to copy"


@pytest.mark.parametrize(
    ("method", "description"),
    [
        ("copyMessage", "Bad Request: message to copy not found"),
        ("forwardMessage", "Bad Request: message to forward not found"),
        ("pinChatMessage", "Bad Request: message to pin not found"),
        ("unpinChatMessage", "Bad Request: message to unpin not found"),
    ],
)
def test_a_message_must_be_there(api: Api, method: str, description: str) -> None:
    assert api.refusal(method, chat_id=7, from_chat_id=7, message_id=1) == description


def test_pins_come_and_go(api: Api, sim: Sim) -> None:
    first = api.result("sendMessage", chat_id=7, text="one")["message_id"]
    second = api.result("sendMessage", chat_id=7, text="two")["message_id"]
    for message_id in (first, second):
        api.result("pinChatMessage", chat_id=7, message_id=message_id)
    assert sim.chat(7)["pinned"] == [first, second]
    assert api.result("getChat", chat_id=7)["pinned_message"]["text"] == "two"
    api.result("unpinChatMessage", chat_id=7)
    assert sim.chat(7)["pinned"] == [first]
    api.result("deleteMessage", chat_id=7, message_id=first)
    assert "pinned_message" not in api.result("getChat", chat_id=7)
    assert api.result("unpinAllChatMessages", chat_id=7) is True
