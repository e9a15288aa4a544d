"""Sending files of every kind, alone and in albums, and putting others in their place."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox.entities import FormattedText
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.editing import edit, editable
from bot.sandbox.methods.sending import file_of, send
from bot.sandbox.methods.targets import chat_of
from bot.sandbox.methods.texts import caption_of
from bot.sandbox.parameters import Parameters
from bot.sandbox.world import World

Json = dict[str, Any]
Method = Callable[[World, Parameters], Awaitable[Any]]

ALBUM_LIMIT = 10  # Bot API, sendMediaGroup
# Numbers and names that each kind of file has in the Bot API beside the file itself, where the bot tells none.
FACTS: dict[str, Json] = {
    "document": {},
    "animation": {"width": 320, "height": 240, "duration": 1},
    "audio": {"duration": 1},
    "video": {"width": 320, "height": 240, "duration": 1},
    "voice": {"duration": 1},
    "video_note": {"length": 240, "duration": 1},
    "sticker": {"width": 512, "height": 512, "type": "regular", "is_animated": False, "is_video": False},
}
TOLD = {"audio": ("performer", "title"), "sticker": ("emoji",)}
WITHOUT_CAPTION = ("video_note", "sticker")
ALONE = ("audio", "document")  # kinds that stand in no album with others


async def send_photo(world: World, parameters: Parameters) -> Json:
    chat = chat_of(world, parameters)
    content = caption_of(parameters)
    return send(world, parameters, chat, content, photo=file_of(world, parameters, "photo"))


def sender(kind: str) -> Method:
    """Return the method that sends files of this kind."""

    async def send_file(world: World, parameters: Parameters) -> Json:
        chat = chat_of(world, parameters)
        content = FormattedText("") if kind in WITHOUT_CAPTION else caption_of(parameters)
        return send(world, parameters, chat, content, **_file(world, parameters, kind))

    return send_file


async def send_media_group(world: World, parameters: Parameters) -> list[Json]:
    chat = chat_of(world, parameters)
    given = parameters.nested("media")
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise bad_request("can't parse media JSON object")
    if not given:
        raise bad_request("there are no messages to send")
    if len(given) > ALBUM_LIMIT:
        raise bad_request("too many messages to send as an album")
    kinds = {str(one.get("type")) for one in given}
    if mixed := next((kind for kind in ALONE if kind in kinds and len(kinds) > 1), None):
        raise bad_request(f"{mixed} can't be mixed with other media types")
    album = world.new_id()
    items = [_item(world, parameters, one) for one in given]
    return [send(world, parameters, chat, content, album=album, **file) for content, file in items]


async def edit_message_media(world: World, parameters: Parameters) -> Json | bool:
    message = editable(world, parameters)
    if message.poll_id:
        raise bad_request("message media can't be edited")
    given = parameters.nested("media")
    if not isinstance(given, dict):
        raise bad_request("wrong type of the media")
    content, file = _item(world, parameters, given)
    return edit(world, parameters, message, content, **({"photo": None, "document": None} | file))


def _item(world: World, parameters: Parameters, given: Json) -> tuple[FormattedText, Json]:
    """Return the caption and the file of one InputMedia."""
    kind = str(given.get("type", ""))
    if kind not in ("photo", "video", "animation", "audio", "document"):
        raise bad_request("wrong type of the media")
    own = Parameters(given | {kind: given.get("media")}, parameters.uploads)
    if kind == "photo":
        return caption_of(own), {"photo": file_of(world, own, "photo")}
    return caption_of(own), _file(world, own, kind)


def _file(world: World, parameters: Parameters, kind: str) -> Json:
    known = FACTS[kind]
    numbers = {name: parameters.integer(name, value) for name, value in known.items() if type(value) is int}
    words = {name: parameters.text(name) for name in TOLD.get(kind, ()) if parameters.text(name)}
    return {"document": file_of(world, parameters, kind), "file_kind": kind, "file_facts": known | numbers | words}


async def get_user_profile_photos(world: World, parameters: Parameters) -> Json:
    """Tell that nobody here has a picture."""
    if parameters.integer("user_id") not in world.chats.people:
        raise bad_request("user not found")
    return {"total_count": 0, "photos": []}
