"""Explicit biased matrix factorisation from Surprise (Koren, Bell, Volinsky 2009): predicts stars, not choices."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from surprise import SVD, Dataset, Reader

from benchmarks.peers.once import once
from benchmarks.peers.peer import Peer
from benchmarks.peers.tastes import SEED, some_people
from recommender.data.corpus import Corpus
from recommender.domain import Profile
from recommender.evaluation.registry import Hyperparameters, RankerEntry


class BiasedMf(Peer):
    """Solves for a newcomer's bias and factors by ridge regression on their stars, the movies' held."""

    def __init__(self, corpus: Corpus, settings: Hyperparameters) -> None:
        super().__init__(corpus)
        self._pull = settings["pull"]
        model = once(_learn, corpus, **{name: value for name, value in settings.items() if name != "pull"})
        train = model.trainset
        rows = np.array([train.to_raw_iid(inner) for inner in train.all_items()], dtype=np.int64)
        size = len(self.catalogue)
        self._mean = train.global_mean
        self._biases = np.zeros(size)
        self._biases[rows] = model.bi
        self._movies = np.ones((size, settings["factors"] + 1))  # the last column carries the person's bias
        self._movies[:, :-1] = 0
        self._movies[rows, :-1] = model.qi

    def score_many(self, profiles: Sequence[Profile]) -> NDArray[np.float32]:
        people = np.stack([self._folded(profile) for profile in profiles])  # (people, factors + 1)
        scores: NDArray[np.float32] = (self._mean + self._biases + people @ self._movies.T).astype(np.float32)
        return scores

    def _folded(self, profile: Profile) -> NDArray[np.float64]:
        rows = self.catalogue.rows(rating.movie_id for rating in profile.ratings)
        stars = np.array([rating.stars.value for rating in profile.ratings])
        met, rest = self._movies[rows], stars - self._mean - self._biases[rows]
        ridge = met.T @ met + self._pull * np.eye(self._movies.shape[1])
        return np.linalg.solve(ridge, met.T @ rest)


def _learn(corpus: Corpus, *, factors: int, epochs: int, regularization: float) -> SVD:
    some = some_people(corpus)  # the library holds each rating as several Python objects: 350 MB a million
    columns = {"user": some.user_rows, "movie": some.movie_rows, "stars": some.stars}
    train = Dataset.load_from_df(pd.DataFrame(columns), Reader(rating_scale=(0.5, 5.0))).build_full_trainset()
    return SVD(n_factors=factors, n_epochs=epochs, reg_all=regularization, random_state=SEED).fit(train)


# Short training keeps the biases of little-rated films small; 30 epochs lost .05.
GRID: list[Hyperparameters] = [
    {"factors": factors, "epochs": epochs, "regularization": 0.02, "pull": pull}
    for factors in (20, 100)
    for epochs in (1, 2, 5, 10)
    for pull in (1.0, 10.0, 50.0, 200.0)
]
BIASED_MF = RankerEntry(BiasedMf, GRID)
