"""Names, descriptions and command menus, by language and scope."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.profile import Command, Profile
from tests.bot.sandbox.api import Api

START = {"command": "start", "description": "Begin"}


def test_says_who_the_bot_is(api: Api) -> None:
    me = api.result("getMe")
    assert (me["id"], me["is_bot"], me["username"]) == (int(api.token.partition(":")[0]), True, "reelmate_bot")


def test_commands_are_kept_by_language_and_scope(api: Api) -> None:
    private = {"type": "all_private_chats"}
    api.result("setMyCommands", commands=[START])
    api.result("setMyCommands", commands=[{"command": "start", "description": "开始"}], language_code="zh")
    api.result("setMyCommands", commands=[{"command": "rate", "description": "Rate"}], scope=private)
    assert api.result("getMyCommands") == [START]
    assert api.result("getMyCommands", language_code="zh") == [{"command": "start", "description": "开始"}]
    assert api.result("getMyCommands", scope=private)[0]["command"] == "rate"
    api.result("deleteMyCommands", language_code="zh")
    assert api.result("getMyCommands", language_code="zh") == []


@pytest.mark.parametrize(
    ("commands", "description"),
    [
        ([{"command": "Start!", "description": "x"}], "Bad Request: BOT_COMMAND_INVALID"),
        ([{"command": "start", "description": ""}], "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID"),
        ([START] * 101, "Bad Request: BOT_COMMANDS_TOO_MUCH"),
    ],
)
def test_impossible_commands_are_refused(api: Api, commands: list[dict[str, str]], description: str) -> None:
    assert api.refusal("setMyCommands", commands=commands) == description


@pytest.mark.parametrize(
    ("method", "name", "limit"),
    [("Name", "name", 64), ("Description", "description", 512), ("ShortDescription", "short_description", 120)],
)
def test_texts_are_kept_by_language_within_their_limits(api: Api, method: str, name: str, limit: int) -> None:
    long: dict[str, Any] = {name: "x" * (limit + 1)}
    english: dict[str, Any] = {name: "hello"}
    chinese: dict[str, Any] = {name: "你好", "language_code": "zh"}
    api.result(f"setMy{method}", **english)
    api.result(f"setMy{method}", **chinese)
    assert api.result(f"getMy{method}") == {name: "hello"}
    assert api.result(f"getMy{method}", language_code="zh") == {name: "你好"}
    assert api.result(f"getMy{method}", language_code="de") == {name: "hello"}
    assert "too long" in api.refusal(f"setMy{method}", **long)
    assert api.refusal(f"setMy{method}", language_code="english") == "Bad Request: invalid language_code specified"


def test_a_persons_menu_is_the_narrowest_scope_in_their_language() -> None:
    profile = Profile(1, "a_bot", "A bot")
    profile.commands[("default", 0, 0), ""] = (Command("all", "All"),)
    profile.commands[("default", 0, 0), "zh"] = (Command("all", "全部"),)
    profile.commands[("chat", 7, 0), ""] = (Command("mine", "Mine"),)
    assert [profile.menu(8, 8, "zh")[0].description, profile.menu(8, 8, "de")[0].description] == ["全部", "All"]
    assert profile.menu(7, 7, "zh")[0].command == "mine"


def test_in_a_group_administrators_may_have_a_menu_of_their_own() -> None:
    profile = Profile(1, "a_bot", "A bot")
    for scope in (("all_private_chats", 0, 0), ("all_group_chats", 0, 0), ("all_chat_administrators", 0, 0)):
        profile.commands[scope, ""] = (Command(scope[0], "x"),)
    profile.commands[("chat_member", -5, 9), ""] = (Command("nine", "x"),)
    assert profile.menu(7, -5, "en")[0].command == "all_group_chats"
    assert profile.menu(7, -5, "en", is_admin=True)[0].command == "all_chat_administrators"
    assert profile.menu(9, -5, "en")[0].command == "nine"


@pytest.mark.parametrize(
    ("scope", "description"),
    [
        ({"type": "moon"}, "can't parse BotCommandScope: Unsupported type specified"),
        ({"type": "chat", "chat_id": 99}, "chat not found"),
        ({"type": "chat"}, "chat_id is empty"),
        ({"type": "chat_administrators", "chat_id": 7}, "can't change commands for private chat members"),
    ],
)
def test_a_scope_must_be_there(api: Api, scope: dict[str, Any], description: str) -> None:
    assert api.refusal("setMyCommands", commands=[START], scope=scope) == f"Bad Request: {description}"
