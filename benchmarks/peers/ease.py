"""EASE: a linear item-to-item model in closed form (Steck 2019, "Embarrassingly Shallow Autoencoders", section 3.1).

Genres as further rows of what it is learned from, as if people liked all films of one, are collective EASE (Jeunen, Van
Balen and Goethals 2020, "Closed-Form Models for Collaborative Filtering with Side-Information", section 3.1).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from benchmarks.peers.floored import over_floor
from benchmarks.peers.once import once
from benchmarks.peers.peer import Peer, TastePeer
from benchmarks.peers.tastes import corpus_tastes, most_liked
from recommender.data.catalogue import Catalogue
from recommender.data.corpus import Corpus
from recommender.evaluation.registry import Hyperparameters, RankerEntry

# The dense inverse of more movies than this takes minutes; the rest keep the floor's order.
MOST_MOVIES = 8_000


PENALTIES = (100.0, 300.0, 1000.0, 3000.0, 10000.0, 30000.0, 100000.0)


class Ease(TastePeer):
    """Scores a person's row times the learned weights."""

    def __init__(self, corpus: Corpus, settings: Hyperparameters) -> None:
        super().__init__(corpus, likes_only=True)
        learned = {"penalty": settings["penalty"], "genre_rows": settings.get("genre_rows", 0.0)}
        self._kept, self._weights = once(_learn, corpus, **learned)

    def score_tastes(self, tastes: csr_matrix) -> NDArray[np.floating]:
        scores = np.zeros(tastes.shape)
        scores[:, self._kept] = tastes[:, self._kept] @ self._weights
        return scores


def _learn(corpus: Corpus, *, penalty: float, genre_rows: float) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the movies kept and the weights among them.  (kept,), (kept, kept)"""
    tastes = corpus_tastes(corpus, likes_only=True)
    kept = most_liked(tastes, fewest=2, most=MOST_MOVIES)
    gram = (tastes[:, kept].T @ tastes[:, kept]).toarray()  # (kept, kept)
    rows = Catalogue(corpus.movies).genres[kept].astype(np.float64)  # (kept, genres)
    return kept, ease_weights(gram + genre_rows * rows @ rows.T, penalty)


def ease_weights(gram: NDArray[np.float64], penalty: float) -> NDArray[np.float64]:
    """Return B, the weights with zero diagonal that best rebuild the tastes whose Gram matrix this is.

    Args:
        gram: (movies, movies), as is the answer
    """
    gram = gram.copy()
    gram[np.diag_indices_from(gram)] += penalty
    inverse = np.linalg.inv(gram)
    weights: NDArray[np.float64] = inverse / -np.diag(inverse)
    np.fill_diagonal(weights, 0)
    return weights


def fit_ease_with_genres(corpus: Corpus, settings: Hyperparameters) -> Peer:
    """Fit it with genres as rows, alone or over the floor."""
    return over_floor(corpus, Ease(corpus, settings), settings["weight"])


EASE = RankerEntry(Ease, [{"penalty": penalty} for penalty in PENALTIES])
EASE_WITH_GENRES = RankerEntry(
    fit_ease_with_genres,
    [
        {"penalty": penalty, "genre_rows": rows, "weight": weight}
        for penalty in (300.0, 1000.0, 3000.0, 10000.0)
        for rows in (0.1, 1.0, 10.0)
        for weight in (None, 2.0, 4.0, 8.0)
    ],
)
