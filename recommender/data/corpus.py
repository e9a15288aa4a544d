"""A corpus: films and people's ratings as arrays, in the order the measuring protocol fixes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.data.content import Content
from recommender.domain import LIKE, Movie
from recommender.errors import CorpusError

# Equal times within a person are ordered by this generator in file order (docs/quality.md, protocol).
TIE_SEED = 7
# 2100 in seconds: what lies beyond is no time, or milliseconds.
LATEST_TIME = 4_102_444_800


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """Ratings grouped by person and ordered by time; people sorted by id, movies in the order given.

    Attributes:
        movies: one per movie row.
        user_ids: external ids, ascending.  (users,)
        starts: ratings of user row u are starts[u]:starts[u+1].  (users + 1,)
        movie_rows: row into `movies`.  (ratings,)
        stars: 0.5 to 5.0.  (ratings,)
        times: seconds since 1970 UTC.  (ratings,)
        content: what is known of the films besides, where anything is.
    """

    movies: tuple[Movie, ...]
    user_ids: NDArray[np.int64]
    starts: NDArray[np.int64]
    movie_rows: NDArray[np.int32]
    stars: NDArray[np.float32]
    times: NDArray[np.int64]
    content: Content | None = None

    @property
    def user_count(self) -> int:
        return len(self.user_ids)

    @property
    def rating_count(self) -> int:
        return len(self.movie_rows)

    @property
    def user_rows(self) -> NDArray[np.int32]:
        """Return the user row of each rating.  (ratings,)"""
        return np.repeat(np.arange(self.user_count, dtype=np.int32), np.diff(self.starts))

    @property
    def places(self) -> NDArray[np.int64]:
        """Return how many ratings of the same person come before each rating.  (ratings,)"""
        return np.arange(self.rating_count) - np.repeat(self.starts[:-1], np.diff(self.starts))

    @property
    def likes(self) -> NDArray[np.bool_]:
        """Return which ratings are likes.  (ratings,)"""
        return self.stars >= LIKE.value

    def of_user(self, user_row: int) -> slice:
        """Return the slice of one person's ratings, oldest first."""
        return slice(int(self.starts[user_row]), int(self.starts[user_row + 1]))

    def only(self, user_rows: NDArray[np.integer]) -> Corpus:
        """Return the corpus of these people alone, all films kept, people in ascending order."""
        rows = np.unique(np.asarray(user_rows, dtype=np.int64))
        lengths = np.diff(self.starts)[rows]  # (kept users,)
        starts = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
        kept = np.repeat(self.starts[rows] - starts[:-1], lengths) + np.arange(starts[-1])  # (kept ratings,)
        return self._of(self.user_ids[rows], starts, kept)

    def keeping(self, kept: NDArray[np.bool_]) -> Corpus:
        """Return the corpus of these ratings alone, all films kept; people left without any are left out.

        Args:
            kept: which ratings stay.  (ratings,)
        """
        ends = np.concatenate(([0], np.cumsum(kept)))[self.starts]  # (users + 1,)
        staying = np.diff(ends) > 0
        starts = np.concatenate(([0], ends[1:][staying])).astype(np.int64)
        return self._of(self.user_ids[staying], starts, kept)

    def knowing(self, content: Content | None) -> Corpus:
        """Return the corpus with this known of its films."""
        return replace(self, content=content)

    def _of(self, user_ids: NDArray[np.int64], starts: NDArray[np.int64], kept: NDArray[Any]) -> Corpus:
        """Return these people with those of the ratings."""
        rows, stars, times = (column[kept] for column in (self.movie_rows, self.stars, self.times))
        return Corpus(self.movies, user_ids, starts, rows, stars, times, self.content)


def build_corpus(
    movies: Sequence[Movie],
    user_ids: NDArray[np.integer],
    movie_ids: NDArray[np.integer],
    stars: NDArray[np.floating],
    times: NDArray[np.integer],
) -> Corpus:
    """Build a corpus from parallel rating columns in file order.  (ratings,) each

    A person's second rating of a movie replaces the first: the newest time wins, the later row among equals.

    Raises:
        CorpusError: columns of unequal length, no movie or no rating, stars off the scale, a time before 1970 or after
            2100, or an unknown movie.
    """
    _check_columns(movies, user_ids, movie_ids, stars, times)
    ids = np.array([movie.id for movie in movies], dtype=np.int64)
    by_id = np.argsort(ids, kind="stable")
    places = np.searchsorted(ids[by_id], movie_ids)
    rows = by_id[np.minimum(places, len(ids) - 1)].astype(np.int32)
    unknown = ids[rows] != movie_ids
    if unknown.any():
        raise CorpusError(f"every rated movie must be in the catalogue. Received: movie {movie_ids[unknown][0]}")
    tie = np.random.default_rng(TIE_SEED).random(len(rows))
    order = np.lexsort((tie, times, user_ids))
    order = order[is_newest_of_its_pair(user_ids, rows, times)[order]]
    users, lengths = np.unique(user_ids[order], return_counts=True)
    return Corpus(
        movies=tuple(movies),
        user_ids=users.astype(np.int64),
        starts=np.concatenate(([0], np.cumsum(lengths))).astype(np.int64),
        movie_rows=rows[order],
        stars=stars[order].astype(np.float32),
        times=times[order].astype(np.int64),
    )


def corpus_digest(corpus: Corpus) -> str:
    """Return the SHA-256 of all that a corpus holds, the same on every machine; reports name their data by it."""
    digest = hashlib.sha256()
    for movie in corpus.movies:
        digest.update(repr((int(movie.id), movie.title, movie.year, movie.genres)).encode())
    for column in (corpus.user_ids, corpus.starts, corpus.movie_rows, corpus.stars, corpus.times):
        digest.update(column.astype(column.dtype.newbyteorder("<")).tobytes())
    return digest.hexdigest()


def off_scale(stars: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Return which stars are not 0.5 to 5.0 in steps of 0.5.  any shape"""
    on_scale: NDArray[np.bool_] = (stars >= 0.5) & (stars <= 5.0) & (stars * 2 == np.floor(stars * 2))
    return ~on_scale


def off_calendar(times: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Return which times are not seconds since 1970, before 2100.  any shape"""
    return (times < 0) | (times > LATEST_TIME)


def _check_columns(
    movies: Sequence[Movie],
    user_ids: NDArray[np.integer],
    movie_ids: NDArray[np.integer],
    stars: NDArray[np.floating],
    times: NDArray[np.integer],
) -> None:
    lengths = {len(user_ids), len(movie_ids), len(stars), len(times)}
    if len(lengths) != 1:
        raise CorpusError(f"rating columns must have one length. Received: {sorted(lengths)}")
    if not movies or lengths == {0}:
        raise CorpusError(f"a corpus needs movies and ratings. Received: {len(movies)} movies, {len(stars)} ratings")
    odd_stars, odd_times = off_scale(stars), off_calendar(times)
    if odd_stars.any():
        raise CorpusError(f"stars must be 0.5 to 5.0 in steps of 0.5. Received: {stars[odd_stars][0]}")
    if odd_times.any():
        raise CorpusError(f"times must be seconds since 1970, before 2100. Received: {times[odd_times][0]}")


def is_newest_of_its_pair(
    users: NDArray[np.integer], rows: NDArray[np.int32], times: NDArray[np.integer]
) -> NDArray[np.bool_]:
    """Return which ratings are the newest of their (user, movie) pair, the later row among equals.  (ratings,)"""
    pairs = users.astype(np.int64) * (int(rows.max()) + 1) + rows
    order = np.lexsort((times, pairs))  # stable: file order among equals
    newest = np.empty(len(pairs), dtype=np.bool_)
    newest[order] = np.append(np.diff(pairs[order]) != 0, True)
    return newest
