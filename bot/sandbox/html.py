"""Telegram's HTML: a strict parser that complains in Telegram's own words.

The rules and wordings are those of TDLib, td/telegram/MessageEntity.cpp, parse_html.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.sandbox.spans import Entity, utf16_length

ENTITY_BY_TAG = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
_ESCAPES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ESCAPE = re.compile(r"&(?:#[xX]([0-9a-fA-F]{1,8})|#([0-9]{1,8})|([A-Za-z]+));?")
_SPACE = " \t\r\n\v\f"


class HtmlError(ValueError):
    """The markup breaks a rule; the text is Telegram's."""


@dataclass(slots=True)
class _Open:
    """A start tag that waits for its end."""

    tag: str
    attributes: Mapping[str, str]
    offset: int
    text_index: int


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Return the plain text and its entities, sorted by place.

    Raises:
        HtmlError: naming the first broken rule and its byte offset.
    """
    return _Parser(source).run()


def unescape(source: str) -> str:
    """Replace the escapes Telegram knows; any other stays as written."""
    return _ESCAPE.sub(_unescaped, source)


def _unescaped(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name:
        return _ESCAPES.get(name, match.group())
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if 0xD800 <= code <= 0xDFFF:
        raise HtmlError(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return chr(code) if 0 < code < 0x10FFFF else match.group()


@dataclass(slots=True)
class _Parser:
    source: str
    position: int = 0
    text: str = ""
    open_tags: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def run(self) -> tuple[str, list[Entity]]:
        while self.position < len(self.source):
            self._step()
        if self.open_tags:
            raise HtmlError(f'Can\'t find end tag corresponding to start tag "{self.open_tags[-1].tag}"')
        entities = [replace(entity, language="") if entity.type == "code" else entity for entity in self.entities]
        return self.text, sorted(entities, key=lambda entity: (entity.offset, -entity.length))

    def _step(self) -> None:
        bracket = self.source.find("<", self.position)
        stop = len(self.source) if bracket < 0 else bracket
        self.text += unescape(self.source[self.position : stop])
        self.position = stop
        if bracket < 0:
            return
        if self.source.startswith("</", bracket):
            self._end_tag(bracket)
        else:
            self._start_tag(bracket)

    def _start_tag(self, begin: int) -> None:
        self.position = begin + 1
        tag = self._until(_SPACE + ">").lower()
        at = self._byte_offset(begin)
        if self._peek() == "":
            raise HtmlError(f"Unclosed start tag at byte offset {at}")
        if tag not in ENTITY_BY_TAG:
            raise HtmlError(f'Unsupported start tag "{tag}" at byte offset {at}')
        attributes = self._attributes(tag, at)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise HtmlError(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
        self.open_tags.append(_Open(tag, attributes, utf16_length(self.text), len(self.text)))

    def _attributes(self, tag: str, at: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while self._skip_space() != ">":
            name = self._until(_SPACE + "=>").lower()
            if not name:
                raise HtmlError(f'Empty attribute name in the tag "{tag}" at byte offset {at}')
            if tag == "blockquote" and name == "expandable" and self._skip_space() != "=":
                attributes[name] = "1"
                continue
            attributes[name] = self._attribute_value(tag, at)
        self.position += 1
        return attributes

    def _attribute_value(self, tag: str, at: int) -> str:
        if self._skip_space() != "=":
            raise HtmlError(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}" at byte offset {at}'
            )
        self.position += 1
        quote = self._skip_space()
        if quote == "":
            raise HtmlError(f'Unclosed start tag "{tag}" at byte offset {at}')
        return self._quoted(quote, at) if quote in "'\"" else self._name_token()

    def _quoted(self, quote: str, at: int) -> str:
        self.position += 1
        value = self._until(quote)
        self.position += 1
        if self.position >= len(self.source):
            raise HtmlError(f"Unclosed start tag at byte offset {at}")
        return unescape(value)

    def _name_token(self) -> str:
        begin = self.position
        while self._peek().isascii() and (self._peek().isalnum() or self._peek() in (".", "-")):
            self.position += 1
        if self._peek() == "" or self._peek() not in _SPACE + ">":
            raise HtmlError(f"Unexpected end of name token at byte offset {self._byte_offset(begin)}")
        return self.source[begin : self.position].lower()

    def _end_tag(self, begin: int) -> None:
        at = self._byte_offset(begin)
        if not self.open_tags:
            raise HtmlError(f"Unexpected end tag at byte offset {at}")
        self.position = begin + 2
        name = self._until(_SPACE + ">").lower()
        if self._skip_space() != ">":
            raise HtmlError(f"Unclosed end tag at byte offset {at}")
        self.position += 1
        opened = self.open_tags.pop()
        if name and name != opened.tag:
            raise HtmlError(f'Unmatched end tag at byte offset {at}, expected "</{opened.tag}>", found "</{name}>"')
        self._close(opened)

    def _close(self, opened: _Open) -> None:
        length = utf16_length(self.text) - opened.offset
        if length == 0:
            return
        entity = self._entity(opened, length)
        if entity is not None:
            self.entities.append(entity)

    def _entity(self, opened: _Open, length: int) -> Entity | None:
        kind = ENTITY_BY_TAG[opened.tag]
        if opened.tag == "a":
            url = checked_link(opened.attributes.get("href") or self.text[opened.text_index :])
            return Entity(kind, opened.offset, length, url=url) if url else None
        if opened.tag == "pre":
            return Entity(kind, opened.offset, length, language=self._language_inside(opened.offset, length))
        if opened.tag == "code":
            language = opened.attributes.get("class", "").removeprefix("language-")
            return Entity(kind, opened.offset, length, language=language)
        return Entity(kind, opened.offset, length)

    def _language_inside(self, offset: int, length: int) -> str:
        """Take the language of a `code` that fills this `pre`, and the `code` with it."""
        for entity in self.entities:
            if entity.type == "code" and (entity.offset, entity.length) == (offset, length):
                self.entities.remove(entity)
                return entity.language
        return ""

    def _peek(self) -> str:
        return self.source[self.position : self.position + 1]

    def _skip_space(self) -> str:
        while self._peek() and self._peek() in _SPACE:
            self.position += 1
        return self._peek()

    def _until(self, stops: str) -> str:
        begin = self.position
        while self._peek() and self._peek() not in stops:
            self.position += 1
        return self.source[begin : self.position]

    def _byte_offset(self, index: int) -> int:
        return len(self.source[:index].encode(errors="surrogatepass"))


def checked_link(url: str) -> str:
    """Return a link Telegram accepts, with its scheme, or an empty text."""
    candidate = url if re.match(r"^[a-zA-Z][a-zA-Z0-9+.-]*:", url) else f"http://{url}"
    is_web = re.match(r"^(?:https?|ton)://[^\s/?#]+\.[^\s/?#.]+|^https?://(?:localhost|\[)|^tg://\w+", candidate)
    return candidate if is_web else ""
