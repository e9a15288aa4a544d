"""Sending texts, deleting messages, and what the bot seems to be doing."""

from __future__ import annotations

from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.methods.sending import send
from bot.sandbox.methods.targets import chat_of, message_of
from bot.sandbox.methods.texts import text_of
from bot.sandbox.parameters import Parameters
from bot.sandbox.world import World

Json = dict[str, Any]


async def send_message(world: World, parameters: Parameters) -> Json:
    chat = chat_of(world, parameters)
    content = text_of(parameters)
    return send(world, parameters, chat, content)


async def delete_message(world: World, parameters: Parameters) -> bool:
    message = message_of(world, parameters, chat_of(world, parameters), "delete")
    world.chats.delete(message)
    world.changed.ring()
    return True


async def delete_messages(world: World, parameters: Parameters) -> bool:
    chat = chat_of(world, parameters)
    for message_id in parameters.numbers("message_ids"):
        message = world.chats.message(message_id)
        if message is not None and message.chat_id == chat.id:
            world.chats.delete(message)
    world.changed.ring()
    return True


async def send_chat_action(world: World, parameters: Parameters) -> bool:
    chat = chat_of(world, parameters)
    if parameters.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.show_action(chat.id, parameters.text("action"))
    return True


ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
