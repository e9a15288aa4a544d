"""Formatted text as Telegram sees it: plain text and entities measured in UTF-16 units."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.sandbox.errors import bad_request
from bot.sandbox.html import HtmlError, parse_html
from bot.sandbox.markdown import parse_markdown
from bot.sandbox.markdown_v2 import MarkdownError, parse_markdown_v2
from bot.sandbox.spans import Entity, utf16_length

# What Telegram turns into links by itself, in the order in which one hides the other.
_AUTOMATIC = (
    ("url", re.compile(r"(?:https?://|(?<![\w./@])t\.me/)[^\s<>\"']*[^\s<>\"'.,;:!?)\]]")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#])#\w*[^\W\d]\w*")),
)
_PARSERS = {"html": parse_html, "markdown": parse_markdown, "markdownv2": parse_markdown_v2}


@dataclass(frozen=True, slots=True)
class FormattedText:
    """Text as shown, and what is bold, linked and so on in it."""

    text: str
    entities: tuple[Entity, ...] = ()

    @property
    def length(self) -> int:
        """Length in UTF-16 units, the way Telegram counts."""
        return utf16_length(self.text)


def read_text(source: str, parse_mode: str) -> FormattedText:
    """Parse, trim and link a text the way Telegram does.

    Raises:
        ApiError: with Telegram's wording, when the markup cannot be parsed.
    """
    if parse_mode.lower() not in ("", *_PARSERS):
        raise bad_request("unsupported parse_mode")
    return linked(trimmed(_parsed(source, parse_mode.lower())))


def _parsed(source: str, parse_mode: str) -> FormattedText:
    if not parse_mode:
        return FormattedText(source)
    try:
        text, entities = _PARSERS[parse_mode](source)
    except (HtmlError, MarkdownError) as error:
        raise bad_request(f"can't parse entities: {error}") from error
    return FormattedText(text, tuple(entities))


def trimmed(formatted: FormattedText) -> FormattedText:
    """Drop the white space around the text and move the entities accordingly."""
    text = formatted.text.replace("\r", "").replace("\0", "")
    kept = text.strip()
    start = utf16_length(text[: len(text) - len(text.lstrip())])
    end = start + utf16_length(kept)
    clipped = (_clipped(entity, start, end) for entity in formatted.entities)
    return FormattedText(kept, tuple(entity for entity in clipped if entity.length > 0))


def _clipped(entity: Entity, start: int, end: int) -> Entity:
    first, last = max(entity.offset, start), min(entity.offset + entity.length, end)
    return replace(entity, offset=first - start, length=last - first)


def linked(formatted: FormattedText) -> FormattedText:
    """Add the entities that Telegram finds by itself where none of the sender's stands."""
    taken = [entity for entity in formatted.entities if entity.type in ("code", "pre", "text_link")]
    for kind, pattern in _AUTOMATIC:
        for match in pattern.finditer(formatted.text):
            found = _found(kind, formatted.text, match)
            if not any(found.overlaps(entity) for entity in taken):
                taken.append(found)
    added = [entity for entity in taken if entity not in formatted.entities]
    entities = sorted((*formatted.entities, *added), key=lambda entity: (entity.offset, -entity.length))
    return FormattedText(formatted.text, tuple(entities))


def _found(kind: str, text: str, match: re.Match[str]) -> Entity:
    return Entity(kind, utf16_length(text[: match.start()]), utf16_length(match.group()))
