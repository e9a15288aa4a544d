"""Implicit alternating least squares from implicit (Hu, Koren, Volinsky 2008); new people by its own recalculation."""

from __future__ import annotations

from typing import Any

import numpy as np
from implicit.cpu.als import AlternatingLeastSquares
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_limits

from benchmarks.peers.once import once
from benchmarks.peers.peer import TastePeer
from benchmarks.peers.tastes import SEED, corpus_tastes
from recommender.data.corpus import Corpus
from recommender.evaluation.registry import Hyperparameters, RankerEntry

ITERATIONS = 15


class Ials(TastePeer):
    """Solves for a person's factors given the movies', then takes the product."""

    def __init__(self, corpus: Corpus, settings: Hyperparameters) -> None:
        super().__init__(corpus, likes_only=True)
        self._model = once(
            _learn,
            corpus,
            factors=settings["factors"],
            regularization=settings["regularization"],
            alpha=settings["alpha"],
        )

    def score_tastes(self, tastes: csr_matrix) -> NDArray[np.floating]:
        with threadpool_limits(1, "blas"):
            people = self._model.recalculate_user(np.arange(tastes.shape[0]), tastes)  # (people, factors)
        scores: NDArray[np.floating] = people @ self._model.item_factors.T
        return scores


def _learn(corpus: Corpus, **settings: Any) -> AlternatingLeastSquares:
    with threadpool_limits(1, "blas"):  # the library's own advice: its threads and the BLAS's fight
        model = AlternatingLeastSquares(**settings, iterations=ITERATIONS, num_threads=1, random_state=SEED)
        model.fit(corpus_tastes(corpus, likes_only=True), show_progress=False)
    return model


GRID: list[Hyperparameters] = [
    {"factors": factors, "regularization": regularization, "alpha": alpha}
    for factors in (16, 64)
    for regularization in (1.0, 10.0, 100.0)
    for alpha in (0.5, 1.0, 4.0, 10.0)
]
IALS = RankerEntry(Ials, GRID)
