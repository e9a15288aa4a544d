"""Sending a message: into which chat and thread, in answer to what, with which buttons and files."""

from __future__ import annotations

from typing import Any

from bot.sandbox import wire
from bot.sandbox.chats import Chat
from bot.sandbox.entities import FormattedText
from bot.sandbox.errors import bad_request
from bot.sandbox.files import StoredFile
from bot.sandbox.markup import read_keyboard
from bot.sandbox.parameters import Parameters
from bot.sandbox.world import World

Json = dict[str, Any]


def send(world: World, parameters: Parameters, chat: Chat, content: FormattedText, **more: Any) -> Json:
    """Put a message of the bot into a chat; return it as the Bot API spells it."""
    keyboard = read_keyboard(parameters)
    reply_to = _reply_to(world, parameters, chat)
    world.limits.spend(chat.id, is_group=chat.is_group)
    message = world.chats.add(
        chat.id,
        None,
        world.now(),
        content,
        keyboard=keyboard,
        reply_to=reply_to,
        thread_id=parameters.integer("message_thread_id"),
        **more,
    )
    world.actions.pop(chat.id, None)
    world.changed.ring()
    return wire.message(world, message)


def file_of(world: World, parameters: Parameters, kind: str) -> StoredFile:
    upload = parameters.upload(kind)
    if upload is not None:
        return world.files.keep_photo(upload) if kind == "photo" else world.files.keep_document(upload)
    if not parameters.text(kind):
        raise bad_request(f"there is no {kind} in the request")
    file = world.files.find(parameters.text(kind))
    if file is None or bool(file.width) != (kind == "photo"):
        raise bad_request("wrong file identifier/HTTP URL specified")
    return file


def _reply_to(world: World, parameters: Parameters, chat: Chat) -> int | None:
    wanted = parameters.nested("reply_parameters") or {}
    message_id = int(wanted.get("message_id") or parameters.integer("reply_to_message_id"))
    if not message_id:
        return None
    message = world.chats.message(message_id)
    if message is not None and message.chat_id == chat.id:
        return message_id
    if wanted.get("allow_sending_without_reply") or parameters.flag("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")
