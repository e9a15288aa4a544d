"""Copying and forwarding messages from one chat into another."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.sandbox import wire
from bot.sandbox.chats import Chat, Message
from bot.sandbox.errors import bad_request
from bot.sandbox.markup import read_keyboard
from bot.sandbox.methods.targets import chat_of
from bot.sandbox.methods.texts import caption_of
from bot.sandbox.parameters import Parameters
from bot.sandbox.world import World

Json = dict[str, Any]

BATCH_LIMIT = 100  # messages; Bot API, forwardMessages and copyMessages


async def copy_message(world: World, parameters: Parameters) -> Json:
    chat = chat_of(world, parameters)
    message = _one(world, parameters, "copy")
    if "caption" in parameters and message.is_media:
        message = replace(message, content=caption_of(parameters))
    return {"message_id": _put(world, chat, message, keyboard=read_keyboard(parameters)).message_id}


async def forward_message(world: World, parameters: Parameters) -> Json:
    chat = chat_of(world, parameters)
    message = _one(world, parameters, "forward")
    return wire.message(world, _put(world, chat, message, origin=_origin(world, message)))


async def copy_messages(world: World, parameters: Parameters) -> list[Json]:
    chat = chat_of(world, parameters)
    return [{"message_id": _put(world, chat, one).message_id} for one in _several(world, parameters, "copy")]


async def forward_messages(world: World, parameters: Parameters) -> list[Json]:
    chat = chat_of(world, parameters)
    found = _several(world, parameters, "forward")
    return [{"message_id": _put(world, chat, one, origin=_origin(world, one)).message_id} for one in found]


def _put(world: World, chat: Chat, message: Message, **more: Any) -> Message:
    world.limits.spend(chat.id, is_group=chat.is_group)
    kept = {
        name: getattr(message, name) for name in ("photo", "document", "file_kind", "file_facts", "other", "poll_id")
    }
    if message.poll_id and "origin" not in more:  # a copy asks anew, a forward shows the same poll
        poll = world.polls.by_id[message.poll_id].copied(world.new_id())
        world.polls.keep(poll)
        kept["poll_id"] = poll.poll_id
    copied = world.chats.add(chat.id, None, world.now(), message.content, **kept, **more)
    world.changed.ring()
    return copied


def _one(world: World, parameters: Parameters, verb: str) -> Message:
    if not parameters.text("message_id"):
        raise bad_request("message identifier is not specified")
    source = _source(world, parameters)
    message = _found(world, source, parameters.integer("message_id"))
    if message is None:
        raise bad_request(f"message to {verb} not found")
    if message.is_service:
        raise bad_request("message can't be copied" if verb == "copy" else "message can't be forwarded")
    return message


def _several(world: World, parameters: Parameters, verb: str) -> list[Message]:
    """Return those that are there; the others are skipped, as Telegram does."""
    ids = parameters.numbers("message_ids")
    if not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > BATCH_LIMIT:
        raise bad_request("too many message identifiers specified")
    source = _source(world, parameters)
    found = [message for one in ids if (message := _found(world, source, one)) and not message.is_service]
    if not found:
        raise bad_request(f"there are no messages to {verb}")
    return found


def _source(world: World, parameters: Parameters) -> Chat:
    return chat_of(world, Parameters({"chat_id": parameters.text("from_chat_id")}))


def _found(world: World, source: Chat, message_id: int) -> Message | None:
    message = world.chats.message(message_id)
    return message if message is not None and message.chat_id == source.id else None


def _origin(world: World, message: Message) -> Json:
    return {"type": "user", "sender_user": wire.sender(world, message), "date": message.sent_at}
