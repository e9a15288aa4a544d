"""Groups: who is in them, the bot let in and put out, supergroups, topics, reactions."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot.sandbox.api import Api
from tests.sim import RefusedError, Sim

Json = dict[str, Any]

NIGHT = {"id": -55, "type": "group", "title": "Film night"}


@pytest.fixture
def group(api: Api, sim: Sim) -> int:
    """A group of 7 and 8 that has let the bot in."""
    sim.group(7, NIGHT, 8)
    sim.set_member(7, -55, "member")
    return -55


def kinds(api: Api) -> list[str]:
    return [next(iter(update.keys() - {"update_id"})) for update in api.result("getUpdates")]


def test_the_bot_hears_nothing_before_it_is_let_in(api: Api, sim: Sim) -> None:
    sim.group(7, NIGHT, 8)
    assert sim.message(8, "hello", NIGHT) is None
    assert api.refusal("sendMessage", chat_id=-55, text="x") == "Bad Request: chat not found"
    sim.set_member(7, -55, "member")
    change, line = api.result("getUpdates")[-2:]
    member = change["my_chat_member"]
    assert (member["from"]["id"], member["chat"]["title"]) == (7, "Film night")
    assert (member["old_chat_member"]["status"], member["new_chat_member"]["status"]) == ("left", "member")
    assert line["message"]["new_chat_members"][0]["is_bot"] is True
    assert sim.message(8, "hello", NIGHT) is not None


def test_a_payload_starts_the_bot_in_the_group(api: Api, sim: Sim) -> None:
    sim.group(7, NIGHT)
    sim.set_member(7, -55, "member", payload="night")
    assert api.result("getUpdates")[-1]["message"]["text"] == "/start@reelmate_bot night"


@pytest.mark.parametrize(
    ("status", "description"),
    [
        ("kicked", "Forbidden: bot was kicked from the group chat"),
        ("left", "Forbidden: bot is not a member of the group chat"),
    ],
)
def test_who_put_the_bot_out_gets_nothing(api: Api, sim: Sim, group: int, status: str, description: str) -> None:
    sim.set_member(7, group, status)
    assert api.result("getUpdates")[-1]["my_chat_member"]["new_chat_member"]["status"] == status
    assert api.call("sendMessage", chat_id=group, text="x")[0] == 403
    assert api.refusal("sendMessage", chat_id=group, text="x") == description


def test_members_are_told_by_their_place(api: Api, sim: Sim, group: int) -> None:
    bot_id = api.result("getMe")["id"]
    status = {who: api.result("getChatMember", chat_id=group, user_id=who)["status"] for who in (7, 8, bot_id)}
    assert status == {7: "creator", 8: "member", bot_id: "member"}
    assert [admin["user"]["id"] for admin in api.result("getChatAdministrators", chat_id=group)] == [7]
    assert api.result("getChatMemberCount", chat_id=group) == 3
    sim.set_member(7, group, "administrator", allowed={"can_pin_messages": False})
    admin = api.result("getChatMember", chat_id=group, user_id=bot_id)
    assert (admin["can_pin_messages"], admin["can_delete_messages"]) == (False, True)
    sim.set_member(7, group, "kicked", 8)
    assert api.result("getUpdates", allowed_updates=["message", "chat_member"])[-1]["message"]["left_chat_member"]
    assert api.result("getChatMember", chat_id=group, user_id=8)["status"] == "kicked"
    refused = api.refusal("getChatMember", chat_id=group, user_id=99)
    assert refused == "Bad Request: PARTICIPANT_ID_INVALID"


def test_an_administrator_hears_of_others_coming(api: Api, sim: Sim, group: int) -> None:
    sim.set_member(7, group, "administrator")
    api.result("getUpdates", allowed_updates=["chat_member"])
    sim.set_member(7, group, "member", 9)
    change = api.result("getUpdates")[-1]["chat_member"]
    assert (change["new_chat_member"]["user"]["id"], change["new_chat_member"]["status"]) == (9, "member")


def test_a_chat_tells_about_itself(api: Api, sim: Sim, group: int) -> None:
    chat = api.result("getChat", chat_id=group)
    assert (chat["title"], chat["permissions"]["can_send_messages"]) == ("Film night", True)
    person = api.result("getChat", chat_id=7)
    assert (person["type"], person["first_name"]) == ("private", "Ada 7")
    refused = api.refusal("getChatAdministrators", chat_id=7)
    assert refused == "Bad Request: there are no administrators in the private chat"
    assert api.refusal("getChat", chat_id=-1) == "Bad Request: chat not found"


def test_a_group_becomes_a_supergroup(api: Api, sim: Sim, group: int) -> None:
    new = sim.migrate(7, group)
    old_line, new_line = (update["message"] for update in api.result("getUpdates")[-2:])
    assert (old_line["chat"]["id"], old_line["migrate_to_chat_id"]) == (group, new)
    assert (new_line["chat"]["type"], new_line["migrate_from_chat_id"]) == ("supergroup", group)
    status, answer = api.call("sendMessage", chat_id=group, text="x")
    assert (status, answer["parameters"]) == (400, {"migrate_to_chat_id": new})
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert api.result("sendMessage", chat_id=new, text="x")["chat"]["title"] == "Film night"
    with pytest.raises(RefusedError, match="the group became the supergroup"):
        sim.message(7, "x", NIGHT)


def test_reactions_reach_a_bot_that_asked_for_them(api: Api, sim: Sim) -> None:
    asked = api.result("sendMessage", chat_id=7, text="x")["message_id"]
    assert sim.react(7, asked, "👍") is None  # not asked for
    api.result("getUpdates", allowed_updates=["message_reaction"])
    sim.react(7, asked, "🔥", "👏")
    change = api.result("getUpdates")[-1]["message_reaction"]
    assert change["old_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    assert [one["emoji"] for one in change["new_reaction"]] == ["🔥", "👏"]
    assert sim.messages(7)[-1]["reactions"] == {"7": ["🔥", "👏"]}
    sim.react(7, asked)
    assert "reactions" not in sim.messages(7)[-1]


def test_reactions_in_a_group_are_told_to_administrators(api: Api, sim: Sim, group: int) -> None:
    asked = api.result("sendMessage", chat_id=group, text="x")["message_id"]
    api.result("getUpdates", allowed_updates=["message_reaction"])
    assert sim.react(8, asked, "👍") is None
    sim.set_member(7, group, "administrator")
    assert sim.react(8, asked, "👎") is not None


@pytest.mark.parametrize(
    ("reaction", "description"),
    [
        ([{"type": "emoji", "emoji": "x"}], "REACTION_INVALID"),
        ([{"type": "paid"}], "REACTION_INVALID"),
        ([{"type": "emoji", "emoji": "👍"}, {"type": "emoji", "emoji": "👎"}], "REACTIONS_TOO_MANY"),
    ],
)
def test_a_reaction_that_telegram_would_not_take(api: Api, sim: Sim, reaction: list[Json], description: str) -> None:
    said = sim.messages(7)[0]["message_id"]
    refused = api.refusal("setMessageReaction", chat_id=7, message_id=said, reaction=reaction)
    assert refused == f"Bad Request: {description}"


def test_the_bot_reacts_and_takes_it_back(api: Api, sim: Sim) -> None:
    said = {"chat_id": 7, "message_id": sim.messages(7)[0]["message_id"]}
    assert api.result("setMessageReaction", **said, reaction=[{"type": "emoji", "emoji": "❤"}]) is True
    assert list(sim.messages(7)[0]["reactions"].values()) == [["❤"]]
    api.result("setMessageReaction", **said)
    assert "reactions" not in sim.messages(7)[0]
    refused = api.refusal("setMessageReaction", chat_id=7, message_id=1, reaction=[])
    assert refused == "Bad Request: message to react not found"


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (lambda sim: sim.set_member(7, -55, "king"), "status must be one of"),
        (lambda sim: sim.set_member(7, -55, "member", allowed={"can_fly": True}), "allowed must be rights by name"),
        (lambda sim: sim.set_member(7, -1, "member"), "chat_id must be that of a group"),
        (lambda sim: sim.group(7, NIGHT), "chat must be a new group"),
        (lambda sim: sim.react(7, 1, "👍"), "message_id must be that of a message"),
    ],
)
def test_a_script_that_makes_no_sense_is_refused(sim: Sim, group: int, act: Any, error: str) -> None:
    with pytest.raises(RefusedError, match=error):
        act(sim)
