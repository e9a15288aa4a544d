"""Chats as the `/sim` routes show them, and the people and chats they name."""

from __future__ import annotations

import base64
from typing import Any

from bot.sandbox.chats import Chat, Message, User
from bot.sandbox.errors import SimError
from bot.sandbox.fields import number, text
from bot.sandbox.files import StoredFile
from bot.sandbox.world import World

Json = dict[str, Any]

CHAT_TYPES = ("private", "group", "supergroup")


def read_user(body: Json) -> User:
    """Return the `user` of a body."""
    user = body.get("user")
    if not isinstance(user, dict):
        raise SimError(400, f"user must be an object. Received: user={user!r}")
    user_id = number(user, "id")
    if user_id <= 0:
        raise SimError(400, f"user.id must be positive. Received: id={user_id}")
    optional = {name: str(user.get(name) or "") for name in ("last_name", "username", "language_code")}
    return User(user_id, text(user, "first_name"), **optional)


def read_chat(world: World, body: Json, user: User) -> Chat:
    """Return the `chat` of a body; without one, the person's private chat."""
    given = body.get("chat")
    if given is None:
        return Chat(user.id)
    if not isinstance(given, dict) or given.get("type", "private") not in CHAT_TYPES:
        raise SimError(400, f"chat must be an object with a type of {CHAT_TYPES}. Received: chat={given!r}")
    known = world.chats.chat(number(given, "id"))
    title = str(given.get("title") or (known.title if known else "") or "A group")
    is_forum = bool(given.get("is_forum", known and known.is_forum))
    chat = Chat(number(given, "id"), given.get("type", "private"), title, is_forum)
    if chat.is_group == (chat.id > 0) or not (chat.is_group or chat.id == user.id):
        raise SimError(400, f"chat.id must be the person's, or negative for a group. Received: id={chat.id}")
    return chat if chat.is_group else Chat(user.id)


def chat_as_json(world: World, chat_id: int) -> Json:
    """Return a chat with everything in it; an unknown one is empty."""
    toasts = [
        {"update_id": toast.update_id, "text": toast.text, "alert": toast.is_alert}
        | ({"url": toast.url} if toast.url else {})
        for toast in world.chats.toasts
        if toast.chat_id == chat_id
    ]
    replies = world.chats.replies.get(chat_id)
    pinned = world.chats.pinned.get(chat_id)
    return {
        "messages": [_message(world, message) for message in world.chats.messages(chat_id)],
        "toasts": toasts,
        **({"reply_keyboard": replies} if replies else {}),
        **({"pinned": pinned} if pinned else {}),
    }


def chat_as_text(world: World, chat_id: int) -> str:
    """Return a chat for reading in a terminal."""
    return "\n".join(_message_as_text(message) for message in world.chats.messages(chat_id)) + "\n"


def photo_url(file: StoredFile | None) -> str | None:
    return f"/sim/file/{file.file_id}" if file else None


def _message(world: World, message: Message) -> Json:
    return {
        "message_id": message.message_id,
        "from": "bot" if message.sender_id is None else "user",
        "user_id": message.sender_id,
        "date": message.sent_at,
        "text": message.content.text,
        "entities": [entity.to_json() for entity in message.content.entities],
        "keyboard": [
            [{"text": button.text, "data": button.data, **_url(button.action, button.value)} for button in row]
            for row in message.keyboard
        ],
        "photo": photo_url(message.photo),
        "document": _document(message.document),
        "edited": message.edited_at is not None,
        **_more(world, message),
    }


def _more(world: World, message: Message) -> Json:
    """Return what few messages have, only where they have it."""
    found: Json = {
        "poll": world.polls.by_id[message.poll_id].to_json() if message.poll_id else None,
        "reactions": {str(who): list(emoji) for who, emoji in message.reactions.items() if emoji},
        "other": message.other,
        "inline_message_id": message.inline_id,
        "via_bot": message.is_via_bot,
        "caller_id": message.caller_id,
        "thread_id": message.thread_id,
        "reply_to": message.reply_to,
        "service": message.is_service,
        "kind": message.file_kind if message.document and message.file_kind != "document" else "",
        "media_group_id": message.album,
        "forward_origin": message.origin,
    }
    return {name: value for name, value in found.items() if value}


def _url(action: str, value: Any) -> Json:
    return {"url": value} if action == "url" else {}


def _document(file: StoredFile | None) -> Json | None:
    if file is None:
        return None
    return {"name": file.name, "content_base64": base64.b64encode(file.content).decode()}


def _message_as_text(message: Message) -> str:
    who = "bot" if message.sender_id is None else f"user {message.sender_id}"
    edited = ", edited" if message.edited_at is not None else ""
    media = [f"[photo {message.photo.name}]"] if message.photo else []
    media += [f"[document {message.document.name}]"] if message.document else []
    rows = [" ".join(f"[{button.text}]" for button in row) for row in message.keyboard]
    media += [f"[{name}]" for name in message.other]
    body = "\n".join(part for part in (*media, message.content.text, *rows) if part)
    return f"-- {who} #{message.message_id}{edited}\n{body}"
