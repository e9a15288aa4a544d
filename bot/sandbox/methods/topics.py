"""Topics of a forum."""

from __future__ import annotations

from typing import Any

from bot.sandbox import groups
from bot.sandbox.chats import Chat
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.rights import need
from bot.sandbox.methods.targets import chat_of
from bot.sandbox.parameters import Parameters
from bot.sandbox.spans import utf16_length
from bot.sandbox.topics import COLOURS, Topic
from bot.sandbox.world import World

Json = dict[str, Any]

NAME_LIMIT = 128  # UTF-16 units; Bot API, createForumTopic


async def create_forum_topic(world: World, parameters: Parameters) -> Json:
    chat = _forum(world, parameters)
    topic = Topic(world.chats.next_message_id, _name(parameters), _colour(parameters))
    groups.announce(world, chat, world.bot_id, {"forum_topic_created": topic.to_json()}, thread_id=topic.thread_id)
    world.chats.topics.setdefault(chat.id, {})[topic.thread_id] = topic
    return {"message_thread_id": topic.thread_id, **topic.to_json()}


async def edit_forum_topic(world: World, parameters: Parameters) -> bool:
    chat, topic = _topic(world, parameters)
    topic.name = _name(parameters)
    groups.announce(world, chat, world.bot_id, {"forum_topic_edited": {"name": topic.name}}, thread_id=topic.thread_id)
    return True


async def close_forum_topic(world: World, parameters: Parameters) -> bool:
    return _turn(world, parameters, closed=True)


async def reopen_forum_topic(world: World, parameters: Parameters) -> bool:
    return _turn(world, parameters, closed=False)


async def delete_forum_topic(world: World, parameters: Parameters) -> bool:
    chat, topic = _topic(world, parameters)
    for message in list(world.chats.messages(chat.id)):
        if message.thread_id == topic.thread_id:
            world.chats.delete(message)
    del world.chats.topics[chat.id][topic.thread_id]
    world.changed.ring()
    return True


def _turn(world: World, parameters: Parameters, *, closed: bool) -> bool:
    chat, topic = _topic(world, parameters)
    if topic.is_closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.is_closed = closed
    told: Json = {"forum_topic_closed" if closed else "forum_topic_reopened": {}}
    groups.announce(world, chat, world.bot_id, told, thread_id=topic.thread_id)
    return True


def _forum(world: World, parameters: Parameters) -> Chat:
    chat = chat_of(world, parameters)
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    need(world, chat, "can_manage_topics", "not enough rights to create a topic")
    return chat


def _topic(world: World, parameters: Parameters) -> tuple[Chat, Topic]:
    chat = _forum(world, parameters)
    topic = world.chats.topics.get(chat.id, {}).get(parameters.integer("message_thread_id"))
    if topic is None:
        raise bad_request("message thread not found")
    return chat, topic


def _name(parameters: Parameters) -> str:
    name = parameters.text("name").strip()
    if not name:
        raise bad_request("topic name must be non-empty")
    if utf16_length(name) > NAME_LIMIT:
        raise bad_request("TOPIC_TITLE_INVALID")
    return name


def _colour(parameters: Parameters) -> int:
    return parameters.integer("icon_color", COLOURS[0])
