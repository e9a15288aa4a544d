"""Which films are as the parts of a wish say: by what is known of them besides title, year and genres."""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cached_property
from typing import Final

from bot.catalogue.film_facts import facts_of
from bot.catalogue.people_names import PeopleNames
from bot.catalogue.series_names import base_name
from bot.catalogue.starter import StarterFilm, find_starter_film, load_studios
from bot.facts import NO_FACTS, FilmFacts
from bot.wanted import GENRES, YEARS, Part
from recommender.domain import Movie, MovieId

# What tones are, by the tags of the starter. Who wins against all odds uplifts, which need not be light.
TONES: Final = {
    "light": ("feel-good", "whimsical", "quirky", "zany", "witty", "slapstick", "screwball", "spooky fun"),
    "dark": ("bleak", "gritty", "brutal", "disturbing", "eerie", "dark humour", "neo-noir"),
    "sad": ("tear-jerker", "melancholic", "bleak", "grief", "Holocaust"),
}
# What films of a tone do not have, unless they have its first tag: a quirky film about grief is not light.
_CONTRARY: Final = {"light": ("dark", "sad")}
# CLDR codes of parts of the world, as far as films of the starter are from there.
AREAS: Final = {
    "150": "GB FR DE IT ES SE BE IE DK PL SU AT NL CH RU NO HU CZ CS YU GR FI RO LU BA MK UA LV DD PT",
    "142": "JP HK CN IN KR IR TW TH TR PS IL VN AF IQ AE ID LA LB SY SA PK",
    "154": "SE DK NO FI IS",
    "419": "MX BR AR CU CL CO PE VE JM",
    "002": "ZA SN DZ ML EG BW BF MR CD ZM KE TD NG",
}
# A fifth of the starter's films are liked so well by those who saw them, and nearly a third known so well.
BEST: Final = 79
POPULAR: Final = 59
# What films are like each other in, and how much beside how rare it is: few films share an actor, whatever they are
# about; that they speak one language or are as well known makes no two alike.
_ALIKE_IN: Final = {"tag": 1.0, "genre": 1.0, "director": 0.5, "cast": 0.3}
# For whom films are, by the ages of the starter.
AGES: Final = {"family": ("family",), "teen": ("family", "teen"), "adult": ("teen", "adult")}


class ContentIndex:
    """Films by tags, people, countries, languages, age, runtime and fame; what is not known of a film it is not."""

    def __init__(self, movies: Iterable[Movie], found: Mapping[MovieId, FilmFacts] | None = None) -> None:
        """Gather it.

        Args:
            found: facts from elsewhere, by film; the starter's own go before them.
        """
        self._bearing: dict[tuple[str, str], set[MovieId]] = defaultdict(set)
        self._runtimes: dict[MovieId, int] = {}
        self._directors: dict[MovieId, str] = {}
        self._years: dict[MovieId, int] = {}
        for movie in movies:
            if movie.year is not None:
                self._years[movie.id] = movie.year
            for genre in movie.genres:
                self._bearing["genre", genre].add(movie.id)
            facts = facts_of(movie, (found or {}).get(movie.id, NO_FACTS))
            if facts.runtime_min is not None:
                self._runtimes[movie.id] = facts.runtime_min
            if facts.directors:
                self._directors[movie.id] = facts.directors[0]
            for feature in (*_features_of_facts(facts), *_features_of_starter(find_starter_film(movie))):
                self._bearing[feature].add(movie.id)
        films_of = Counter[str]()
        for (kind, name), ids in self._bearing.items():
            if kind in ("director", "cast"):
                films_of[name] += len(ids)
        self.people = PeopleNames(films_of, {name for kind, name in self._bearing if kind == "director"})

    def runtime(self, movie_id: MovieId) -> int | None:
        return self._runtimes.get(movie_id)

    def director_of(self, movie_id: MovieId) -> str | None:
        """Return who directed a film, the first of several; None where nobody is known."""
        return self._directors.get(movie_id)

    def has_role(self, name: str, role: str) -> bool:
        """Tell whether somebody is known to have directed (`director`) or played (`cast`)."""
        return (role, name) in self._bearing

    def among(self, parts: Iterable[Part]) -> frozenset[MovieId] | None:
        """Return the films that have every wanted part; None where all films do."""
        wanted = [self._having(part) for part in parts if part.is_wanted and _is_filter(part)]
        return frozenset(set.intersection(*wanted)) if wanted else None

    def apart(self, parts: Iterable[Part]) -> frozenset[MovieId]:
        """Return the films that have a part that is not wanted."""
        return frozenset().union(*(self._having(part) for part in parts if not part.is_wanted and _is_filter(part)))

    def alike(self, movie_id: MovieId, count: int, among: Set[MovieId] | None = None) -> frozenset[MovieId]:
        """Return the films that share most with one, what is rare counting more; none where only its genres are known.

        Cosines of inverse document frequencies (Sparck Jones 1972).

        Args:
            among: which films come into question; None for all.
        """
        shared = Counter[MovieId]()
        kinds = set[str]()
        for feature, weight in self._rarity.items():
            ids = self._bearing[feature]
            if movie_id in ids:
                kinds.add(feature[0])
                shared.update(dict.fromkeys(ids, weight**2))
        shared.pop(movie_id, None)
        if kinds <= {"genre"}:
            return frozenset()
        asked = shared if among is None else {other: shared[other] for other in shared.keys() & among}
        cosines = {other: weight / self._lengths[other] for other, weight in asked.items()}
        return frozenset(heapq.nlargest(count, cosines, key=lambda other: (cosines[other], -other)))

    @cached_property
    def _rarity(self) -> dict[tuple[str, str], float]:
        """Return what each feature weighs in which films are like each other."""
        films = {feature: len(ids) for feature, ids in self._bearing.items() if feature[0] in _ALIKE_IN}
        most = 1 + max(films.values(), default=0)
        return {one: _ALIKE_IN[one[0]] * math.log(most / count) for one, count in films.items() if count > 1}

    @cached_property
    def _lengths(self) -> dict[MovieId, float]:
        squares = defaultdict[MovieId, float](float)
        for feature, weight in self._rarity.items():
            for movie_id in self._bearing[feature]:
                squares[movie_id] += weight**2
        return {movie_id: math.sqrt(square) for movie_id, square in squares.items()}

    def _having(self, part: Part) -> set[MovieId]:
        if part.kind == "runtime":
            return {movie_id for movie_id, minutes in self._runtimes.items() if _is_within(minutes, part.ends)}
        if part.kind == YEARS:
            return {movie_id for movie_id, year in self._years.items() if _is_within(year, part.ends)}
        if part.kind == GENRES:
            return set.intersection(*(self._bearing["genre", genre] for genre in part.values))
        if part.kind == "like":
            return {MovieId(int(value)) for value in part.values}
        found = set[MovieId]()
        for value in part.values:
            found |= self._bearing_any(_features(part.kind, value)) - self._contrary(part.kind, value)
        return found

    def _contrary(self, kind: str, value: str) -> set[MovieId]:
        """Return the films that something else speaks against."""
        against = _CONTRARY.get(value, ()) if kind == "tone" else ()
        found = self._bearing_any(feature for tone in against for feature in _features(kind, tone))
        return found - self._bearing["tag", TONES[value][0]] if found else found

    def _bearing_any(self, features: Iterable[tuple[str, str]]) -> set[MovieId]:
        return set[MovieId]().union(*(self._bearing.get(feature, ()) for feature in features))


def _is_within(number: int, ends: tuple[int | None, int | None]) -> bool:
    least, most = ends
    return (least is None or number >= least) and (most is None or number <= most)


def _is_filter(part: Part) -> bool:
    """Tell whether what is known of films tells of a part; not of a turn of the dial, likeness, or what one keeps."""
    return not (part.kind == "like" and part.is_wanted) and part.values != ("hidden",) and part.kind != "own"


def _features(kind: str, value: str) -> Iterator[tuple[str, str]]:
    """Yield the features of which a film must have one."""
    if kind == "tone":
        yield from (("tag", tag) for tag in TONES[value])
    elif kind == "age":
        yield from (("age", age) for age in AGES[value])
    elif kind == "area":
        yield from (("country", code) for code in AREAS[value].split())
    elif kind == "person":
        yield from (("director", value), ("cast", value))
    else:
        yield kind, value


def _features_of_facts(facts: FilmFacts) -> Iterator[tuple[str, str]]:
    yield from (("director", name) for name in facts.directors)
    yield from (("cast", name) for name in facts.cast)
    yield from (("country", code) for code in facts.countries)


def _features_of_starter(film: StarterFilm | None) -> Iterator[tuple[str, str]]:
    if film is None:
        return
    yield from (("tag", tag) for tag in film.tags)
    yield from (("language", code) for code in film.languages[:1])
    yield "age", film.age
    yield from (("studio", name) for name in load_studios().get(film.movie.id, ()))
    if film.series:
        yield "series", base_name(film.series)
    if film.acclaim >= BEST:
        yield "order", "best"
    if film.popularity >= POPULAR:
        yield "order", "popular"
