"""Which films of the catalogue a file speaks of: all of its rows looked up at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.histories import Entry, Pace, find_film
from bot.service.service import Service
from bot.storage import CatalogueMovie, Tx
from recommender.domain import MovieId


def find_movies(service: Service, entries: Sequence[Entry], pace: Pace) -> list[MovieId | None]:
    """Return the film of each row, None where none is known or sure."""
    linked = _Linked(service.store.read(lambda tx: _bearing(tx, entries)))
    named = [_named(service, entry, pace) for entry in entries]
    wanted = {movie_id for called, headed in named for movie_id in (*called, *headed)}
    movies = {one.movie.id: one for one in service.store.read(lambda tx: tx.movies.entries(sorted(wanted)))}

    def movies_of(ids: Sequence[MovieId]) -> list[CatalogueMovie]:
        return [movies[movie_id] for movie_id in ids if movie_id in movies]

    found: list[MovieId | None] = []
    for entry, (called, headed) in zip(entries, named, strict=True):
        pace.step()
        film = find_film(entry, linked=linked.of(entry), called=movies_of(called), headed=movies_of(headed))
        found.append(film)
    return found


def _named(service: Service, entry: Entry, pace: Pace) -> tuple[list[MovieId], list[MovieId]]:
    """Return the films that bear a row's title, and those whose title begins with it."""
    pace.step()
    titles = [title for title in dict.fromkeys((entry.title, entry.original_title)) if title]
    called = dict.fromkeys(movie_id for title in titles for movie_id in service.titles.called(title))
    return list(called), service.titles.headed(entry.title) if entry.title else []


def _bearing(tx: Tx, entries: Sequence[Entry]) -> list[CatalogueMovie]:
    """Return the films that bear one of the numbers in a file."""
    ours = [entry.movie_id for entry in entries if entry.movie_id]
    theirs = tx.movies.bearing(
        imdb_ids=[entry.imdb_id for entry in entries if entry.imdb_id],
        tmdb_ids=[entry.tmdb_id for entry in entries if entry.tmdb_id],
        movielens_ids=[entry.movielens_id for entry in entries if entry.movielens_id],
    )
    return [*tx.movies.entries(ours), *theirs]


_SCHEMES: Final = ("ours", "imdb", "tmdb", "movielens")


class _Linked:
    """Films by their numbers, here and elsewhere."""

    def __init__(self, movies: Sequence[CatalogueMovie]) -> None:
        self._by_number: dict[tuple[str, object], CatalogueMovie] = {}
        for one in movies:
            numbers = (one.movie.id, one.imdb_id, one.tmdb_id, one.movielens_id)
            for key in zip(_SCHEMES, numbers, strict=True):
                if key[1] is not None:
                    self._by_number[key] = one

    def of(self, entry: Entry) -> list[CatalogueMovie]:
        """Return the films that bear a row's numbers, the surest first."""
        numbers = (entry.movie_id, entry.imdb_id, entry.tmdb_id, entry.movielens_id)
        keys = zip(_SCHEMES, numbers, strict=True)
        return [self._by_number[key] for key in keys if key in self._by_number]
