"""The catalogue as importers see it: movies with what other catalogues call them, read and written as a whole."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from bot.catalogue.starter import StarterFilm, load_imdb_ids, load_starter_films
from recommender.domain import Movie, MovieId

# Ids below are the starter file's, which may grow; imported films get theirs from here on.
FIRST_IMPORTED_ID: Final = 100_000
# The log odds that somebody of a crowd has rated a film of this popularity (0 to 100): 0.3 % of them at 10, 5 % at 50,
# 60 % at 100. One scale for starter and imported films.
_ODDS_AT_0, _ODDS_PER_POINT = -6.5, 0.07


@dataclass(frozen=True, slots=True)
class KnownMovie:
    """A movie of the catalogue; ids of others are None where unknown, never guessed.

    Attributes:
        imdb_id: such as "tt0113277".
        movielens_id: as in the releases from 1m on (100k numbers films its own way).
        popularity: share of a crowd that has rated it, 0 to 1.
    """

    movie: Movie
    imdb_id: str | None = None
    tmdb_id: int | None = None
    movielens_id: int | None = None
    popularity: float | None = None


class CatalogueWriter(Protocol):
    """Where importers read and put movies; storage stands behind it."""

    def movies(self) -> Sequence[KnownMovie]:
        """Return the whole catalogue."""
        ...

    def add(self, movies: Sequence[KnownMovie]) -> None:
        """Store these movies, all or none; a stored id is brought up to date, and None erases nothing."""
        ...


def starter_movies(beside: Iterable[KnownMovie] = ()) -> list[KnownMovie]:
    """Return the starter catalogue as known movies.

    Args:
        beside: movies of the catalogue; an id at IMDb that one of another number bears is that one's.
    """
    bearer = {known.imdb_id: known.movie.id for known in beside}
    return [_known(film, bearer) for film in load_starter_films()]


def rating_share(popularity: float) -> float:
    """Return the share of a crowd that has rated a film of this popularity, 0 to 100, about."""
    return 1 / (1 + math.exp(-(_ODDS_AT_0 + _ODDS_PER_POINT * popularity)))


def next_imported_id(movies: Sequence[KnownMovie]) -> MovieId:
    """Return the lowest id free for an imported film."""
    return MovieId(max([FIRST_IMPORTED_ID - 1, *(known.movie.id for known in movies)]) + 1)


def _known(film: StarterFilm, bearer: Mapping[str | None, MovieId]) -> KnownMovie:
    imdb_id = load_imdb_ids().get(film.movie.id)
    is_free = bearer.get(imdb_id, film.movie.id) == film.movie.id
    return KnownMovie(film.movie, imdb_id=imdb_id if is_free else None, popularity=rating_share(film.popularity))
