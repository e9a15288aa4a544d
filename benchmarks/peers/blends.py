"""Popularity in genres plus a collaborative score: the strongest simple peers at a few ratings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.ials import Ials
from benchmarks.peers.item_knn import ItemKnn
from benchmarks.peers.peer import Peer, TastePeer
from recommender.data.corpus import Corpus
from recommender.domain import Profile
from recommender.evaluation.registry import Hyperparameters, RankerEntry


class Blend(Peer):
    """A floor, the other's own unless given, plus a weight times its scores: as they are or each person's best as 1."""

    def __init__(
        self, corpus: Corpus, other: TastePeer, weight: float, *, is_scaled: bool, floor: Peer | None = None
    ) -> None:
        super().__init__(corpus)
        self._other, self._weight, self._is_scaled = other, weight, is_scaled
        self._floor = other.floor if floor is None else floor.score_many

    def score_many(self, profiles: Sequence[Profile]) -> NDArray[np.float32]:
        evidence = self._other.evidence(profiles)  # (people, movies)
        if self._is_scaled:
            evidence = evidence / np.maximum(evidence.max(axis=1, keepdims=True), 1e-9)
        scores: NDArray[np.float32] = (self._floor(profiles) + self._weight * evidence).astype(np.float32)
        return scores


def over_floor(corpus: Corpus, peer: TastePeer, weight: float | None) -> Peer:
    """Return a peer over popularity in genres, each person's best as one time the weight; alone without a weight."""
    return peer if weight is None else Blend(corpus, peer, weight, is_scaled=True)


def fit_genres_and_ials(corpus: Corpus, settings: Hyperparameters) -> Blend:
    """Fit iALS for the blend; its scores grow with what is known, so they stay as they are."""
    return Blend(corpus, Ials(corpus, settings), settings["weight"], is_scaled=False)


def fit_genres_and_item_knn(corpus: Corpus, settings: Hyperparameters) -> Blend:
    """Fit neighbours for the blend."""
    return Blend(corpus, ItemKnn(corpus, settings), settings["weight"], is_scaled=True)


IALS_GRID: list[Hyperparameters] = [
    {"factors": 64, "regularization": regularization, "alpha": alpha, "weight": weight}
    for regularization, alpha in ((1.0, 4.0), (1.0, 10.0), (10.0, 1.0), (10.0, 4.0), (100.0, 10.0))
    for weight in (2.0, 4.0, 8.0, 16.0, 32.0)
]
KNN_GRID: list[Hyperparameters] = [
    {"kind": "cosine", "shrink": shrink, "neighbours": 2500, "weight": weight}
    for shrink in (0, 10, 30, 100, 300)
    for weight in (1.0, 2.0, 4.0, 8.0, 16.0)
]
GENRES_AND_IALS = RankerEntry(fit_genres_and_ials, IALS_GRID)
GENRES_AND_ITEM_KNN = RankerEntry(fit_genres_and_item_knn, KNN_GRID)
