"""Films that stand in the catalogue twice: one item at Wikidata, else title, year give or take one, and director."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal

from bot.catalogue.film_facts import facts_of
from bot.catalogue.known_movies import KnownMovie
from bot.catalogue.titles import fold, normalise_title
from bot.facts import NO_FACTS, FilmFacts
from recommender.domain import MovieId

# Why two films are taken for one.
Reason = Literal["wikidata", "title"]
# A name that more films bear than this is a word, such as "Home", and tells little.
_MOST_OF_A_NAME: Final = 50


@dataclass(frozen=True, slots=True)
class TwinPair:
    """Two films that are one: the one with the higher id goes."""

    kept: KnownMovie
    gone: KnownMovie
    reason: Reason


@dataclass(frozen=True, slots=True)
class _Film:
    known: KnownMovie
    facts: FilmFacts

    @property
    def id(self) -> MovieId:
        return self.known.movie.id


def find_twin_pairs(
    films: Sequence[KnownMovie], found: Mapping[MovieId, FilmFacts], apart: Set[frozenset[MovieId]] = frozenset()
) -> list[TwinPair]:
    """Return the films that are another one once more, each at most once; in an order in which they can be joined.

    Args:
        found: what is known of films besides the starter's own.
        apart: pairs that somebody has said are two.
    """
    known = [_Film(film, facts_of(film.movie, found.get(film.movie.id, NO_FACTS))) for film in films]
    known.sort(key=lambda film: film.id)
    pairs: dict[MovieId, TwinPair] = {}
    for reason, keys, agree in _WAYS:
        for group in _groups(known, keys):
            for one, other in combinations(group, 2):
                both = {one.id, other.id}
                if not both & pairs.keys() and frozenset(both) not in apart and agree(one, other):
                    pairs[other.id] = TwinPair(one.known, other.known, reason)
    return [pairs[gone] for gone in sorted(pairs, reverse=True)]


def _groups(films: Sequence[_Film], keys: Callable[[_Film], Iterable[str]]) -> list[list[_Film]]:
    by_key: dict[str, list[_Film]] = {}
    for film in films:
        for key in dict.fromkeys(keys(film)):
            by_key.setdefault(key, []).append(film)
    return [group for group in by_key.values() if 1 < len(group) <= _MOST_OF_A_NAME]


def _item_of(film: _Film) -> Iterable[str]:
    return (film.facts.wikidata_id,) if film.facts.wikidata_id else ()


def _titles_of(film: _Film) -> Iterable[str]:
    facts = film.facts
    titles = (film.known.movie.title, facts.original_title, facts.zh_title or "", *facts.other_titles)
    return (title for title in map(normalise_title, titles) if title)


def _have_one_item(one: _Film, other: _Film) -> bool:
    return True


def _are_one_by_title(one: _Film, other: _Film) -> bool:
    """Tell that year and a director agree, and that no id says these are two."""
    years = (one.known.movie.year, other.known.movie.year)
    near = years[0] is not None and years[1] is not None and abs(years[0] - years[1]) <= 1
    shared = {fold(name) for name in one.facts.directors} & {fold(name) for name in other.facts.directors}
    ids = (
        (one.facts.wikidata_id, other.facts.wikidata_id),
        (one.known.imdb_id, other.known.imdb_id),
        (one.known.tmdb_id, other.known.tmdb_id),
    )
    return near and bool(shared) and all(left == right for left, right in ids if left and right)


_WAYS: Final[tuple[tuple[Reason, Callable[[_Film], Iterable[str]], Callable[[_Film, _Film], bool]], ...]] = (
    ("wikidata", _item_of, _have_one_item),
    ("title", _titles_of, _are_one_by_title),
)
