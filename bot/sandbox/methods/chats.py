"""What the bot can learn of a chat and the people in it."""

from __future__ import annotations

from typing import Any

from bot.sandbox import wire
from bot.sandbox.chats import Chat
from bot.sandbox.errors import bad_request
from bot.sandbox.members import PERMISSIONS, Member
from bot.sandbox.methods.targets import chat_of
from bot.sandbox.parameters import Parameters
from bot.sandbox.world import World

Json = dict[str, Any]

REACTIONS_LIMIT = 11  # kinds of reactions under one message, as ChatFullInfo tells it
GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


async def get_chat(world: World, parameters: Parameters) -> Json:
    chat = chat_of(world, parameters)
    found = {
        **wire.chat(world, chat),
        "accent_color_id": 0,
        "max_reaction_count": REACTIONS_LIMIT,
        "accepted_gift_types": dict.fromkeys(GIFTS, False),
    }
    if chat.is_group:
        found["permissions"] = chat.permissions or dict.fromkeys(PERMISSIONS, True)
    if chat.description:
        found["description"] = chat.description
    pinned = world.chats.message(next(reversed(world.chats.pinned.get(chat.id, [])), 0))
    if pinned is not None:
        found["pinned_message"] = wire.message(world, pinned, with_reply=False)
    return found


async def get_chat_member(world: World, parameters: Parameters) -> Json:
    chat = chat_of(world, parameters)
    member = member_of(world, parameters, chat)
    return member.to_json(wire.anybody(world, member.user_id))


async def get_chat_administrators(world: World, parameters: Parameters) -> list[Json]:
    chat = chat_of(world, parameters)
    if not chat.is_group:
        raise bad_request("there are no administrators in the private chat")
    admins = [member for member in world.members.of(chat.id) if member.is_admin]
    return [member.to_json(wire.anybody(world, member.user_id)) for member in admins]


async def get_chat_member_count(world: World, parameters: Parameters) -> int:
    chat = chat_of(world, parameters)
    return len(world.members.present(chat.id)) if chat.is_group else 2


def member_of(world: World, parameters: Parameters, chat: Chat) -> Member:
    """Return the place of the person a call names."""
    user_id = parameters.integer("user_id")
    if user_id <= 0:
        raise bad_request("invalid user_id specified")
    if user_id != world.bot_id and user_id not in world.chats.people:
        raise bad_request("PARTICIPANT_ID_INVALID")
    if chat.is_group:
        return world.members.find(chat.id, user_id)
    if user_id not in (chat.id, world.bot_id):
        raise bad_request("PARTICIPANT_ID_INVALID")
    return Member(user_id)
