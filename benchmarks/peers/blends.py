"""Popularity in genres plus a collaborative score: the strongest simple peers at a few ratings."""

from __future__ import annotations

from benchmarks.peers.floored import Blend
from benchmarks.peers.ials import Ials
from benchmarks.peers.item_knn import ItemKnn
from recommender.data.corpus import Corpus
from recommender.evaluation.registry import Hyperparameters, RankerEntry


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
