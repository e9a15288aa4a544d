"""Both Markdowns of Telegram, and what each refuses."""

from __future__ import annotations

import pytest

from bot.sandbox.entities import read_text
from bot.sandbox.errors import ApiError


def entities(source: str, mode: str) -> tuple[str, list[tuple[str, int, int]]]:
    found = read_text(source, mode)
    return found.text, [(entity.type, entity.offset, entity.length) for entity in found.entities]


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("*b _i_*", "b i", [("bold", 0, 3), ("italic", 2, 1)]),
        ("__u__ ~s~ ||h||", "u s h", [("underline", 0, 1), ("strikethrough", 2, 1), ("spoiler", 4, 1)]),
        ("_a__b__c_", "abc", [("italic", 0, 3), ("underline", 1, 1)]),
        ("`a*b\\`c`", "a*b`c", [("code", 0, 5)]),
        ("```python\nx = 1```", "x = 1", [("pre", 0, 5)]),
        ("[Heat](https://example.org/\\))", "Heat", [("text_link", 0, 4)]),
        ("😀 *b*", "😀 b", [("bold", 3, 1)]),
        (">a\n>b\nc", "a\nb\nc", [("blockquote", 0, 3)]),
        (">a\n>b||", "a\nb", [("expandable_blockquote", 0, 3)]),
        ("1\\. a\\-b\\!", "1. a-b!", []),
    ],
)
def test_markdown_v2_is_read(source: str, text: str, expected: list[tuple[str, int, int]]) -> None:
    assert entities(source, "MarkdownV2") == (text, expected)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("1. a", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("a > b", "Character '>' is reserved and must be escaped with the preceding '\\'"),
        ("a*b", "Can't find end of Bold entity at byte offset 1"),
        ("é||b", "Can't find end of Spoiler entity at byte offset 2"),
        ("`b", "Can't find end of Code entity at byte offset 0"),
        ("[b](https://example.org", "Can't find end of a URL at byte offset 4"),
    ],
)
def test_markdown_v2_is_refused(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as caught:
        read_text(source, "MarkdownV2")
    assert caught.value.description == f"Bad Request: can't parse entities: {reason}"


def test_the_first_markdown_is_read() -> None:
    text, found = entities("*b* _i_ `c` [Heat](https://example.org) a\\_b", "Markdown")
    assert text == "b i c Heat a_b"
    assert found == [("bold", 0, 1), ("italic", 2, 1), ("code", 4, 1), ("text_link", 6, 4)]


def test_the_first_markdown_needs_an_end() -> None:
    with pytest.raises(ApiError) as caught:
        read_text("snake_case", "Markdown")
    reason = "Can't find end of the entity starting at byte offset 5"
    assert caught.value.description == f"Bad Request: can't parse entities: {reason}"
