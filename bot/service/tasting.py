"""What ratings say of a taste: what is rated best and how often, from plain values; nothing is asked or stored here."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from statistics import fmean, median
from typing import Final

from bot.catalogue.starter import StarterFilm
from bot.facts import FilmFacts
from recommender.domain import Movie, Stars

# Below so many ratings nothing worth drawing is known.
ENOUGH: Final = 5
# A word borne by fewer films says nothing of a taste.
FEWEST_FILMS: Final = 2
# So many films at a person's own mean are added to what is rated, so that one lucky film is not the best of all
# (shrinkage; Efron and Morris 1977).
PRIOR_FILMS: Final = 3
_SAYING_FILMS: Final = 5


@dataclass(frozen=True, slots=True)
class RatedFilm:
    """A film with a person's stars and what is known of it.

    Attributes:
        fame: 0 to 1, the share of all watching that goes to films less known than it; None where nobody knows.
    """

    movie: Movie
    stars: Stars
    rated_at: datetime
    facts: FilmFacts
    starter: StarterFilm | None
    fame: float | None = None


@dataclass(frozen=True, slots=True)
class Liking:
    """How something was rated: its name, over how many films, their mean, and the mean that is compared."""

    name: str
    films: int
    mean: float
    score: float


@dataclass(frozen=True, slots=True)
class Taste:
    """What was rated, best first.

    Attributes:
        people: whom they return to, directors before actors who are met as often.
        decades: how many films of each, by its first year.
        fame: of the middle film, as of RatedFilm; None where nobody knows.
        films: those of most stars that say most of the taste; where nothing is liked, they are no likes.
    """

    rated: int
    mean: float
    genres: tuple[Liking, ...]
    tags: tuple[Liking, ...]
    people: tuple[Liking, ...]
    decades: Mapping[int, int]
    fame: float | None
    films: tuple[RatedFilm, ...]


def taste_of(films: Sequence[RatedFilm]) -> Taste:
    """Return the taste that at least one rating shows."""
    mean = fmean(film.stars.value for film in films)
    genres, tags = _likings(films, _genres, mean), _likings(films, _tags, mean)
    famous = [film.fame for film in films if film.fame is not None]
    return Taste(
        rated=len(films),
        mean=mean,
        genres=genres,
        tags=tuple(tag for tag in tags if tag.score >= mean),
        people=_people(films, mean),
        decades=_decades(films),
        fame=median(famous) if famous else None,
        films=_saying_most(films, genres, tags),
    )


def fame_of(popularity: Iterable[float]) -> Callable[[float | None], float | None]:
    """Return how well known a film of some popularity is, among all: the share of watching below it."""
    known = sorted(popularity)
    below = [0.0, *accumulate(known)]

    def fame(value: float | None) -> float | None:
        if value is None or not below[-1]:
            return None
        return below[bisect_left(known, value)] / below[-1]

    return fame


def _likings(
    films: Sequence[RatedFilm], names: Callable[[RatedFilm], Iterable[str]], usual: float
) -> tuple[Liking, ...]:
    """Return what enough films bear, by what they were rated, what fewer bear drawn to the usual stars."""
    stars = defaultdict[str, list[float]](list)
    for film in films:
        for name in set(names(film)):
            stars[name].append(film.stars.value)
    found = (
        Liking(name, len(given), fmean(given), (sum(given) + PRIOR_FILMS * usual) / (len(given) + PRIOR_FILMS))
        for name, given in stars.items()
        if len(given) >= FEWEST_FILMS
    )
    return tuple(sorted(found, key=lambda one: (-one.score, -one.films, one.name)))


def _people(films: Sequence[RatedFilm], usual: float) -> tuple[Liking, ...]:
    """Return whom the person meets again and likes to: directors first, then who plays, by how many films."""
    found: dict[str, Liking] = {}
    for names in (_directors, _cast):
        for one in sorted(_likings(films, names, usual), key=lambda one: -one.films):
            if one.mean >= usual:
                found.setdefault(one.name, one)
    return tuple(sorted(found.values(), key=lambda one: -one.films))


def _decades(films: Sequence[RatedFilm]) -> dict[int, int]:
    """Return how many films each decade has, from the first to the last one, empty ones between them too."""
    years = [film.movie.year // 10 * 10 for film in films if film.movie.year is not None]
    return {decade: years.count(decade) for decade in range(min(years), max(years) + 10, 10)} if years else {}


def _saying_most(films: Sequence[RatedFilm], genres: Sequence[Liking], tags: Sequence[Liking]) -> tuple[RatedFilm, ...]:
    """Return films of most stars, those first that bear what is rated best; one of a series."""
    scores = {one.name: one.score for one in (*genres, *tags)}

    def key(film: RatedFilm) -> tuple[float, float, int]:
        borne = [scores[name] for name in (*_genres(film), *_tags(film)) if name in scores]
        return -film.stars.value, -(fmean(borne) if borne else 0.0), film.movie.id

    chosen: dict[object, RatedFilm] = {}
    for film in sorted(films, key=key):
        chosen.setdefault((film.starter.series if film.starter else "") or film.movie.id, film)
    return tuple(chosen.values())[:_SAYING_FILMS]


def _genres(film: RatedFilm) -> tuple[str, ...]:
    return film.movie.genres


def _tags(film: RatedFilm) -> tuple[str, ...]:
    return film.starter.tags if film.starter else ()


def _directors(film: RatedFilm) -> tuple[str, ...]:
    return film.facts.directors


def _cast(film: RatedFilm) -> tuple[str, ...]:
    return film.facts.cast
