"""Sending a message: into which chat and thread, in answer to what, with which buttons and files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.sandbox import wire
from bot.sandbox.chats import Chat
from bot.sandbox.entities import FormattedText
from bot.sandbox.errors import bad_request
from bot.sandbox.files import StoredFile
from bot.sandbox.markup import read_keyboard
from bot.sandbox.parameters import Parameters
from bot.sandbox.reply_keyboard import read_reply_keyboard
from bot.sandbox.world import World

Json = dict[str, Any]

# What a member must be allowed, and what Telegram calls what it may not send, by kind of file.
PERMISSIONS = {
    "photo": ("can_send_photos", "photos"),
    "document": ("can_send_documents", "documents"),
    "animation": ("can_send_other_messages", "animations"),
    "audio": ("can_send_audios", "music"),
    "video": ("can_send_videos", "videos"),
    "voice": ("can_send_voice_notes", "voice notes"),
    "video_note": ("can_send_video_notes", "video notes"),
    "sticker": ("can_send_other_messages", "stickers"),
    "poll": ("can_send_polls", "polls"),
}


def send(world: World, parameters: Parameters, chat: Chat, content: FormattedText, **more: Any) -> Json:
    """Put a message of the bot into a chat; return it as the Bot API spells it."""
    replies = read_reply_keyboard(parameters)
    keyboard = read_keyboard(parameters) if replies is None else ()
    reply_to = _reply_to(world, parameters, chat)
    thread_id = _thread(world, parameters, chat)
    _check_permission(world, chat, more)
    world.limits.spend(chat.id, is_group=chat.is_group)
    message = world.chats.add(
        chat.id,
        None,
        world.now(),
        content,
        keyboard=keyboard,
        reply_to=reply_to,
        thread_id=thread_id,
        **more,
    )
    if replies is not None:
        world.chats.offer_replies(message, replies)
    world.actions.pop(chat.id, None)
    world.changed.ring()
    return wire.message(world, message)


def file_of(world: World, parameters: Parameters, kind: str) -> StoredFile:
    upload = parameters.upload(kind)
    if upload is not None:
        return world.files.keep_photo(upload) if kind == "photo" else world.files.keep_document(upload)
    if parameters.text(kind).startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")  # nothing here asks anything from elsewhere
    if not parameters.text(kind):
        raise bad_request(f"there is no {kind} in the request")
    file = world.files.find(parameters.text(kind))
    if file is None or bool(file.width) != (kind == "photo"):
        raise bad_request("wrong file identifier/HTTP URL specified")
    return file


def _thread(world: World, parameters: Parameters, chat: Chat) -> int:
    """Return the topic a message goes to; 0 is the chat itself."""
    thread_id = parameters.integer("message_thread_id")
    if not thread_id:
        return 0
    topic = world.chats.topics.get(chat.id, {}).get(thread_id)
    if topic is None:
        raise bad_request("message thread not found")
    if topic.is_closed and not world.members.find(chat.id, world.bot_id).is_admin:
        raise bad_request("TOPIC_CLOSED")
    return thread_id


def _check_permission(world: World, chat: Chat, more: Mapping[str, Any]) -> None:
    """Refuse what a restricted bot may not send."""
    kind = "photo" if more.get("photo") else str(more.get("file_kind", "poll" if more.get("poll_id") else ""))
    permission, words = PERMISSIONS.get(kind, ("can_send_messages", "text messages"))
    if chat.is_group and not world.members.find(chat.id, world.bot_id).may_send(permission):
        raise bad_request(f"not enough rights to send {words} to the chat")


def _reply_to(world: World, parameters: Parameters, chat: Chat) -> int | None:
    wanted = parameters.record("reply_parameters")
    message_id = Parameters(wanted).integer("message_id") or parameters.integer("reply_to_message_id")
    if not message_id:
        return None
    message = world.chats.message(message_id)
    if message is not None and message.chat_id == chat.id:
        return message_id
    if wanted.get("allow_sending_without_reply") or parameters.flag("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")
