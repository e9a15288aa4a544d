"""Pieces of a text: what is read, word by word, what means nothing there, and which words stand side by side."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from bot.reading.genre_words import GENRE, genres_of
from bot.reading.phrases import match_phrase
from bot.reading.wish_words import ASKING, BLANK, FILLER, KIND, LISTS_ON, OF, SETTING, WORD
from bot.wanted import Part

# Said by who wants some of them, and by no title.
_SEVERAL: Final = re.compile(r"\b(?:movies|films|flicks|peliculas|pelis)\b|电影|影片|片子")


def pieces(text: str, read: Callable[[str, int], int]) -> Iterator[tuple[str, int, int]]:
    """Yield what means nothing, word by word.

    Args:
        read: reads what stands at a place, and returns where it ends; the same place where it means nothing.
    """
    at = 0
    while at < len(text):
        if (end := read(text, at)) > at:
            at = end
        elif blank := BLANK.match(text, at):
            at = blank.end()
        elif word := WORD.match(text, at):
            yield word[0], at, word.end()
            at = word.end()


def read_word(text: str, at: int) -> tuple[Part, int] | None:
    """Return the genre or the fixed phrase at a place, whichever is longer, and where it ends."""
    genre, phrase = GENRE.match(text, at), match_phrase(text, at)
    if phrase and (genre is None or genre.end() <= phrase[1]):
        return phrase
    return (Part("genre", genres_of(genre[0])), genre.end()) if genre else None


def says_nothing(text: str, at: int) -> bool:
    """Tell whether what stands at a place has no meaning of its own, so that it may be a title."""
    return part_end(text, at) == at and not any(words.match(text, at) for words in (ASKING, KIND, SETTING, OF, FILLER))


def lists_on(text: str, at: int) -> bool:
    """Tell whether a comma stands in a list that ends in or, nor, and: "no horror, war or crime"."""
    start = at + (text[at : at + 1] == " ")
    end = part_end(text, start)
    return end > start and LISTS_ON.match(text, end) is not None


def part_end(text: str, at: int) -> int:
    """Return where ends the genre or the phrase at a place, whichever is longer; the place itself where none is."""
    genre, phrase = GENRE.match(text, at), match_phrase(text, at)
    return max(genre.end() if genre else at, phrase[1] if phrase else at)


def not_understood(text: str, left: Sequence[tuple[int, int]], *, is_all: bool) -> tuple[str, ...]:
    """Return what was not understood, as it was written; signs alone only where that is all.

    Args:
        left: the ends of what was left over.
    """
    words = [(start, end) for start, end in left if any(map(str.isalnum, text[start:end]))]
    return tuple(_joined(text, words or (left if is_all else ())))


def names_several(text: str) -> bool:
    """Tell whether a text speaks of films as people do who want some."""
    return _SEVERAL.search(text) is not None


def _joined(text: str, pieces: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Yield pieces of a text, by their ends; those with nothing but blanks between as one."""
    start = end = -1
    for at, behind in pieces:
        if start >= 0 and not text[end:at].strip():
            end = behind
            continue
        if start >= 0:
            yield text[start:end]
        start, end = at, behind
    if start >= 0:
        yield text[start:end]
