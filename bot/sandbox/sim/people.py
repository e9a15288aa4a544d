"""The people a `/sim` body speaks of, and what they can reach."""

from __future__ import annotations

from typing import Any

from bot.sandbox import views
from bot.sandbox.chats import Chat, Message, User
from bot.sandbox.errors import SimError
from bot.sandbox.fields import number
from bot.sandbox.world import World

Json = dict[str, Any]


def speaker(world: World, body: Json) -> tuple[User, Chat]:
    """Return who speaks, and where."""
    user = views.read_user(body)
    if user.id in world.chats.blocked:
        raise SimError(403, f"the person must unblock the bot first. Received: user_id={user.id}")
    chat = views.read_chat(world, body, user)
    if chat.id in world.chats.moved:
        raise SimError(400, f"the group became the supergroup {world.chats.moved[chat.id]}. Received: id={chat.id}")
    return user, chat


def known_user(world: World, user_id: int) -> User:
    user = world.chats.people.get(user_id)
    if user is None:
        raise SimError(404, f"user_id must be somebody who wrote before. Received: user_id={user_id}")
    return user


def known_group(world: World, body: Json) -> Chat:
    chat = world.chats.chat(number(body, "chat_id"))
    if chat is None or not chat.is_group:
        raise SimError(404, f"chat_id must be that of a group. Received: chat_id={body['chat_id']}")
    return chat


def visible(world: World, message_id: int, user: User) -> Message:
    """Return a message that a person can see."""
    message = world.chats.message(message_id)
    if message is None:
        raise SimError(404, f"message_id must be that of a message. Received: message_id={message_id}")
    chat = world.chats.chat(message.chat_id)
    if chat is not None and not chat.is_group and chat.id != user.id:
        raise SimError(403, f"the message must be in the person's chat. Received: message_id={message_id}")
    return message


def tappable(world: World, message_id: int, user: User) -> Message:
    """Return a message of the bot whose buttons a person can tap."""
    message = visible(world, message_id, user)
    if message.sender_id is not None and not message.is_via_bot:
        raise SimError(400, f"the message must be the bot's. Received: message_id={message_id}")
    if user.id in world.chats.blocked:
        raise SimError(403, f"the person must unblock the bot first. Received: user_id={user.id}")
    return message
