"""Results of inline queries: read and checked as strictly as Telegram does."""

from __future__ import annotations

import hashlib
from typing import Any

from bot.sandbox.entities import FormattedText
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.files import StoredFile
from bot.sandbox.inline import Result
from bot.sandbox.markup import keyboard_of
from bot.sandbox.methods.texts import caption_of, text_of
from bot.sandbox.parameters import Parameters
from bot.sandbox.world import World

Json = dict[str, Any]

RESULTS_LIMIT, ID_LIMIT = 50, 64  # results, and bytes of each id; Bot API, answerInlineQuery
# What a result of a type must have, beside type and id; Bot API, InlineQueryResult.
REQUIRED = {
    "article": ("title", "input_message_content"),
    "photo": ("photo_url", "thumbnail_url"),
    "gif": ("gif_url", "thumbnail_url"),
    "mpeg4_gif": ("mpeg4_url", "thumbnail_url"),
    "video": ("video_url", "mime_type", "thumbnail_url", "title"),
    "audio": ("audio_url", "title"),
    "voice": ("voice_url", "title"),
    "document": ("document_url", "title", "mime_type"),
    "sticker": ("sticker_file_id",),
    "location": ("latitude", "longitude", "title"),
    "venue": ("latitude", "longitude", "title", "address"),
    "contact": ("phone_number", "first_name"),
    "game": ("game_short_name",),
}
CACHED = {
    "photo": "photo_file_id",
    "gif": "gif_file_id",
    "mpeg4_gif": "mpeg4_file_id",
    "video": "video_file_id",
    "audio": "audio_file_id",
    "voice": "voice_file_id",
    "document": "document_file_id",
}
PLACE = ("latitude", "longitude", "horizontal_accuracy", "live_period")
PERSON = ("phone_number", "first_name", "last_name")


def read_results(world: World, given: Any) -> tuple[Result, ...]:
    """Return the results of an answer.

    Raises:
        ApiError: with Telegram's wording.
    """
    found = [] if given is None else given
    if not isinstance(found, list):
        raise bad_request("expected an Array of inline query results")
    if len(found) > RESULTS_LIMIT:
        raise bad_request("too many inline query results specified")
    results = tuple(read_result(world, one) for one in found)
    if len({result.result_id for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    return results


def read_result(world: World, given: Any) -> Result:
    if not isinstance(given, dict):
        raise _unreadable("Inline query result must be an object")
    kind = str(_required(given, "type")).lower()
    result_id = str(given.get("id", ""))
    if kind not in REQUIRED:
        raise _unreadable(f"type '{kind}' is unsupported for the inline query result")
    if not result_id:
        raise bad_request("RESULT_ID_EMPTY")
    if len(result_id.encode()) > ID_LIMIT:
        raise bad_request("RESULT_ID_INVALID")
    cached = CACHED.get(kind, "")
    for name in (cached,) if cached in given else REQUIRED[kind]:
        _required(given, name)
    keyboard = keyboard_of(given.get("reply_markup"))
    content, media = _message(world, given, kind)
    return Result(result_id, given, content, keyboard, **media)


def _message(world: World, given: Json, kind: str) -> tuple[FormattedText, Json]:
    """Return what the result puts into a chat: a text or caption, and what stands beside it."""
    instead = given.get("input_message_content")
    if instead is not None:
        if not isinstance(instead, dict):
            raise _unreadable("expected an Object as input message content")
        return _instead(instead)
    if kind == "location":
        return FormattedText(""), {"other": {"location": _some(given, PLACE)}}
    if kind == "venue":
        return FormattedText(""), {"other": {"venue": _venue(given)}}
    if kind == "contact":
        return FormattedText(""), {"other": {"contact": _some(given, PERSON)}}
    if kind in ("game", "sticker"):
        return FormattedText(""), {"other": {kind: _some(given, REQUIRED[kind])}}
    return caption_of(Parameters(given)), _media(world, given, kind)


def _instead(given: Json) -> tuple[FormattedText, Json]:
    if "message_text" in given:
        return text_of(Parameters(given), "message_text"), {}
    if "address" in given:
        return FormattedText(""), {"other": {"venue": _venue(given)}}
    if "latitude" in given:
        return FormattedText(""), {"other": {"location": _some(given, PLACE)}}
    if "phone_number" in given:
        return FormattedText(""), {"other": {"contact": _some(given, PERSON)}}
    raise _unreadable('Can\'t find field "message_text"')


def _media(world: World, given: Json, kind: str) -> Json:
    """Return the stored file of a cached result; what lies at an address is not fetched."""
    file_id = given.get(CACHED[kind])
    if file_id is None:
        return {"other": _elsewhere(given, kind)}
    file: StoredFile | None = world.files.find(str(file_id))
    if file is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return {"photo" if file.width else "document": file}


def _elsewhere(given: Json, kind: str) -> Json:
    """Return a file that lies at an address, which the local Telegram does not fetch: the address is its id."""
    url = str(given[REQUIRED[kind][0]])
    file = {"file_id": url, "file_unique_id": hashlib.sha256(url.encode()).hexdigest()[:16]}
    size = {"width": given.get(f"{kind}_width", 320), "height": given.get(f"{kind}_height", 240)}
    if kind == "photo":
        return {"photo": [file | size]}
    if kind == "document":
        return {"document": file | {"mime_type": given["mime_type"]}}
    length = {"duration": given.get(f"{kind}_duration", 0)}
    name = "animation" if kind in ("gif", "mpeg4_gif") else kind
    return {name: file | length | ({} if name in ("audio", "voice") else size)}


def _venue(given: Json) -> Json:
    return {"location": _some(given, PLACE), "title": given.get("title", ""), "address": given.get("address", "")}


def _some(given: Json, names: tuple[str, ...]) -> Json:
    return {name: given[name] for name in names if name in given}


def _required(given: Json, name: str) -> Any:
    if given.get(name) in (None, ""):
        raise _unreadable(f'Can\'t find field "{name}"')
    return given[name]


def _unreadable(reason: str) -> ApiError:
    return bad_request(f"can't parse InlineQueryResult: {reason}")
