"""Editing messages: in a chat of the bot, or wherever a person sent them through it."""

from __future__ import annotations

from typing import Any

from bot.sandbox import wire
from bot.sandbox.chats import Message
from bot.sandbox.entities import FormattedText
from bot.sandbox.errors import bad_request
from bot.sandbox.files import StoredFile
from bot.sandbox.inline import is_inline_id
from bot.sandbox.markup import read_keyboard
from bot.sandbox.methods.sending import file_of
from bot.sandbox.methods.targets import chat_of, message_of
from bot.sandbox.methods.texts import caption_of, text_of
from bot.sandbox.parameters import Parameters
from bot.sandbox.world import World

Json = dict[str, Any]

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as "
    "a current content and reply markup of the message"
)


async def edit_message_text(world: World, parameters: Parameters) -> Json | bool:
    message = _editable(world, parameters)
    content = text_of(parameters)
    if message.is_media or message.poll_id:
        raise bad_request("there is no text in the message to edit")
    return _edit(world, parameters, message, content)


async def edit_message_caption(world: World, parameters: Parameters) -> Json | bool:
    message = _editable(world, parameters)
    content = caption_of(parameters)
    if not message.is_media:
        raise bad_request("there is no caption in the message to edit")
    return _edit(world, parameters, message, content)


async def edit_message_media(world: World, parameters: Parameters) -> Json | bool:
    """Put another photo in place of the one there, or of a text; its caption comes with it."""
    message = _editable(world, parameters)
    media = parameters.nested("media")
    if not isinstance(media, dict) or media.get("type") != "photo":
        raise bad_request("wrong type of the media")
    of_media = Parameters({**media, "photo": media.get("media", "")}, parameters.uploads)
    content = caption_of(of_media)
    return _edit(world, parameters, message, content, photo=file_of(world, of_media, "photo"), document=None)


async def edit_message_reply_markup(world: World, parameters: Parameters) -> Json | bool:
    message = _editable(world, parameters)
    return _edit(world, parameters, message, message.content)


def _editable(world: World, parameters: Parameters) -> Message:
    if parameters.text("inline_message_id"):
        return _reached(world, parameters.text("inline_message_id"))
    message = message_of(world, parameters, chat_of(world, parameters), "edit")
    if message.sender_id is not None:
        raise bad_request("message can't be edited")
    return message


def _reached(world: World, inline_id: str) -> Message:
    """Return the message that a person sent through the bot, by the id that the bot was told."""
    if not is_inline_id(inline_id):
        raise bad_request("invalid inline message identifier specified")
    message = world.chats.by_inline_id(inline_id)
    if message is None:
        raise bad_request("MESSAGE_ID_INVALID")
    return message


def _edit(
    world: World, parameters: Parameters, message: Message, content: FormattedText, **media: StoredFile | None
) -> Json | bool:
    keyboard = read_keyboard(parameters)
    chat = world.chats.chat(message.chat_id)
    world.limits.spend(message.chat_id, is_group=chat is not None and chat.is_group)
    is_same = all(getattr(message, kind) == file for kind, file in media.items())
    if is_same and (content, keyboard) == (message.content, message.keyboard):
        raise bad_request(NOT_MODIFIED)
    edited = world.chats.edit(message, world.now(), content=content, keyboard=keyboard, **media)
    world.changed.ring()
    return True if parameters.text("inline_message_id") else wire.message(world, edited)
