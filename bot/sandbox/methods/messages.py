"""Sending, editing and deleting messages."""

from __future__ import annotations

from typing import Any

from bot.sandbox import wire
from bot.sandbox.chats import Chat, Message
from bot.sandbox.entities import FormattedText, linked, read_text, trimmed
from bot.sandbox.errors import bad_request
from bot.sandbox.files import StoredFile
from bot.sandbox.markup import read_keyboard
from bot.sandbox.methods.targets import chat_of, message_of
from bot.sandbox.parameters import Parameters
from bot.sandbox.spans import Entity
from bot.sandbox.world import World

Json = dict[str, Any]

TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024  # UTF-16 units after parsing; Bot API, sendMessage and sendPhoto
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as "
    "a current content and reply markup of the message"
)


async def send_message(world: World, parameters: Parameters) -> Json:
    chat = chat_of(world, parameters)
    content = _text(parameters)
    return _send(world, parameters, chat, content)


async def send_photo(world: World, parameters: Parameters) -> Json:
    chat = chat_of(world, parameters)
    content = _caption(parameters)
    return _send(world, parameters, chat, content, photo=_file(world, parameters, "photo"))


async def send_document(world: World, parameters: Parameters) -> Json:
    chat = chat_of(world, parameters)
    content = _caption(parameters)
    return _send(world, parameters, chat, content, document=_file(world, parameters, "document"))


async def edit_message_text(world: World, parameters: Parameters) -> Json:
    message = _editable(world, parameters)
    content = _text(parameters)
    if message.is_media:
        raise bad_request("there is no text in the message to edit")
    return _edit(world, parameters, message, content)


async def edit_message_caption(world: World, parameters: Parameters) -> Json:
    message = _editable(world, parameters)
    content = _caption(parameters)
    if not message.is_media:
        raise bad_request("there is no caption in the message to edit")
    return _edit(world, parameters, message, content)


async def edit_message_media(world: World, parameters: Parameters) -> Json:
    """Put another photo in place of the one there, or of a text; its caption comes with it."""
    message = _editable(world, parameters)
    media = parameters.nested("media")
    if not isinstance(media, dict) or media.get("type") != "photo":
        raise bad_request("wrong type of the media")
    of_media = Parameters({**media, "photo": media.get("media", "")}, parameters.uploads)
    return _edit(world, parameters, message, _caption(of_media), photo=_file(world, of_media, "photo"), document=None)


async def edit_message_reply_markup(world: World, parameters: Parameters) -> Json:
    message = _editable(world, parameters)
    return _edit(world, parameters, message, message.content)


async def delete_message(world: World, parameters: Parameters) -> bool:
    message = message_of(world, parameters, chat_of(world, parameters), "delete")
    world.chats.delete(message)
    world.changed.ring()
    return True


async def delete_messages(world: World, parameters: Parameters) -> bool:
    chat = chat_of(world, parameters)
    for message_id in parameters.nested("message_ids") or ():
        message = world.chats.message(int(message_id))
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


def _send(world: World, parameters: Parameters, chat: Chat, content: FormattedText, **media: StoredFile) -> Json:
    keyboard = read_keyboard(parameters)
    reply_to = _reply_to(world, parameters, chat)
    world.limits.spend(chat.id, is_group=chat.is_group)
    message = world.chats.add(chat.id, None, world.now(), content, keyboard=keyboard, reply_to=reply_to, **media)
    world.actions.pop(chat.id, None)
    world.changed.ring()
    return wire.message(world, message)


def _editable(world: World, parameters: Parameters) -> Message:
    message = message_of(world, parameters, chat_of(world, parameters), "edit")
    if message.sender_id is not None:
        raise bad_request("message can't be edited")
    return message


def _edit(
    world: World, parameters: Parameters, message: Message, content: FormattedText, **media: StoredFile | None
) -> Json:
    keyboard = read_keyboard(parameters)
    chat = chat_of(world, parameters)
    world.limits.spend(chat.id, is_group=chat.is_group)
    is_same = all(getattr(message, kind) == file for kind, file in media.items())
    if is_same and (content, keyboard) == (message.content, message.keyboard):
        raise bad_request(NOT_MODIFIED)
    edited = world.chats.edit(message, world.now(), content=content, keyboard=keyboard, **media)
    world.changed.ring()
    return wire.message(world, edited)


def _text(parameters: Parameters) -> FormattedText:
    content = _formatted(parameters, "text", "entities")
    if not content.text:
        raise bad_request("message text is empty")
    if content.length > TEXT_LIMIT:
        raise bad_request("message is too long")
    return content


def _caption(parameters: Parameters) -> FormattedText:
    content = _formatted(parameters, "caption", "caption_entities")
    if content.length > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return content


def _formatted(parameters: Parameters, name: str, entities_name: str) -> FormattedText:
    given = parameters.nested(entities_name)
    if given and not parameters.text("parse_mode"):
        entities = tuple(_entity(entity) for entity in given)
        return linked(trimmed(FormattedText(parameters.text(name), entities)))
    return read_text(parameters.text(name), parameters.text("parse_mode"))


def _entity(given: Json) -> Entity:
    try:
        kind, offset, length = str(given["type"]), int(given["offset"]), int(given["length"])
    except (KeyError, TypeError, ValueError) as error:
        raise bad_request("can't parse MessageEntity") from error
    return Entity(kind, offset, length, url=str(given.get("url", "")), language=str(given.get("language", "")))


def _file(world: World, parameters: Parameters, kind: str) -> StoredFile:
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
