"""The films a recommender chooses from, indexed for masks: what a person's list may hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.domain import GENRES, Filters, Movie, MovieId, Profile

_COLUMN: Final = {genre: column for column, genre in enumerate(GENRES)}


class Catalogue:
    """Movies with their row, genres and year as arrays.

    Attributes:
        movies: one per row.
        row_of: the row of each movie id.
        genres: which genres each movie has, columns as in GENRES.  (movies, genres)
    """

    def __init__(self, movies: Sequence[Movie]) -> None:
        self.movies: tuple[Movie, ...] = tuple(movies)
        self.row_of: dict[MovieId, int] = {movie.id: row for row, movie in enumerate(self.movies)}
        self.genres: NDArray[np.bool_] = _genre_table(self.movies)
        self._by_genre = np.ascontiguousarray(self.genres.T)  # (genres, movies): masks read whole columns
        self._years = np.array([np.nan if movie.year is None else movie.year for movie in self.movies])

    def __len__(self) -> int:
        return len(self.movies)

    def rows(self, ids: Iterable[MovieId]) -> NDArray[np.int64]:
        """Return the rows of those ids that are in the catalogue."""
        return np.array([self.row_of[movie_id] for movie_id in ids if movie_id in self.row_of], dtype=np.int64)

    def mask(self, ids: Iterable[MovieId]) -> NDArray[np.bool_]:
        """Return which movies have one of these ids.  (movies,)"""
        mask = np.zeros(len(self.movies), dtype=np.bool_)
        mask[self.rows(ids)] = True
        return mask

    def counts(self, counted: Mapping[MovieId, int]) -> NDArray[np.int64]:
        """Return how often each movie was counted.  (movies,)"""
        counts = np.zeros(len(self.movies), dtype=np.int64)
        counts[self.rows(counted)] = [count for movie_id, count in counted.items() if movie_id in self.row_of]
        return counts

    def with_genres(self, genres: Iterable[str]) -> NDArray[np.bool_]:
        """Return which movies have at least one of these genres.  (movies,)"""
        return self.with_any(genre_mask(genres))

    def with_any(self, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return which movies have at least one genre of a mask.  chosen: (genres,)  ->  (movies,)"""
        return np.asarray(self._by_genre[chosen].any(axis=0))

    def unmet(self, profile: Profile, skipped: Set[MovieId] = frozenset()) -> NDArray[np.bool_]:
        """Return which movies are neither rated nor hidden nor skipped, and of no excluded genre.  (movies,)"""
        mask = ~self.with_genres(profile.excluded)
        mask[self.rows(rating.movie_id for rating in profile.ratings)] = False
        mask[self.rows(profile.hidden | skipped)] = False
        return mask

    def matching(self, filters: Filters) -> NDArray[np.bool_]:
        """Return which movies the filters let through; a movie of unknown year passes no year filter.  (movies,)"""
        mask = ~self.with_genres(filters.genres_out)
        if filters.genres_in:
            mask &= self.with_genres(filters.genres_in)
        if filters.genres_all:
            mask &= self._by_genre[genre_mask(filters.genres_all)].all(axis=0)
        if filters.year_from is not None:
            mask &= self._years >= filters.year_from
        if filters.year_to is not None:
            mask &= self._years <= filters.year_to
        if filters.among is not None:
            mask &= self.mask(filters.among)
        mask[self.rows(filters.apart)] = False
        return mask


def genre_mask(genres: Iterable[str]) -> NDArray[np.bool_]:
    """Return which of GENRES are named.  (genres,)"""
    mask = np.zeros(len(GENRES), dtype=np.bool_)
    mask[[_COLUMN[genre] for genre in genres if genre in _COLUMN]] = True
    return mask


def _genre_table(movies: Sequence[Movie]) -> NDArray[np.bool_]:
    place = dict[tuple[str, ...], int]()  # films share what genres they have
    places = [place.setdefault(movie.genres, len(place)) for movie in movies]  # (movies,)
    masks = np.array([genre_mask(genres) for genres in place], dtype=np.bool_).reshape(-1, len(GENRES))
    return np.asarray(masks[np.array(places, dtype=np.intp)])
