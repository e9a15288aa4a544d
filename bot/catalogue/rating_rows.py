"""Ratings as parallel columns in file order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.data.corpus import Corpus, build_corpus, is_newest_of_its_pair
from recommender.domain import Movie


@dataclass(frozen=True, slots=True, eq=False)
class RatingRows:
    """Ratings in file order, which the measuring protocol's tie order depends on.

    Attributes:
        user_ids: external ids.  (ratings,)
        movie_ids: ids of whatever catalogue they came with.  (ratings,)
        stars: 0.5 to 5.0.  (ratings,)
        times: seconds since 1970 UTC.  (ratings,)
    """

    user_ids: NDArray[np.int32]
    movie_ids: NDArray[np.int32]
    stars: NDArray[np.float32]
    times: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.user_ids)

    def keeping(self, kept: NDArray[np.bool_]) -> RatingRows:
        """Return these ratings alone.  kept: (ratings,)"""
        return RatingRows(self.user_ids[kept], self.movie_ids[kept], self.stars[kept], self.times[kept])

    def newest(self) -> RatingRows:
        """Return one rating per person and film: the newest, the later row among equals; file order is kept."""
        pairs = self.user_ids.astype(np.int64) << 32 | self.movie_ids.astype(np.int64)
        if len(np.unique(pairs)) == len(pairs):
            return self
        return self.keeping(is_newest_of_its_pair(self.user_ids, self.movie_ids, self.times))

    def build(self, movies: tuple[Movie, ...]) -> Corpus:
        """Build the corpus of these ratings over these movies."""
        return build_corpus(movies, self.user_ids, self.movie_ids, self.stars, self.times)
