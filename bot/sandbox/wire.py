"""Values as the Bot API spells them in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.chats import Chat, Keyboard, Message, User
from bot.sandbox.files import StoredFile
from bot.sandbox.members import Member

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
        "supports_inline_queries": True,
        "supports_guest_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def user(value: User) -> Json:
    optional = {"last_name": value.last_name, "username": value.username, "language_code": value.language_code}
    return {"id": value.id, "is_bot": False, "first_name": value.first_name, **_filled(optional)}


def chat(world: World, value: Chat) -> Json:
    if value.is_group:
        forum = {"is_forum": True} if value.is_forum else {}
        return {"id": value.id, "type": value.type, "title": value.title, **forum}
    owner = world.chats.people[value.id]
    optional = {"last_name": owner.last_name, "username": owner.username}
    return {"id": value.id, "type": value.type, "first_name": owner.first_name, **_filled(optional)}


def message(world: World, value: Message, *, with_reply: bool = True) -> Json:
    where = world.chats.chat(value.chat_id)
    assert where is not None, "a message always lies in an open chat"
    found: Json = {
        "message_id": value.message_id,
        "from": sender(world, value),
        "chat": chat(world, where),
        "date": value.sent_at,
        **_content(world, value),
        **_origin(world, value),
    }
    if value.edited_at is not None:
        found["edit_date"] = value.edited_at
    if value.keyboard:
        found["reply_markup"] = {"inline_keyboard": keyboard(value.keyboard)}
    answered = world.chats.message(value.reply_to) if value.reply_to and with_reply else None
    if answered is not None:
        found["reply_to_message"] = message(world, answered, with_reply=False)
    return found


def sender(world: World, value: Message) -> Json:
    return bot(world) if value.sender_id is None else user(world.chats.people[value.sender_id])


def anybody(world: World, user_id: int) -> Json:
    """Return a person or the bot."""
    return bot(world) if user_id == world.bot_id else user(world.chats.people[user_id])


def _origin(world: World, value: Message) -> Json:
    """Return by what way a message came into its place."""
    found: Json = {}
    if value.thread_id:
        found |= {"message_thread_id": value.thread_id, "is_topic_message": True}
    if value.is_via_bot:
        found["via_bot"] = bot(world)
    if value.album:
        found["media_group_id"] = value.album
    if value.origin:
        found["forward_origin"] = value.origin
    if value.caller_id is not None:
        found["guest_bot_caller_user"] = user(world.chats.people[value.caller_id])
    return found


def keyboard(value: Keyboard) -> list[list[Json]]:
    return [[{"text": button.text, button.action: button.value} for button in row] for row in value]


def document(value: StoredFile) -> Json:
    return {**value.to_json(), "file_name": value.name, "mime_type": value.mime_type}


def _file(file: StoredFile, value: Message) -> Json:
    """Return the fields of a file; an animation is a document besides, as the Bot API has it."""
    found = {value.file_kind: document(file) | value.file_facts}
    return found | ({"document": document(file)} if value.file_kind == "animation" else {})


def photo(value: StoredFile) -> Json:
    return {**value.to_json(), "width": value.width, "height": value.height}


def membership(world: World, where: Chat, by: Json, before: Member, after: Member) -> Json:
    """Return a my_chat_member or chat_member update."""
    who = anybody(world, after.user_id)
    return {
        "chat": chat(world, where),
        "from": by,
        "date": world.now(),
        "old_chat_member": before.to_json(who),
        "new_chat_member": after.to_json(who),
    }


def _content(world: World, value: Message) -> Json:
    if value.poll_id:
        return {"poll": world.polls.by_id[value.poll_id].to_json()}
    is_caption = value.is_media or bool(value.other)
    prefix = "caption" if is_caption else "text"
    entities = "caption_entities" if is_caption else "entities"
    found: Json = dict(value.other)
    if value.photo:
        found["photo"] = [photo(value.photo)]
    if value.document:
        found |= _file(value.document, value)
    if value.content.text or not is_caption:
        found[prefix] = value.content.text
    if value.content.entities:
        found[entities] = [entity.to_json() for entity in value.content.entities]
    return found


def _filled(values: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}
