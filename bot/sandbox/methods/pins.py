"""Pinned messages."""

from __future__ import annotations

from bot.sandbox import groups, wire
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.rights import need
from bot.sandbox.methods.targets import chat_of, message_of
from bot.sandbox.parameters import Parameters
from bot.sandbox.world import World

NO_RIGHT = "not enough rights to manage pinned messages in the chat"


async def pin_chat_message(world: World, parameters: Parameters) -> bool:
    chat = chat_of(world, parameters)
    message = message_of(world, parameters, chat, "pin")
    need(world, chat, "can_pin_messages", NO_RIGHT)
    pinned = world.chats.pinned.setdefault(chat.id, [])
    if message.message_id not in pinned:
        pinned.append(message.message_id)
        pinned_message = wire.message(world, message, with_reply=False)
        groups.announce(world, chat, world.bot_id, {"pinned_message": pinned_message})
    return True


async def unpin_chat_message(world: World, parameters: Parameters) -> bool:
    chat = chat_of(world, parameters)
    need(world, chat, "can_pin_messages", NO_RIGHT)
    pinned = world.chats.pinned.get(chat.id, [])
    message_id = parameters.integer("message_id") or (pinned[-1] if pinned else 0)
    if message_id not in pinned:
        raise bad_request("message to unpin not found")
    pinned.remove(message_id)
    _show(world, chat.id)
    return True


async def unpin_all_chat_messages(world: World, parameters: Parameters) -> bool:
    chat = chat_of(world, parameters)
    need(world, chat, "can_pin_messages", NO_RIGHT)
    world.chats.pinned.pop(chat.id, None)
    _show(world, chat.id)
    return True


def _show(world: World, chat_id: int) -> None:
    world.chats.touch(chat_id)
    world.changed.ring()
