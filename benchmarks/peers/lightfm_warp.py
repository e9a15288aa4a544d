"""LightFM's hybrid with WARP loss (Kula 2015; Weston et al. 2011): movies by id and genres, people by chosen genres."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from lightfm import LightFM
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack, identity

from benchmarks.peers.folding import fold_in
from benchmarks.peers.once import once
from benchmarks.peers.peer import Peer
from benchmarks.peers.tastes import SEED, corpus_tastes, profile_tastes, some_people
from recommender.data.catalogue import Catalogue
from recommender.data.corpus import Corpus
from recommender.data.onboarding import onboarding_genres
from recommender.domain import GENRES, Profile
from recommender.evaluation.registry import Hyperparameters, RankerEntry

FOLD_STEPS = 60


class LightfmWarp(Peer):
    """A newcomer is the sum of the chosen genres' factors, then moved by gradient by what they liked."""

    def __init__(self, corpus: Corpus, settings: Hyperparameters) -> None:
        super().__init__(corpus)
        self._pull = settings["pull"]
        learned = once(_learn, corpus, **{name: value for name, value in settings.items() if name != "pull"})
        self._biases, self._movies, factors = learned
        self._mean = factors[: -len(GENRES)].mean(axis=0)  # (factors,)
        self._genres = factors[-len(GENRES) :]  # (genres, factors)

    def score_many(self, profiles: Sequence[Profile]) -> NDArray[np.float32]:
        chosen = genre_rows([profile.genres for profile in profiles])  # (people, genres)
        people = fold_in(
            profile_tastes(self.catalogue, profiles, likes_only=True),
            movies=self._movies,
            biases=self._biases,
            start=self._mean + chosen @ self._genres,
            pull=self._pull,
            steps=FOLD_STEPS,
        )
        scores: NDArray[np.float32] = people @ self._movies.T + self._biases
        return scores


def _learn(
    corpus: Corpus, *, factors: int, alpha: float, epochs: int, sampled: int
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Return the movies' biases and factors, and the factors of people and then genres."""
    some, genres = some_people(corpus), Catalogue(corpus.movies).genres
    model = LightFM(
        no_components=factors,
        loss="warp",
        learning_schedule="adagrad",
        learning_rate=0.05,
        item_alpha=alpha,
        max_sampled=sampled,
        user_alpha=alpha,
        random_state=SEED,
    )
    movies = csr_matrix(hstack([identity(len(genres)), genres]), dtype=np.float32)
    people = csr_matrix(hstack([identity(some.user_count), _chosen(some, genres)]), dtype=np.float32)
    tastes = corpus_tastes(some, likes_only=True).tocoo()
    model.fit(tastes, user_features=people, item_features=movies, epochs=epochs, num_threads=1)
    biases, of_movies = model.get_item_representations(movies)
    return biases, of_movies, model.get_user_representations()[1]


def _chosen(corpus: Corpus, genres: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return what each training person would have chosen at onboarding, from all they rated.  (people, genres)"""
    chosen, likes = [], corpus.likes
    for user_row in range(corpus.user_count):
        rated = corpus.of_user(user_row)
        chosen.append(onboarding_genres(genres[corpus.movie_rows[rated]], likes[rated]))
    return genre_rows(chosen)


def genre_rows(chosen: Sequence[Sequence[str]]) -> NDArray[np.float32]:
    """Return 1 where a person chose a genre.  (people, genres)"""
    return np.array([[genre in genres for genre in GENRES] for genres in chosen], dtype=np.float32)


# 16 and 128 factors, a rate of 0.02, weaker and stronger penalties: none better on validation people.
GRID: list[Hyperparameters] = [
    {"factors": 64, "alpha": alpha, "epochs": epochs, "sampled": sampled, "pull": pull}
    for alpha in (1e-4, 5e-4)
    for epochs in (10, 30)
    for sampled in (10, 50)
    for pull in (0.3, 1.0)
]
LIGHTFM_WARP = RankerEntry(LightfmWarp, GRID)
