"""What is known of films as the recommender takes it: the starter's facts, or what was found out of films it lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from bot.catalogue.film_rows import FilmRow
from bot.catalogue.known_movies import starter_movies
from bot.catalogue.matching import match_films
from bot.catalogue.starter import StarterFilm, find_starter_film
from bot.catalogue.tag_rows import TagRows
from bot.facts import NO_FACTS, FilmFacts
from recommender.data.content import Content, build_content
from recommender.domain import Movie, MovieId

NOTHING_FOUND: Final[Mapping[MovieId, FilmFacts]] = MappingProxyType({})


def content_of(
    movies: Sequence[Movie], tags: TagRows | None = None, found: Mapping[MovieId, FilmFacts] = NOTHING_FOUND
) -> Content:
    """Return what is known of movies under our own ids: what the starter says, and tags that people gave them.

    Args:
        found: facts from elsewhere, which count for movies that the starter lacks.
    """
    given = defaultdict[int, list[str]](list)
    if tags:
        for movie_id, name in zip(tags.movie_ids.tolist(), tags.names.tolist(), strict=True):
            given[movie_id].append(f"tag:{name}")
    known = features_of_films(movies, found)
    return build_content([[*features, *given[movie.id]] for movie, features in zip(movies, known, strict=True)])


def content_of_release(films: Sequence[FilmRow]) -> Content:
    """Return what is known of a release's films, matched as an import matches them."""
    matched = match_films(films, starter_movies(), [0.0] * len(films), shared_ids=True)
    return content_of([known.movie for known in matched.movies])


def features_of_films(movies: Iterable[Movie], found: Mapping[MovieId, FilmFacts] = NOTHING_FOUND) -> list[list[str]]:
    """Return the features of each film: what the starter says, else what was found of it."""
    return [_features_of_film(movie, found.get(movie.id, NO_FACTS)) for movie in movies]


def features_of(film: StarterFilm | None) -> list[str]:
    """Return the features of a film, each its kind and its name: what it is about, who made it, where and for whom."""
    return [] if film is None else [f"{kind}:{name}" for kind, name in _name_features(film)]


def _features_of_film(movie: Movie, facts: FilmFacts) -> list[str]:
    film = find_starter_film(movie)
    return [f"{kind}:{name}" for kind, name in _name_facts(facts)] if film is None else features_of(film)


def _name_features(film: StarterFilm) -> Iterator[tuple[str, str]]:
    yield from (("tag", name) for name in film.tags)
    yield from _name_facts(film)
    yield from (("language", code) for code in film.languages[:1])
    yield ("age", film.age)
    if film.series:
        yield ("series", film.series)


def _name_facts(facts: StarterFilm | FilmFacts) -> Iterator[tuple[str, str]]:
    """Yield what the starter and others say in the same words."""
    yield from (("director", name) for name in facts.directors)
    yield from (("cast", name) for name in facts.cast)
    yield from (("country", code) for code in facts.countries)
