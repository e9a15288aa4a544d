"""Popularity in genres plus a collaborative score: the strongest simple peers at a few ratings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.ials import Ials
from benchmarks.peers.item_knn import ItemKnn
from benchmarks.peers.peer import Peer, TastePeer
from recommender.contenders import Contender, Settings
from recommender.corpus import Corpus
from recommender.domain import Profile


class Blend(Peer):
    """The floor plus a weight times the other's scores, each person's best of which is 1."""

    def __init__(self, corpus: Corpus, other: TastePeer, weight: float) -> None:
        super().__init__(corpus)
        self._other, self._weight = other, weight

    def score_many(self, profiles: Sequence[Profile]) -> NDArray[np.float32]:
        evidence = self._other.evidence(profiles)  # (people, movies)
        best = np.maximum(evidence.max(axis=1, keepdims=True), 1e-9)  # (people, 1)
        scores: NDArray[np.float32] = self._other.floor(profiles) + (self._weight * evidence / best).astype(np.float32)
        return scores


def fit_genres_and_ials(corpus: Corpus, settings: Settings) -> Blend:
    """Fit iALS for the blend."""
    return Blend(corpus, Ials(corpus, settings), settings["weight"])


def fit_genres_and_item_knn(corpus: Corpus, settings: Settings) -> Blend:
    """Fit neighbours for the blend."""
    return Blend(corpus, ItemKnn(corpus, settings), settings["weight"])


WEIGHTS = (1.0, 2.0, 4.0, 8.0)
IALS_GRID: list[Settings] = [
    {"factors": factors, "regularization": 10.0, "alpha": alpha, "weight": weight}
    for factors in (16, 64)
    for alpha in (0.5, 1.0, 4.0)
    for weight in WEIGHTS
]
KNN_GRID: list[Settings] = [
    {"kind": "cosine", "shrink": shrink, "neighbours": 2500, "weight": weight}
    for shrink in (0, 10, 30, 100)
    for weight in WEIGHTS
]
GENRES_AND_IALS = Contender(fit_genres_and_ials, IALS_GRID)
GENRES_AND_ITEM_KNN = Contender(fit_genres_and_item_knn, KNN_GRID)
