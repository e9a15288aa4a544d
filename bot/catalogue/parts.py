"""Which part of a series a title or a query names: "Part II", "2", "Vol. Two", "the Third", "第二部"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.catalogue.titles import normalise_title

# No series has more; what is beyond is a number of its own, as in "Blade Runner 2049".
MAX_PART: Final = 30
_MARKERS: Final = frozenset({"part", "parts", "episode", "chapter", "volume", "number"})
# Letters that are a number behind a marker or at the end: "Episode V", "Rocky V", "Saw X".
_SINGLE_LETTERS: Final = {"i": 1, "v": 5, "x": 10}
_ORDINALS: Final = {
    **{"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8},
    **{"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "6th": 6, "7th": 7, "8th": 8},
}
_CHINESE_DIGITS: Final = {sign: number for number, sign in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_CHINESE_NUMBER: Final = "[一二三四五六七八九十两]{1,3}|[0-9]{1,2}"
_CHINESE_PART: Final = re.compile(rf"\s*(?:第\s*({_CHINESE_NUMBER})\s*[部集章季]|({_CHINESE_NUMBER})\s*部$)")
_CHINESE_END: Final = re.compile(r"(?<=[\u4e00-\u9fff])([一二三四五六七八九十]|[0-9]{1,2})$")
_GLUED: Final = re.compile(r"(?P<name>[^\W\d]+)(?P<number>[0-9]{1,2})")


@dataclass(frozen=True, slots=True)
class Part:
    """A series by its normal name, and the number of one of its films."""

    name: str
    number: int


def part_of_title(title: str) -> Part | None:
    """Return which part a title says it is; None when it says nothing of the kind."""
    words = _words(title)
    return _marked(words) or _numbered(words) or _ending(words)


def part_asked(query: str) -> Part | None:
    """Return which part a query asks for: its number stands at the end."""
    words = _words(_CHINESE_END.sub(r" \1", query))
    marked = _marked(words)
    if marked and len(words) == len(marked.name.split()) + 2:
        return marked
    return _part(words[:-1], _number(words[-1], is_last=True)) if len(words) > 1 else _ending(words)


def _words(text: str) -> list[str]:
    spaced = _CHINESE_PART.sub(lambda found: f" part {found[1] or found[2]} ", text.strip())
    return normalise_title(spaced).split()


def _marked(words: list[str]) -> Part | None:
    """Read a number behind a word like "part"."""
    for at in range(1, len(words) - 1):
        if words[at] in _MARKERS and (part := _part(words[:at], _number(words[at + 1], is_last=True))):
            return part
    return None


def _numbered(words: list[str]) -> Part | None:
    """Read a bare number behind the name, as in "Terminator 2: Judgment Day"."""
    for at in range(1, len(words)):
        if part := _part(words[:at], _number(words[at], is_last=at == len(words) - 1)):
            return part
    return None


def _ending(words: list[str]) -> Part | None:
    """Read a number that is glued to the last word, as in "Alien³"."""
    found = _GLUED.fullmatch(words[-1]) if words else None
    return _part([*words[:-1], found["name"]], int(found["number"])) if found else None


def _part(words: list[str], number: int | None) -> Part | None:
    while words and (words[-1] in _MARKERS or words[-1] == "the"):
        words = words[:-1]
    return Part(" ".join(words), number) if words and number is not None and 1 <= number <= MAX_PART else None


def _number(word: str, *, is_last: bool) -> int | None:
    if word.isascii() and word.isdigit():
        return int(word)
    if word in _ORDINALS:
        return _ORDINALS[word]
    if is_last and word in _SINGLE_LETTERS:
        return _SINGLE_LETTERS[word]
    return _chinese_number(word)


def _chinese_number(word: str) -> int | None:
    """Read 一 to 九十九."""
    if not word or any(sign not in _CHINESE_DIGITS for sign in word):
        return None
    tens, ten, ones = word.partition("十")
    if not ten:
        return _CHINESE_DIGITS[word] if len(word) == 1 else None
    return _CHINESE_DIGITS.get(tens, 1) * 10 + _CHINESE_DIGITS.get(ones, 0)
