"""What the parts of a wish are called in a person's language: people and films."""

from __future__ import annotations

from typing import Final

from bot.catalogue.series_names import chinese_series
from bot.catalogue.starter import load_chinese_names
from bot.messages.films import label
from bot.messages.wishes import Names
from bot.service.films import named
from bot.service.service import Visit
from bot.wanted import Wanted
from recommender.domain import MovieId

_CHINESE: Final = "zh"


def names_of(visit: Visit, wish: Wanted) -> Names:
    """Return the names of those values of a wish that no message has."""
    return {
        (part.kind, value): _name(visit, part.kind, value)
        for part in wish.parts
        if part.kind in ("person", "director", "cast", "like", "series")
        for value in part.values
    }


def _name(visit: Visit, kind: str, value: str) -> str:
    if kind == "like":
        movie = visit.movie(MovieId(int(value)))
        return label(named(visit.words, movie)) if movie else "?"
    chinese = chinese_series() if kind == "series" else load_chinese_names()
    return chinese.get(value, value) if visit.words.language == _CHINESE else value
