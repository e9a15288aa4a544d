"""The ratings a model may learn from, as parallel columns."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Row


@dataclass(frozen=True, slots=True, eq=False)
class TrainingRatings:
    """Ratings of consenting people, by person and then oldest first.

    Attributes:
        user_ids: (ratings,)
        movie_ids: (ratings,)
        stars: 0.5 to 5.0.  (ratings,)
        times: seconds since 1970 UTC.  (ratings,)
    """

    user_ids: NDArray[np.int64]
    movie_ids: NDArray[np.int64]
    stars: NDArray[np.float32]
    times: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.user_ids)


def gather(rows: Iterable[Row[int, int, int, datetime]]) -> TrainingRatings:
    """Read (person, movie, half stars, time) rows into columns of 28 bytes a rating."""
    users, movies, half_stars, times = array("q"), array("q"), array("h"), array("q")
    for user, movie, halves, rated_at in rows:
        users.append(user)
        movies.append(movie)
        half_stars.append(halves)
        times.append(int(rated_at.timestamp()))
    return TrainingRatings(
        np.array(users, dtype=np.int64),
        np.array(movies, dtype=np.int64),
        np.array(half_stars, dtype=np.float32) / np.float32(2),
        np.array(times, dtype=np.int64),
    )
