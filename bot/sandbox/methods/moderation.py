"""What an administrator does: people put out, muted and raised, and the group's own name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.sandbox import groups
from bot.sandbox.chats import Chat
from bot.sandbox.errors import bad_request
from bot.sandbox.members import PERMISSIONS, RIGHTS, Member
from bot.sandbox.methods.chats import member_of
from bot.sandbox.methods.rights import need, need_group
from bot.sandbox.methods.targets import chat_of
from bot.sandbox.parameters import Parameters
from bot.sandbox.spans import utf16_length
from bot.sandbox.world import World

Json = dict[str, Any]

NO_RIGHT = "not enough rights to restrict/unrestrict chat member"
TITLE_LIMIT, DESCRIPTION_LIMIT, CUSTOM_TITLE_LIMIT = 128, 255, 16  # Bot API, setChatTitle and its neighbours


async def ban_chat_member(world: World, parameters: Parameters) -> bool:
    chat, member = _ruled(world, parameters)
    return _put(world, chat, Member(member.user_id, "kicked", until=parameters.integer("until_date")))


async def unban_chat_member(world: World, parameters: Parameters) -> bool:
    chat, member = _ruled(world, parameters)
    if member.status != "kicked" and parameters.flag("only_if_banned"):
        return True
    return _put(world, chat, Member(member.user_id, "left"))


async def restrict_chat_member(world: World, parameters: Parameters) -> bool:
    chat, member = _ruled(world, parameters, supergroup=True)
    allowed = _named(parameters.nested("permissions"), PERMISSIONS)
    status = "member" if all(allowed.get(name) for name in PERMISSIONS[:10]) else "restricted"
    return _put(world, chat, Member(member.user_id, status, allowed, until=parameters.integer("until_date")))


async def promote_chat_member(world: World, parameters: Parameters) -> bool:
    chat = chat_of(world, parameters)
    need_group(chat)
    member = member_of(world, parameters, chat)
    need(world, chat, "can_promote_members", "not enough rights")
    allowed = {right: parameters.flag(right) for right in RIGHTS}
    return _put(world, chat, Member(member.user_id, "administrator" if any(allowed.values()) else "member", allowed))


async def set_chat_administrator_custom_title(world: World, parameters: Parameters) -> bool:
    chat = chat_of(world, parameters)
    need_group(chat, supergroup=True)
    member = member_of(world, parameters, chat)
    if member.status != "administrator":
        raise bad_request("user is not an administrator")
    title = parameters.text("custom_title")
    if utf16_length(title) > CUSTOM_TITLE_LIMIT:
        raise bad_request("ADMIN_RANK_INVALID")
    world.members.put(chat.id, replace(member, custom_title=title))
    return True


async def leave_chat(world: World, parameters: Parameters) -> bool:
    chat = chat_of(world, parameters)
    if not chat.is_group:
        raise bad_request("chat member status can't be changed in private chats")
    return _put(world, chat, Member(world.bot_id, "left"))


async def set_chat_title(world: World, parameters: Parameters) -> bool:
    chat = _changed(world, parameters)
    title = parameters.text("title").strip()
    if not title:
        raise bad_request("title must be non-empty")
    if utf16_length(title) > TITLE_LIMIT:
        raise bad_request("CHAT_TITLE_TOO_LONG")
    world.chats.open(replace(chat, title=title))
    groups.announce(world, chat, world.bot_id, {"new_chat_title": title})
    return True


async def set_chat_description(world: World, parameters: Parameters) -> bool:
    chat = _changed(world, parameters)
    description = parameters.text("description").strip()
    if utf16_length(description) > DESCRIPTION_LIMIT:
        raise bad_request("CHAT_ABOUT_TOO_LONG")
    if description == chat.description:
        raise bad_request("chat description is not modified")
    world.chats.open(replace(chat, description=description))
    return True


async def set_chat_permissions(world: World, parameters: Parameters) -> bool:
    chat = chat_of(world, parameters)
    need_group(chat)
    need(world, chat, "can_restrict_members", "not enough rights to change chat permissions")
    world.chats.open(replace(chat, permissions=_named(parameters.nested("permissions"), PERMISSIONS)))
    return True


def _ruled(world: World, parameters: Parameters, *, supergroup: bool = False) -> tuple[Chat, Member]:
    """Return the group and the person that the bot may put in their place."""
    chat = chat_of(world, parameters)
    need_group(chat, supergroup=supergroup)
    member = member_of(world, parameters, chat)
    if member.user_id == world.bot_id:
        raise bad_request("can't restrict self")
    if member.status == "creator":
        raise bad_request("can't remove chat owner")
    need(world, chat, "can_restrict_members", NO_RIGHT)
    if member.is_admin:
        raise bad_request("user is an administrator of the chat")
    return chat, member


def _changed(world: World, parameters: Parameters) -> Chat:
    chat = chat_of(world, parameters)
    need_group(chat)
    need(world, chat, "can_change_info", "not enough rights to change chat info")
    return chat


def _put(world: World, chat: Chat, member: Member) -> bool:
    groups.change_member(world, chat, world.bot_id, member)
    return True


def _named(given: Any, names: tuple[str, ...]) -> dict[str, bool]:
    if not isinstance(given, dict):
        raise bad_request("can't parse permissions JSON object")
    return {name: bool(given.get(name, False)) for name in names}
