"""What the parts of a wish are called in a person's language: tags, people, areas, languages, films."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from bot.catalogue.starter import load_chinese_names, load_tags
from bot.messages.films import label
from bot.messages.wishes import Names
from bot.reading.origin_words import AREA_WORDS, LANGUAGE_WORDS
from bot.service.films import named
from bot.service.service import Visit
from bot.wanted import Wanted
from recommender.domain import MovieId

_CHINESE: Final = "zh"
_ORIGINS: Final = {"area": AREA_WORDS, "language": LANGUAGE_WORDS}


def names_of(visit: Visit, wish: Wanted) -> Names:
    """Return the names of those values of a wish that no message has."""
    return {
        (part.kind, value): _name(visit, part.kind, value)
        for part in wish.parts
        if part.kind in (*_ORIGINS, "tag", "person", "director", "cast", "like")
        for value in part.values
    }


def _name(visit: Visit, kind: str, value: str) -> str:
    is_chinese = visit.words.language == _CHINESE
    if kind == "like":
        movie = visit.movie(MovieId(int(value)))
        return label(named(visit.words, movie)) if movie else "?"
    if kind == "tag":
        return _chinese_tags().get(value, value) if is_chinese else value
    if kind in _ORIGINS:
        return _origin(_ORIGINS[kind].get(value, value), is_chinese=is_chinese)
    return load_chinese_names().get(value, value) if is_chinese else value


def _origin(phrases: str, *, is_chinese: bool) -> str:
    """Return the first name that people have for it, as a heading."""
    names = phrases.split("|")
    return next((name for name in names if not name.isascii()), names[0]) if is_chinese else names[0].title()


@cache
def _chinese_tags() -> Mapping[str, str]:
    return {tag.name: tag.zh for tag in load_tags()}
