"""What is known of films as the recommender takes it: the starter's facts, for every film that is one of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.catalogue.film_rows import FilmRow
from bot.catalogue.known_movies import starter_movies
from bot.catalogue.matching import match_films
from bot.catalogue.starter import StarterFilm, find_starter_film
from bot.catalogue.tag_rows import TagRows
from recommender.data.content import Content, build_content
from recommender.domain import Movie


def content_of(movies: Sequence[Movie], tags: TagRows | None = None) -> Content:
    """Return what is known of movies under our own ids: what the starter says, and tags that people gave them."""
    given = defaultdict[int, list[str]](list)
    if tags:
        for movie_id, name in zip(tags.movie_ids.tolist(), tags.names.tolist(), strict=True):
            given[movie_id].append(f"tag:{name}")
    return build_content([[*features_of(find_starter_film(movie)), *given[movie.id]] for movie in movies])


def content_of_release(films: Sequence[FilmRow]) -> Content:
    """Return what is known of a release's films, matched as an import matches them."""
    matched = match_films(films, starter_movies(), [0.0] * len(films), shared_ids=True)
    return content_of([known.movie for known in matched.movies])


def features_of(film: StarterFilm | None) -> list[str]:
    """Return the features of a film, each its kind and its name: what it is about, who made it, where and for whom."""
    return [] if film is None else [f"{kind}:{name}" for kind, name in _name_features(film)]


def _name_features(film: StarterFilm) -> Iterator[tuple[str, str]]:
    yield from (("tag", name) for name in film.tags)
    yield from (("director", name) for name in film.directors)
    yield from (("cast", name) for name in film.cast)
    yield from (("country", code) for code in film.countries)
    yield from (("language", code) for code in film.languages[:1])
    yield ("age", film.age)
    if film.series:
        yield ("series", film.series)
