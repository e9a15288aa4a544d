"""Values as the Bot API spells them in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.chats import Chat, Keyboard, Message, User
from bot.sandbox.files import StoredFile

if TYPE_CHECKING:
    from bot.sandbox.world import World

Json = dict[str, Any]


def bot(world: World) -> Json:
    profile = world.profile
    return {
        "id": profile.bot_id,
        "is_bot": True,
        "first_name": profile.name_in(""),
        "username": profile.username,
    }


def me(world: World) -> Json:
    """Return the answer of getMe."""
    return {
        **bot(world),
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def user(value: User) -> Json:
    optional = {"last_name": value.last_name, "username": value.username, "language_code": value.language_code}
    return {"id": value.id, "is_bot": False, "first_name": value.first_name, **_filled(optional)}


def chat(world: World, value: Chat) -> Json:
    if value.is_group:
        return {"id": value.id, "type": value.type, "title": value.title}
    owner = world.chats.people[value.id]
    optional = {"last_name": owner.last_name, "username": owner.username}
    return {"id": value.id, "type": value.type, "first_name": owner.first_name, **_filled(optional)}


def message(world: World, value: Message, *, with_reply: bool = True) -> Json:
    where = world.chats.chat(value.chat_id)
    assert where is not None, "a message always lies in an open chat"
    sender = bot(world) if value.sender_id is None else user(world.chats.people[value.sender_id])
    found: Json = {
        "message_id": value.message_id,
        "from": sender,
        "chat": chat(world, where),
        "date": value.sent_at,
        **_content(value),
    }
    if value.edited_at is not None:
        found["edit_date"] = value.edited_at
    if value.keyboard:
        found["reply_markup"] = {"inline_keyboard": keyboard(value.keyboard)}
    answered = world.chats.message(value.reply_to) if value.reply_to and with_reply else None
    if answered is not None:
        found["reply_to_message"] = message(world, answered, with_reply=False)
    return found


def keyboard(value: Keyboard) -> list[list[Json]]:
    return [[{"text": button.text, button.action: button.value} for button in row] for row in value]


def document(value: StoredFile) -> Json:
    return {**value.to_json(), "file_name": value.name, "mime_type": value.mime_type}


def photo(value: StoredFile) -> Json:
    return {**value.to_json(), "width": value.width, "height": value.height}


def membership(world: World, value: User, before: str, after: str) -> Json:
    """Return a my_chat_member update for a private chat."""
    return {
        "chat": chat(world, Chat(value.id)),
        "from": user(value),
        "date": world.now(),
        "old_chat_member": _member(world, before),
        "new_chat_member": _member(world, after),
    }


def _member(world: World, status: str) -> Json:
    ends = {"until_date": 0} if status == "kicked" else {}
    return {"user": bot(world), "status": status, **ends}


def _content(value: Message) -> Json:
    if value.other:
        return dict(value.other)
    prefix = "caption" if value.is_media else "text"
    entities = "caption_entities" if value.is_media else "entities"
    found: Json = {}
    if value.photo:
        found["photo"] = [photo(value.photo)]
    if value.document:
        found["document"] = document(value.document)
    if value.content.text or not value.is_media:
        found[prefix] = value.content.text
    if value.content.entities:
        found[entities] = [entity.to_json() for entity in value.content.entities]
    return found


def _filled(values: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}
