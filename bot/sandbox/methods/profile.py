"""The bot's names, descriptions and command menus."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox import wire
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.targets import chat_of
from bot.sandbox.parameters import Parameters
from bot.sandbox.profile import DEFAULT_SCOPE, Command, Profile, Scope, in_language
from bot.sandbox.spans import utf16_length
from bot.sandbox.world import World

Json = dict[str, Any]
Method = Callable[[World, Parameters], Awaitable[Any]]

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
COMMANDS_LIMIT = 100
DESCRIPTION_LIMIT, SHORT_LIMIT, NAME_LIMIT, COMMAND_TEXT_LIMIT = 512, 120, 64, 256  # UTF-16 units; Bot API
SCOPES = frozenset(
    {
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    }
)

CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})


async def get_me(world: World, parameters: Parameters) -> Json:
    return wire.me(world)


async def set_my_commands(world: World, parameters: Parameters) -> bool:
    given = parameters.nested("commands")
    if not isinstance(given, list):
        raise bad_request("can't parse BotCommand: expected an Array of BotCommand")
    if len(given) > COMMANDS_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    commands = tuple(_command(entry) for entry in given)
    world.profile.commands[_scope(world, parameters), _language(parameters)] = commands
    _show(world)
    return True


async def get_my_commands(world: World, parameters: Parameters) -> list[Json]:
    commands = world.profile.commands.get((_scope(world, parameters), _language(parameters)), ())
    return [{"command": command.command, "description": command.description} for command in commands]


async def delete_my_commands(world: World, parameters: Parameters) -> bool:
    world.profile.commands.pop((_scope(world, parameters), _language(parameters)), None)
    _show(world)
    return True


async def set_chat_menu_button(world: World, parameters: Parameters) -> bool:
    """Accept the menu of commands, the only kind the chat page shows."""
    button = parameters.record("menu_button")
    if button.get("type", "default") not in ("default", "commands"):
        raise bad_request("this menu button type is not supported by the local Telegram")
    return True


async def get_chat_menu_button(world: World, parameters: Parameters) -> Json:
    return {"type": "commands"}


def text_setter(texts: Callable[[Profile], dict[str, str]], name: str, limit: int) -> Method:
    """Return the method that sets one of the bot's texts in a language; an empty text removes it."""

    async def set_text(world: World, parameters: Parameters) -> bool:
        text = parameters.text(name)
        if utf16_length(text) > limit:
            raise bad_request(f"{name.replace('_', ' ')} is too long")
        texts(world.profile)[_language(parameters)] = text
        _show(world)
        return True

    return set_text


def text_getter(texts: Callable[[Profile], dict[str, str]], name: str, fallback: Callable[[Profile], str]) -> Method:
    """Return the method that reads one of the bot's texts in a language."""

    async def get_text(world: World, parameters: Parameters) -> Json:
        return {name: in_language(texts(world.profile), _language(parameters)) or fallback(world.profile)}

    return get_text


def _command(given: Any) -> Command:
    if not isinstance(given, dict) or "command" not in given or "description" not in given:
        raise bad_request('can\'t parse BotCommand: Can\'t find field "command" or "description"')
    name = str(given["command"]).removeprefix("/")
    description = str(given["description"])
    if not COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= utf16_length(description) <= COMMAND_TEXT_LIMIT:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return Command(name, description)


def _scope(world: World, parameters: Parameters) -> Scope:
    given = parameters.nested("scope")
    if not given:
        return DEFAULT_SCOPE
    if not isinstance(given, dict) or str(given.get("type")) not in SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    kind = str(given["type"])
    if kind not in CHAT_SCOPES:
        return kind, 0, 0
    chat = chat_of(world, Parameters({"chat_id": given.get("chat_id")}))
    if kind != "chat" and not chat.is_group:
        raise bad_request("can't change commands for private chat members")
    user_id = Parameters(given).integer("user_id") if kind == "chat_member" else 0
    if kind == "chat_member" and user_id not in world.chats.people:
        raise bad_request("user not found")
    return kind, chat.id, user_id


def _language(parameters: Parameters) -> str:
    code = parameters.text("language_code")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("invalid language_code specified")
    return code


def _show(world: World) -> None:
    world.chats.touch_all()
    world.changed.ring()
