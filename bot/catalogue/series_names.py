"""What the starter's series are called: by one name, whoever made them, and in Chinese as their titles begin."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from bot.catalogue.starter import load_starter_films
from bot.catalogue.titles import normalise_title

# "Batman (Burton)" and "Batman (Nolan)" are Batman to whoever wants none, and a "Star Wars Story" is Star Wars.
_WHOSE: Final = re.compile(r" (?:\([^)]*\)|Story)$")
# What stands in Chinese titles between the name of the series and the film's own: 007之金手指, 星球大战4：新希望.
_BEHIND: Final = re.compile(r"[\d\s：:·之第与]+$")
# What people call a series for short.
_FOR_SHORT: Final = {
    "bond": "James Bond",
    "potter": "Harry Potter",
    "lotr": "The Lord of the Rings",
    "xmen": "X-Men",
    "spiderman": "Spider-Man",
    "narnia": "The Chronicles of Narnia",
    "星战": "Star Wars",
}
# One word that means a series, and nothing else, before "movies": "war movies" and "love films" mean no series.
_PLAIN: Final = frozenset(
    re.split(
        " ",
        "batman superman rocky rambo shrek terminator transformers twilight godzilla bourne matrix godfather predator "
        "robocop madagascar minions hobbit deadpool",
    )
)
# Shorter ones begin much else.
_SHORTEST_CHINESE: Final = 2


def base_name(series: str) -> str:
    """Return a series' name without what tells it from others of that name."""
    return _WHOSE.sub("", series)


def series_called(name: str) -> str | None:
    """Return the series that a name in any writing means; None where there is none."""
    return _by_name().get(normalise_title(name))


def means_series(name: str) -> bool:
    """Tell whether a name, with "movies" beside it, can mean nothing but that series."""
    normal = normalise_title(name)
    return " " in normal or not normal.isascii() or normal in _PLAIN or normal in _FOR_SHORT or normal == "007"


@cache
def chinese_series() -> Mapping[str, str]:
    """Return Chinese names by those of series, as far as the titles of all their films begin with one."""
    titles = defaultdict[str, list[str]](list)
    for film in load_starter_films():
        if film.series:
            titles[base_name(film.series)].append(film.zh_title or "")
    begun = {name: _name_in(_beginning(known)) for name, known in titles.items() if len(known) > 1}
    return {name: chinese for name, chinese in begun.items() if len(chinese) >= _SHORTEST_CHINESE}


def _beginning(titles: Sequence[str]) -> str:
    """Return what all of them begin with."""
    first, last = min(titles), max(titles)
    return first[: next((at for at, sign in enumerate(first) if last[at] != sign), len(first))]


def _name_in(begun: str) -> str:
    return begun if begun.isdigit() else _BEHIND.sub("", begun) or begun.rstrip("：:·之第与 ")


@cache
def _by_name() -> Mapping[str, str]:
    found = {
        normalise_title(base_name(film.series)): base_name(film.series) for film in load_starter_films() if film.series
    }
    for name, chinese in chinese_series().items():
        found.setdefault(normalise_title(chinese), name)
    for short, name in _FOR_SHORT.items():
        found.setdefault(short, name)
    return found
