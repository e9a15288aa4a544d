"""Corpora small enough to compute by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from recommender.data.corpus import Corpus, build_corpus
from recommender.domain import GENRES, Movie, MovieId


def toy_movies(count: int) -> list[Movie]:
    """Return movies with ids 100, 101, ... and one genre each, in the order of GENRES, round and round."""
    return [
        Movie(MovieId(100 + row), f"Film {row}", 1950 + row % 70, (GENRES[row % len(GENRES)],)) for row in range(count)
    ]


def toy_corpus(movie_count: int, people: Mapping[int, Sequence[tuple[int, float]]]) -> Corpus:
    """Build a corpus from (movie row, stars) pairs in time order; the file order is the reverse."""
    rows = [
        (user, 100 + row, stars, place)
        for user, ratings in people.items()
        for place, (row, stars) in enumerate(ratings)
    ]
    columns = np.array(rows[::-1], dtype=np.float64)
    users, movies, times = (columns[:, place].astype(np.int64) for place in (0, 1, 3))
    return build_corpus(toy_movies(movie_count), users, movies, columns[:, 2], times)
