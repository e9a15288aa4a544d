"""Editing messages: in a chat of the bot, or wherever a person sent them through it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.sandbox import wire
from bot.sandbox.chats import Message
from bot.sandbox.entities import FormattedText
from bot.sandbox.errors import bad_request
from bot.sandbox.inline import is_inline_id
from bot.sandbox.markup import read_keyboard
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
    message = editable(world, parameters)
    content = text_of(parameters)
    if message.is_media or message.poll_id:
        raise bad_request("there is no text in the message to edit")
    return edit(world, parameters, message, content)


async def edit_message_caption(world: World, parameters: Parameters) -> Json | bool:
    message = editable(world, parameters)
    content = caption_of(parameters)
    if not message.is_media:
        raise bad_request("there is no caption in the message to edit")
    return edit(world, parameters, message, content)


async def edit_message_reply_markup(world: World, parameters: Parameters) -> Json | bool:
    message = editable(world, parameters)
    return edit(world, parameters, message, message.content)


def editable(world: World, parameters: Parameters) -> Message:
    """Return the bot's message that a call names, in a chat or by its inline id."""
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


def edit(world: World, parameters: Parameters, message: Message, content: FormattedText, **changes: Any) -> Json | bool:
    """Change a message; return it, or True where it was reached by its inline id."""
    keyboard = read_keyboard(parameters)
    chat = world.chats.chat(message.chat_id)
    world.limits.spend(message.chat_id, is_group=chat is not None and chat.is_group)
    changed = replace(message, content=content, keyboard=keyboard, **changes)
    if changed == message:
        raise bad_request(NOT_MODIFIED)
    edited = world.chats.edit(changed, world.now())
    world.changed.ring()
    return True if parameters.text("inline_message_id") else wire.message(world, edited)
