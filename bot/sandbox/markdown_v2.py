"""Telegram's MarkdownV2: a strict parser that complains in Telegram's own words.

The rules and wordings are those of TDLib, td/telegram/MessageEntity.cpp, parse_markdown_v2.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.sandbox.html import checked_link
from bot.sandbox.spans import Entity, utf16_length

RESERVED = "_*[]()~`>#+-=|{}.!\n"
NAMES = {
    "bold": "Bold",
    "italic": "Italic",
    "underline": "Underline",
    "strikethrough": "Strikethrough",
    "spoiler": "Spoiler",
    "code": "Code",
    "pre": "PreCode",
    "text_link": "TextUrl",
    "custom_emoji": "CustomEmoji",
    "blockquote": "BlockQuote",
}
# What opens and closes an entity, longest first where one begins with another.
MARKS = {
    "```": "pre",
    "__": "underline",
    "||": "spoiler",
    "![": "custom_emoji",
    "*": "bold",
    "_": "italic",
    "~": "strikethrough",
    "`": "code",
    "[": "text_link",
}
ENDS = {"text_link": "]", "custom_emoji": "]"} | {kind: mark for mark, kind in MARKS.items() if "[" not in mark}
RAW = frozenset({"code", "pre"})


class MarkdownError(ValueError):
    """The markup breaks a rule; the text is Telegram's."""


@dataclass(slots=True)
class _Open:
    """An entity that waits for its end."""

    kind: str
    begin: int
    offset: int
    text_index: int
    language: str = ""


def parse_markdown_v2(source: str) -> tuple[str, list[Entity]]:
    """Return the plain text and its entities, sorted by place.

    Raises:
        MarkdownError: naming the first broken rule.
    """
    return _Parser(source).run()


@dataclass(slots=True)
class _Parser:
    source: str
    position: int = 0
    text: str = ""
    nested: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def run(self) -> tuple[str, list[Entity]]:
        while self.position < len(self.source):
            self._step(self.source[self.position])
        if self.nested and self.nested[-1].kind == "blockquote":
            self._close_quote()
        if self.nested:
            last = self.nested[-1]
            raise MarkdownError(f"Can't find end of {NAMES[last.kind]} entity at byte offset {self._byte(last.begin)}")
        return self.text, sorted(self.entities, key=lambda entity: (entity.offset, -entity.length))

    def _step(self, character: str) -> None:
        inside = self.nested[-1].kind if self.nested else ""
        follows = self.source[self.position + 1 : self.position + 2]
        if character == "\\" and follows and 0 < ord(follows) <= 126:
            self._take(follows, 2)
        elif character not in ("`" if inside in RAW else RESERVED):
            self._take(character, 1)
        elif self._ends(inside):
            self._end(inside)
        elif character == "\n":
            self._newline(inside)
        elif inside in RAW:
            self._take(character, 1)
        else:
            self._begin(character)

    def _take(self, text: str, length: int) -> None:
        self.text += text
        self.position += length

    def _at(self, mark: str) -> bool:
        return self.source.startswith(mark, self.position)

    def _ends(self, inside: str) -> bool:
        if inside not in ENDS or not self._at(ENDS[inside]):
            return False
        return not (inside == "italic" and self._at("__") and not self._at("___"))

    def _begin(self, character: str) -> None:
        is_line_start = not self.text or self.text.endswith("\n")
        if character == ">" and is_line_start and not any(one.kind == "blockquote" for one in self.nested):
            return self._open("blockquote", 1)
        mark = next((mark for mark in MARKS if self._at(mark)), None)
        if mark == "||" and self._is_end_of_quote():
            return self._expand_quote()
        if mark is None:
            raise MarkdownError(f"Character '{character}' is reserved and must be escaped with the preceding '\\'")
        self._open(MARKS[mark], len(mark))
        if MARKS[mark] == "pre":
            self._read_language()
        return None

    def _open(self, kind: str, length: int) -> None:
        self.nested.append(_Open(kind, self.position, utf16_length(self.text), len(self.text)))
        self.position += length

    def _read_language(self) -> None:
        end = self.position
        while end < len(self.source) and not self.source[end].isspace() and self.source[end] != "`":
            end += 1
        if end > self.position and self.source[end : end + 1] == "\n":
            self.nested[-1].language = self.source[self.position : end]
            self.position = end + 1
        elif self.source[self.position : self.position + 1] == "\n":
            self.position += 1

    def _end(self, inside: str) -> None:
        opened = self.nested.pop()
        self.position += len(ENDS[inside])
        url = self._url(opened) if inside in ("text_link", "custom_emoji") else ""
        length = utf16_length(self.text) - opened.offset
        if length and not (inside in ("text_link", "custom_emoji") and not url):
            kept = url if inside == "text_link" else ""
            self.entities.append(Entity(inside, opened.offset, length, url=kept, language=opened.language))

    def _url(self, opened: _Open) -> str:
        """Read the address behind a link; without one, the text is the address."""
        if not self._at("("):
            return checked_link(self.text[opened.text_index :])
        begin, end = self.position + 1, self.position + 1
        found = ""
        while end < len(self.source) and self.source[end] != ")":
            end += self.source[end] == "\\"
            found += self.source[end : end + 1]
            end += 1
        if end >= len(self.source):
            raise MarkdownError(f"Can't find end of a URL at byte offset {self._byte(begin)}")
        self.position = end + 1
        return found if opened.kind == "custom_emoji" else checked_link(found)

    def _newline(self, inside: str) -> None:
        self._take("\n", 1)
        if inside != "blockquote":
            return
        if self._at(">"):
            self.position += 1
        else:
            self._close_quote()

    def _is_end_of_quote(self) -> bool:
        is_last = self.source[self.position + 2 : self.position + 3] in ("", "\n")
        return is_last and bool(self.nested) and self.nested[-1].kind == "blockquote"

    def _expand_quote(self) -> None:
        self.position += 2
        self._close_quote("expandable_blockquote")

    def _close_quote(self, kind: str = "blockquote") -> None:
        opened = self.nested.pop()
        length = utf16_length(self.text.rstrip("\n")) - opened.offset
        if length > 0:
            self.entities.append(Entity(kind, opened.offset, length))

    def _byte(self, index: int) -> int:
        return len(self.source[:index].encode(errors="surrogatepass"))
