"""A scorer with one wish."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.domain import Profile


@dataclass(frozen=True, slots=True)
class Wanted:
    """Puts one of so many movies first."""

    movies: int
    row: int

    def score(self, profile: Profile) -> NDArray[np.float32]:
        scores = np.zeros(self.movies, dtype=np.float32)
        scores[self.row] = 1
        return scores
