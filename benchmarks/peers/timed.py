"""Popularity that knows when somebody asks: among ratings near that time, or the newest; alone, or with neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.floored import Blend
from benchmarks.peers.item_knn import ItemKnn
from benchmarks.peers.peer import Peer
from recommender.data.corpus import Corpus
from recommender.domain import Profile
from recommender.evaluation.registry import Hyperparameters, RankerEntry
from recommender.ranking.features import encode, years_ad

# Ratings are counted by quarters of a year.
STEP: Final = 0.25
# What the floor alone says where no rating is near: enough to order films, too little to speak against the window.
REST: Final = 0.01


class WindowPopularity(Peer):
    """Log likes near the time of asking, ratings weighed by a Gaussian in years, plus a bonus for a chosen genre.

    Nobody asks later than the last rating: then the window lies over the newest ones, as of `recent_popularity`.
    """

    def __init__(self, corpus: Corpus, settings: Hyperparameters) -> None:
        super().__init__(corpus)
        self._width, self._genre_weight = float(settings["width"]), float(settings["genre_weight"])
        years = years_ad(corpus.times[corpus.likes])
        self._first = float(years.min()) if len(years) else 0.0
        quarters = ((years - self._first) / STEP).astype(np.int64)
        counts = np.zeros((int(quarters.max(initial=0)) + 1, len(corpus.movies)), dtype=np.float32)
        np.add.at(counts, (quarters, corpus.movie_rows[corpus.likes]), 1)
        self._likes = counts  # (quarters, movies)
        self._centres = self._first + STEP * (np.arange(len(counts)) + 0.5)

    def score_many(self, profiles: Sequence[Profile]) -> NDArray[np.float32]:
        """Return one score per profile and movie.  (people, movies)"""
        people = [encode(profile, self.catalogue) for profile in profiles]
        asked = np.array([person.asked for person in people])
        until = float(self._centres[-1])
        near = np.minimum(np.where(np.isnan(asked), until, asked), until)  # (people,)
        weights = np.exp(-0.5 * ((self._centres - near[:, None]) / self._width) ** 2) + REST  # (people, quarters)
        fits = np.stack([self.catalogue.with_any(person.genres) for person in people])  # (people, movies)
        return np.asarray(np.log1p(weights @ self._likes) + self._genre_weight * fits, dtype=np.float32)


class RecentPopularity(WindowPopularity):
    """The same, whenever somebody asks, as if they asked at the end of all ratings."""

    def score_many(self, profiles: Sequence[Profile]) -> NDArray[np.float32]:
        """Return one score per profile and movie.  (people, movies)"""
        return super().score_many([Profile(genres=profile.genres) for profile in profiles])


def fit_window_and_item_knn(corpus: Corpus, settings: Hyperparameters) -> Blend:
    """Fit neighbours for a blend with popularity near the time of asking."""
    floor = WindowPopularity(corpus, settings)
    return Blend(corpus, ItemKnn(corpus, settings), settings["weight"], is_scaled=True, floor=floor)


GRID: Final[list[Hyperparameters]] = [
    {"width": width, "genre_weight": weight} for width, weight in product((0.5, 1.0, 2.0, 4.0, 8.0), (0.25, 0.5, 1.0))
]
KNN_GRID: Final[list[Hyperparameters]] = [
    {"kind": "cosine", "neighbours": 2500, "shrink": shrink, "weight": weight, "width": width, "genre_weight": 0.5}
    for shrink, weight, width in product((10, 30, 100), (2.0, 4.0, 8.0), (1.0, 2.0, 4.0, 8.0))
]
WINDOW_POPULARITY: Final = RankerEntry(WindowPopularity, GRID)
RECENT_POPULARITY: Final = RankerEntry(RecentPopularity, GRID)
WINDOW_AND_ITEM_KNN: Final = RankerEntry(fit_window_and_item_knn, KNN_GRID)
