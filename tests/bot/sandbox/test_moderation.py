"""What a bot does as an administrator of a group, in topics too, and what it may not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot.sandbox.api import Api
from tests.sim import Sim

Json = dict[str, Any]

NIGHT = {"id": -1001, "type": "supergroup", "title": "Film night", "is_forum": True}


@pytest.fixture
def group(api: Api, sim: Sim) -> int:
    """A forum of 7 and 8 whose administrator the bot is."""
    sim.group(7, NIGHT, 8)
    sim.set_member(7, -1001, "administrator")
    return -1001


def status(api: Api, group: int, user_id: int) -> str:
    return str(api.result("getChatMember", chat_id=group, user_id=user_id)["status"])


def test_a_person_is_put_out_and_let_in_again(api: Api, group: int) -> None:
    api.result("banChatMember", chat_id=group, user_id=8)
    assert status(api, group, 8) == "kicked"
    api.result("unbanChatMember", chat_id=group, user_id=8)
    assert status(api, group, 8) == "left"


def test_a_person_is_muted_and_raised(api: Api, group: int) -> None:
    api.result("restrictChatMember", chat_id=group, user_id=8, permissions={"can_send_messages": False})
    assert status(api, group, 8) == "restricted"
    api.result("promoteChatMember", chat_id=group, user_id=8, can_pin_messages=True)
    api.result("setChatAdministratorCustomTitle", chat_id=group, user_id=8, custom_title="Host")
    admin = api.result("getChatMember", chat_id=group, user_id=8)
    assert (admin["status"], admin["can_pin_messages"], admin["custom_title"]) == ("administrator", True, "Host")


@pytest.mark.parametrize(
    ("user_id", "description"),
    [
        (7, "can't remove chat owner"),
        (99, "PARTICIPANT_ID_INVALID"),
        (1000000001, "can't restrict self"),
        (0, "invalid user_id specified"),
    ],
)
def test_whom_the_bot_cannot_put_out(api: Api, group: int, user_id: int, description: str) -> None:
    assert api.refusal("banChatMember", chat_id=group, user_id=user_id) == f"Bad Request: {description}"


def test_without_the_right_nothing_is_done(api: Api, sim: Sim, group: int) -> None:
    sim.set_member(7, group, "member")
    refused = api.refusal("banChatMember", chat_id=group, user_id=8)
    assert refused == "Bad Request: not enough rights to restrict/unrestrict chat member"
    said = sim.message(8, "hello", NIGHT)
    assert said
    message_id = sim.messages(group)[-1]["message_id"]
    refused = api.refusal("pinChatMessage", chat_id=group, message_id=message_id)
    assert refused == "Bad Request: not enough rights to manage pinned messages in the chat"


def test_a_muted_bot_may_not_send(api: Api, sim: Sim, group: int) -> None:
    sim.set_member(7, group, "restricted", allowed={"can_send_messages": True})
    assert api.result("sendMessage", chat_id=group, text="x")
    refused = api.refusal("sendPoll", chat_id=group, question="x", options=["y"])
    assert refused == "Bad Request: not enough rights to send polls to the chat"


def test_the_group_gets_another_name(api: Api, sim: Sim, group: int) -> None:
    api.result("setChatTitle", chat_id=group, title="Matinee")
    api.result("setChatDescription", chat_id=group, description="On Sundays")
    api.result("setChatPermissions", chat_id=group, permissions={"can_send_polls": True})
    chat = api.result("getChat", chat_id=group)
    assert (chat["title"], chat["description"]) == ("Matinee", "On Sundays")
    assert (chat["permissions"]["can_send_polls"], chat["permissions"]["can_send_messages"]) == (True, False)
    assert sim.messages(group)[-1]["other"] == {"new_chat_title": "Matinee"}
    refused = api.refusal("setChatTitle", chat_id=7, title="x")
    assert refused == "Bad Request: method is available for supergroup and channel chats only"


def test_the_bot_leaves(api: Api, sim: Sim, group: int) -> None:
    api.result("leaveChat", chat_id=group)
    assert api.result("getUpdates")[-1]["my_chat_member"]["new_chat_member"]["status"] == "left"
    refused = api.refusal("sendMessage", chat_id=group, text="x")
    assert refused == "Forbidden: bot is not a member of the supergroup chat"


def test_topics_open_close_and_go(api: Api, sim: Sim, group: int) -> None:
    topic = api.result("createForumTopic", chat_id=group, name="Horror")
    thread = {"chat_id": group, "message_thread_id": topic["message_thread_id"]}
    sent = api.result("sendMessage", **thread, text="boo")
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic["message_thread_id"], True)
    sim.message(8, "eek", NIGHT, thread_id=topic["message_thread_id"])
    assert api.result("getUpdates")[-1]["message"]["message_thread_id"] == topic["message_thread_id"]
    assert api.result("closeForumTopic", **thread)
    assert api.refusal("closeForumTopic", **thread) == "Bad Request: TOPIC_NOT_MODIFIED"
    assert api.result("reopenForumTopic", **thread)
    assert api.result("editForumTopic", **thread, name="Scary")
    assert api.result("deleteForumTopic", **thread)
    assert api.refusal("sendMessage", **thread, text="x") == "Bad Request: message thread not found"
    assert "boo" not in [one["text"] for one in sim.messages(group)]
