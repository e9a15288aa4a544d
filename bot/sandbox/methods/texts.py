"""The texts and captions of a call, parsed and measured."""

from __future__ import annotations

from typing import Any

from bot.sandbox.entities import FormattedText, linked, read_text, trimmed
from bot.sandbox.errors import bad_request
from bot.sandbox.parameters import Parameters
from bot.sandbox.spans import Entity

Json = dict[str, Any]

TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024  # UTF-16 units after parsing; Bot API, sendMessage and sendPhoto


def text_of(parameters: Parameters, name: str = "text") -> FormattedText:
    content = formatted(parameters, name)
    if not content.text:
        raise bad_request("message text is empty")
    if content.length > TEXT_LIMIT:
        raise bad_request("message is too long")
    return content


def caption_of(parameters: Parameters) -> FormattedText:
    content = formatted(parameters, "caption", "caption_entities")
    if content.length > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return content


def formatted(
    parameters: Parameters, name: str, entities_name: str = "entities", mode_name: str = "parse_mode"
) -> FormattedText:
    """Return the parsed, trimmed and linked text of a parameter."""
    given = parameters.array(entities_name)
    if given and not parameters.text(mode_name):
        entities = tuple(_entity(entity) for entity in given)
        return linked(trimmed(FormattedText(parameters.text(name), entities)))
    return read_text(parameters.text(name), parameters.text(mode_name))


def _entity(given: Json) -> Entity:
    try:
        kind, offset, length = str(given["type"]), int(given["offset"]), int(given["length"])
    except (KeyError, TypeError, ValueError) as error:
        raise bad_request("can't parse MessageEntity") from error
    return Entity(kind, offset, length, url=str(given.get("url", "")), language=str(given.get("language", "")))
