"""Telegram's first Markdown: bold, italic, links and code, none inside another.

The rules and wordings are those of TDLib, td/telegram/MessageEntity.cpp, parse_markdown.
"""

from __future__ import annotations

from bot.sandbox.html import checked_link
from bot.sandbox.markdown_v2 import MarkdownError
from bot.sandbox.spans import Entity, utf16_length

KINDS = {"*": "bold", "_": "italic", "`": "code", "```": "pre", "[": "text_link"}


def parse_markdown(source: str) -> tuple[str, list[Entity]]:
    """Return the plain text and its entities, sorted by place.

    Raises:
        MarkdownError: naming where the entity without an end begins.
    """
    text, entities, position = "", [], 0
    while position < len(source):
        character = source[position]
        if character == "\\" and source[position + 1 : position + 2] in ("_", "*", "`", "["):
            text, position = text + source[position + 1], position + 2
        elif character not in "_*`[":
            text, position = text + character, position + 1
        else:
            inner, entity, position = _span(source, position, utf16_length(text))
            text += inner
            entities += [entity] if entity else []
    return text, entities


def _span(source: str, begin: int, offset: int) -> tuple[str, Entity | None, int]:
    """Return what stands inside one pair of marks, its entity, and where to go on."""
    mark = "```" if source.startswith("```", begin) else source[begin]
    close = "]" if mark == "[" else mark
    start = begin + len(mark)
    end = source.find(close, start)
    if end < 0:
        at = len(source[:begin].encode(errors="surrogatepass"))
        raise MarkdownError(f"Can't find end of the entity starting at byte offset {at}")
    inner, after, url, language = source[start:end], end + len(close), "", ""
    if mark == "[":
        url, after = _url(source, inner, after)
    if mark == "```":
        language, inner = _language(inner)
    length = utf16_length(inner)
    if not length or (mark == "[" and not url):
        return inner, None, after
    return inner, Entity(KINDS[mark], offset, length, url=url, language=language), after


def _url(source: str, inner: str, after: int) -> tuple[str, int]:
    if not source.startswith("(", after):
        return checked_link(inner), after
    end = source.find(")", after)
    end = len(source) if end < 0 else end
    return checked_link(source[after + 1 : end]), end + 1


def _language(inner: str) -> tuple[str, str]:
    first, newline, rest = inner.partition("\n")
    if newline and first and not any(character.isspace() for character in first):
        return first, rest
    return "", rest if newline and not first else inner
