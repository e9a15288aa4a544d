"""SLIM: each film's likes as a sparse sum of others' (Ning and Karypis 2011, "SLIM"), by scikit-learn's elastic net.

Of each film the most similar others alone are tried, as fsSLIM does (section IV-B of the paper).
"""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import ElasticNet

from benchmarks.peers.floored import over_floor
from benchmarks.peers.once import once
from benchmarks.peers.peer import Peer, TastePeer
from benchmarks.peers.tastes import corpus_tastes, most_liked, some_people
from recommender.data.corpus import Corpus
from recommender.evaluation.registry import Hyperparameters, RankerEntry

# A film that fewer liked has nothing to learn weights from, and keeps the floor's order.
FEWEST_LIKES = 3
MOST_MOVIES = 4_000
MOST_PASSES = 50


class Slim(TastePeer):
    """Scores a person's row times the learned weights."""

    def __init__(self, corpus: Corpus, settings: Hyperparameters) -> None:
        super().__init__(corpus, likes_only=True)
        self._weights = once(_learn, corpus, **{name: settings[name] for name in ("alpha", "l1_ratio", "neighbours")})

    def score_tastes(self, tastes: csr_matrix) -> NDArray[np.floating]:
        scores: NDArray[np.floating] = (tastes @ self._weights).toarray()
        return scores


def fit_slim(corpus: Corpus, settings: Hyperparameters) -> Peer:
    """Fit it, alone or over the floor."""
    return over_floor(corpus, Slim(corpus, settings), settings["weight"])


def _learn(corpus: Corpus, *, alpha: float, l1_ratio: float, neighbours: int) -> csr_matrix:
    """Return the weights: of which films each film's likes are made, none of itself.  (movies, movies)"""
    tastes = corpus_tastes(some_people(corpus), likes_only=True).tocsc()
    kept = most_liked(tastes, fewest=FEWEST_LIKES, most=MOST_MOVIES)
    near = nearest(tastes[:, kept], neighbours)  # (kept, neighbours)
    net = ElasticNet(
        alpha=alpha, l1_ratio=l1_ratio, positive=True, fit_intercept=False, max_iter=MOST_PASSES, copy_X=False
    )
    values, rows, columns = list[float](), list[int](), list[int]()
    for place, others in enumerate(near):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # the last digits of weights order no films
            net.fit(tastes[:, kept[others]], tastes[:, [kept[place]]].toarray().ravel())
        used = np.flatnonzero(net.coef_)
        values += net.coef_[used].tolist()
        rows += kept[others[used]].tolist()
        columns += [int(kept[place])] * len(used)
    return csr_matrix((values, (rows, columns)), shape=(tastes.shape[1], tastes.shape[1]))


def nearest(tastes: csr_matrix, count: int) -> NDArray[np.int64]:
    """Return the columns whose cosine with each column is largest, itself left out.  (movies, count)"""
    gram = (tastes.T @ tastes).toarray()  # (movies, movies)
    norms = np.sqrt(np.maximum(np.diag(gram), 1))
    cosines = gram / norms[:, None] / norms
    np.fill_diagonal(cosines, -1)
    return np.argsort(-cosines, axis=1, kind="stable")[:, : min(count, len(gram) - 1)]


# Wider neighbourhoods are left out for the time that they take; a penalty of 3e-4 was .002 behind on validation people.
GRID: list[Hyperparameters] = [
    {"alpha": alpha, "l1_ratio": l1_ratio, "neighbours": 100, "weight": weight}
    for alpha in (1e-3, 3e-3, 1e-2)
    for l1_ratio in (0.1, 0.5)
    for weight in (None, 2.0, 4.0, 8.0)
]
SLIM = RankerEntry(fit_slim, GRID)
