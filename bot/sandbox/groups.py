"""What happens to groups: people and the bot come, change their role and go, and a group becomes a supergroup."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.sandbox import wire
from bot.sandbox.chats import Chat
from bot.sandbox.entities import FormattedText
from bot.sandbox.members import Member
from bot.sandbox.world import World

Json = dict[str, Any]


def change_member(world: World, chat: Chat, by_id: int, member: Member) -> int | None:
    """Give somebody, or the bot, another place; return the id of the update that tells of it.

    Coming and going leave a line in the chat, as in Telegram.
    """
    before = world.members.find(chat.id, member.user_id)
    world.members.put(chat.id, member)
    world.chats.touch(chat.id)
    is_bot = member.user_id == world.bot_id
    payload = wire.membership(world, chat, wire.anybody(world, by_id), before, member)
    told = None
    if is_bot:
        told = world.push("my_chat_member", payload)
    elif world.members.find(chat.id, world.bot_id).is_admin:
        told = world.push("chat_member", payload)
    who = wire.anybody(world, member.user_id)
    if member.is_present and not before.is_present:
        announce(world, chat, by_id, {"new_chat_members": [who], "new_chat_member": who})
    elif before.is_present and not member.is_present:
        announce(world, chat, by_id, {"left_chat_member": who})
    world.changed.ring()
    return told


def announce(world: World, chat: Chat, by_id: int, content: Json, *, thread_id: int = 0) -> int | None:
    """Write a line that no one typed into a chat; return the id of the update that tells of it."""
    sender_id = None if by_id == world.bot_id else by_id
    what = {"other": content, "is_service": True, "thread_id": thread_id}
    return world.tell(world.chats.add(chat.id, sender_id, world.now(), FormattedText(""), **what))


def migrate(world: World, chat: Chat, by_id: int) -> Chat:
    """Make a group a supergroup, and tell the bot in both; return the supergroup."""
    new = replace(chat, id=-(1_000_000_000_000 - chat.id), type="supergroup")
    world.members.copy(chat.id, new.id)
    world.chats.open(new)
    announce(world, chat, by_id, {"migrate_to_chat_id": new.id})
    announce(world, new, by_id, {"migrate_from_chat_id": chat.id})
    world.chats.moved[chat.id] = new.id
    world.changed.ring()
    return new
