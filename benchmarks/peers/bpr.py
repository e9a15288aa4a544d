"""Bayesian personalised ranking from implicit (Rendle et al. 2009); new people are folded in by gradient."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from implicit.cpu.bpr import BayesianPersonalizedRanking
from numpy.typing import NDArray

from benchmarks.peers.folding import fold_in
from benchmarks.peers.once import once
from benchmarks.peers.peer import Peer
from benchmarks.peers.tastes import SEED, corpus_tastes, profile_tastes, some_people
from recommender.data.corpus import Corpus
from recommender.domain import Profile
from recommender.evaluation.registry import Hyperparameters, RankerEntry

FOLD_STEPS = 60


class Bpr(Peer):
    """Starts everyone from the mean person and moves them by what they liked."""

    def __init__(self, corpus: Corpus, settings: Hyperparameters) -> None:
        super().__init__(corpus)
        self._settings = settings
        model = once(_learn, corpus, **{name: value for name, value in settings.items() if name != "pull"})
        # The library keeps each movie's bias as its last factor.
        self._movies, self._biases = model.item_factors[:, :-1], model.item_factors[:, -1]
        self._mean = model.user_factors[:, :-1].mean(axis=0)  # (factors,)

    def score_many(self, profiles: Sequence[Profile]) -> NDArray[np.float32]:
        tastes = profile_tastes(self.catalogue, profiles, likes_only=True)
        people = fold_in(
            tastes,
            movies=self._movies,
            biases=self._biases,
            start=np.tile(self._mean, (len(profiles), 1)),
            pull=self._settings["pull"],
            steps=FOLD_STEPS,
        )
        scores: NDArray[np.float32] = people @ self._movies.T + self._biases
        return scores


def _learn(corpus: Corpus, **settings: Any) -> BayesianPersonalizedRanking:
    model = BayesianPersonalizedRanking(**settings, num_threads=1, random_state=SEED)
    model.fit(corpus_tastes(some_people(corpus), likes_only=True), show_progress=False)
    return model


# 16, 32 and 256 factors, a rate of 0.1, other penalties, all ratings as likes: none better on validation people.
GRID: list[Hyperparameters] = [
    {
        "factors": factors,
        "learning_rate": rate,
        "regularization": regularization,
        "iterations": iterations,
        "pull": pull,
    }
    for factors in (64, 128)
    for rate, iterations in ((0.05, 200), (0.02, 500))
    for regularization in (0.01, 0.03)
    for pull in (0.5, 1.0)
]
BPR = RankerEntry(Bpr, GRID)
