"""Like prediction for known people by the networks that the courses teach: user and film ids, genres, statistics.

All read the same inputs, standardised but for the courses' own network "as taught"; SparrowRecSys (Wang 2020) has each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import keras
import numpy as np
from keras import layers, ops
from numpy.typing import NDArray

from benchmarks.peers.courses import (
    COURSES_LIKE,
    EMBEDDING,
    HIDDEN,
    MOVIE_GENRES,
    USER_GENRES,
    build,
    first_genres,
    movie_numbers,
    training_people,
)
from benchmarks.recipe import FARTHEST, film_numbers_before, ratings_where
from recommender.data.catalogue import Catalogue
from recommender.data.corpus import Corpus
from recommender.domain import GENRES
from recommender.evaluation.likes import split_last_ratings

# The films liked last that Wide&Deep crosses (the newest) and DIN attends to (all).
RECENT: Final = 5
CROSSES: Final = 10_000
BATCH: Final = 256
# The best epoch is sought on validation ratings, then all is fitted again for as long.
MOST_EPOCHS: Final = 15
PATIENCE: Final = 3
SEED: Final = 0

Inputs = dict[str, NDArray[Any]]
Build = Callable[[int, int], keras.Model]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to feed and fit a network; which is best is seen on validation ratings.

    Attributes:
        rate: Adam's.
        is_running: whether people and films are described as they were just before each rating, or by all that is
            known of them, as taught: then nothing changes when the known ends, but a rating is part of its own numbers.
    """

    rate: float
    is_running: bool


WAYS: Final = tuple(Way(rate, is_running) for rate in (1e-3, 2e-4) for is_running in (True, False))


def chances_of(name: str, corpus: Corpus) -> NDArray[np.float64]:
    """Fit a network on all but the last ratings of each person and return the chances of those.  (judged ratings,)"""
    judged = split_last_ratings(corpus)
    known = ratings_where(corpus, ~judged)
    looks = {way: fit_network(name, known, split_last_ratings(known), way, MOST_EPOCHS, PATIENCE)[0] for way in WAYS}
    way = min(looks, key=lambda each: min(looks[each]))
    return fit_network(name, corpus, judged, way, 1 + int(np.argmin(looks[way])))[1]


def fit_network(
    name: str, corpus: Corpus, judged: NDArray[np.bool_], way: Way, epochs: int, patience: int = MOST_EPOCHS
) -> tuple[list[float], NDArray[np.float64]]:
    """Return the log loss of the judged ratings after each epoch, and their chances after the last."""
    liked = (corpus.stars >= COURSES_LIKE).astype(np.float32)
    network, standardised = NETWORKS[name]
    inputs, asked = describe(corpus, judged, is_running=way.is_running)
    if standardised:
        inputs, asked = _standardised(inputs, asked)
    keras.utils.set_random_seed(SEED)
    model = network(corpus.user_count, len(corpus.movies))
    model.compile(optimizer=keras.optimizers.Adam(way.rate), loss="binary_crossentropy")
    needed = [node.name for node in model.inputs]
    losses, chances = [], np.empty(0)
    for _ in range(epochs):
        model.fit({key: inputs[key] for key in needed}, liked[~judged], batch_size=BATCH, verbose=0)
        chances = model.predict({key: asked[key] for key in needed}, batch_size=8192, verbose=0)[:, 0]
        right = np.where(liked[judged] > 0, chances, 1 - chances)
        losses.append(float(-np.log(np.maximum(right, 1e-7)).mean()))
        if len(losses) > np.argmin(losses) + patience:
            break
    return losses, chances.astype(np.float64)


def describe(corpus: Corpus, judged: NDArray[np.bool_], *, is_running: bool) -> tuple[Inputs, Inputs]:
    """Return the networks' inputs for the ratings to learn from, and for the judged ones."""
    known = ratings_where(corpus, ~judged)
    inputs = _before(known)
    if not is_running:
        inputs = {**_after(known, known, np.ones(known.rating_count, dtype=np.bool_)), "recent": inputs["recent"]}
    return inputs, _after(known, corpus, judged)


def _before(known: Corpus) -> Inputs:
    """Describe each rating by its person and its film as they were just before it."""
    genres, rows = Catalogue(known.movies).genres, known.movie_rows
    people = training_people(known, genres)
    return {
        "user": people.ids,
        "user_genres": people.genres,
        "user_numbers": people.numbers,
        "movie": rows,
        "movie_genres": first_genres(genres.astype(np.float64), MOVIE_GENRES)[rows],
        "movie_numbers": film_numbers_before(known),
        "recent": _recent(known)[0],
    }


def _after(known: Corpus, corpus: Corpus, judged: NDArray[np.bool_]) -> Inputs:
    """Describe the judged ratings by their people and films as the known ratings leave them."""
    genres, users, rows = Catalogue(known.movies).genres, corpus.user_rows[judged], corpus.movie_rows[judged]
    counts = np.maximum(1, np.diff(known.starts))
    sums = [np.bincount(known.user_rows, known.stars.astype(np.float64) ** power, known.user_count) for power in (1, 2)]
    means = sums[0] / counts
    numbers = np.stack([counts, means, np.sqrt(np.maximum(0, sums[1] / counts - means**2))], axis=1)  # (users, 3)
    tastes = np.zeros((known.user_count, len(GENRES)))
    np.add.at(tastes, known.user_rows, genres[known.movie_rows] * known.likes[:, None])
    return {
        "user": users + 1,
        "user_genres": first_genres(tastes, USER_GENRES)[users],
        "user_numbers": numbers[users].astype(np.float32),
        "movie": rows,
        "movie_genres": first_genres(genres.astype(np.float64), MOVIE_GENRES)[rows],
        "movie_numbers": movie_numbers(known)[rows],
        "recent": _recent(known)[1][users],
    }


def _recent(known: Corpus) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the films liked last, newest first, before each rating and after all.  (ratings, 5), (users, 5)"""
    none = len(known.movies)
    before = np.full((known.rating_count, RECENT), none, dtype=np.int32)
    after = np.full((known.user_count, RECENT), none, dtype=np.int32)
    for user in range(known.user_count):
        newest: list[int] = []
        for place in range(*known.of_user(user).indices(known.rating_count)):
            before[place, : len(newest)] = newest
            if known.stars[place] >= COURSES_LIKE:
                newest = [int(known.movie_rows[place]), *newest][:RECENT]
        after[user, : len(newest)] = newest
    return before, after


def _standardised(inputs: Inputs, asked: Inputs) -> tuple[Inputs, Inputs]:
    inputs, asked = dict(inputs), dict(asked)
    for name in ("user_numbers", "movie_numbers"):
        mean, scale = inputs[name].mean(axis=0), np.maximum(1e-6, inputs[name].std(axis=0))
        for each in (inputs, asked):
            each[name] = np.clip((each[name] - mean) / scale, -FARTHEST, FARTHEST).astype(np.float32)
    return inputs, asked


def _id_inputs() -> tuple[keras.KerasTensor, keras.KerasTensor]:
    return keras.Input((), name="user", dtype="int32"), keras.Input((), name="movie", dtype="int32")


def _like(*parts: keras.KerasTensor) -> keras.KerasTensor:
    return layers.Dense(1, "sigmoid")(layers.Concatenate()(list(parts)) if len(parts) > 1 else parts[0])


def _mlp(hidden: keras.KerasTensor, *widths: int) -> keras.KerasTensor:
    for width in widths:
        hidden = layers.Dense(width, "relu")(hidden)
    return hidden


def _neural_cf(users: int, movies: int) -> keras.Model:
    """Two ids and an MLP (He et al. 2017)."""
    user, movie = _id_inputs()
    vectors = [layers.Embedding(users + 1, EMBEDDING)(user), layers.Embedding(movies, EMBEDDING)(movie)]
    return keras.Model([user, movie], _like(_mlp(layers.Concatenate()(vectors), 10, 10)))


class _Fields:
    """The inputs that the richer networks share, and a vector of each field."""

    def __init__(self, users: int, movies: int) -> None:
        self.user, self.movie = _id_inputs()
        self.user_genres = keras.Input((USER_GENRES,), name="user_genres", dtype="int32")
        self.movie_genres = keras.Input((MOVIE_GENRES,), name="movie_genres", dtype="int32")
        numbers = keras.Input((3,), name="user_numbers"), keras.Input((4,), name="movie_numbers")
        self.recent = keras.Input((RECENT,), name="recent", dtype="int32")
        self.inputs = [self.user, self.movie, self.user_genres, self.movie_genres, *numbers]
        self.numbers = layers.Concatenate()(list(numbers))
        self.films = layers.Embedding(movies + 1, EMBEDDING)
        of_genres = [layers.Embedding(len(GENRES) + 1, EMBEDDING)(node) for node in self.inputs[2:4]]
        self.vectors = [
            layers.Embedding(users + 1, EMBEDDING)(self.user),
            self.films(self.movie),
            *(ops.mean(vectors, axis=1) for vectors in of_genres),
        ]  # (B, 10) each

    def hidden(self, *more: keras.KerasTensor) -> keras.KerasTensor:
        return _mlp(layers.Concatenate()([*self.vectors, self.numbers, *more]), HIDDEN, HIDDEN)


def _wide_deep(users: int, movies: int) -> keras.Model:
    """The courses' network beside crosses of the film with the one liked last (Cheng et al. 2016)."""
    fields = _Fields(users, movies)
    crossed = (fields.movie * (movies + 1) + fields.recent[:, 0]) % CROSSES  # (B,)
    wide = layers.Embedding(CROSSES, 1, embeddings_initializer="zeros")(crossed)
    return keras.Model([*fields.inputs, fields.recent], _like(fields.hidden(), wide))


def _deepfm(users: int, movies: int) -> keras.Model:
    """First order, products of every two fields, and an MLP (Guo et al. 2017)."""
    fields = _Fields(users, movies)
    first = [layers.Embedding(users + 1, 1)(fields.user), layers.Embedding(movies, 1)(fields.movie)]
    products = [
        ops.sum(one * other, axis=-1, keepdims=True)
        for place, one in enumerate(fields.vectors)
        for other in fields.vectors[place + 1 :]
    ]
    return keras.Model(fields.inputs, _like(*first, *products, fields.hidden()))


def _din(users: int, movies: int) -> keras.Model:
    """An MLP that sees the films liked last as the film at hand weighs them (Zhou et al. 2018)."""
    fields = _Fields(users, movies)
    seen = fields.films(fields.recent)  # (B, 5, 10)
    film = layers.RepeatVector(RECENT)(fields.vectors[1])  # (B, 5, 10)
    unit = layers.Dense(32)(layers.Concatenate()([film - seen, seen, film, film * seen]))
    weights = layers.Dense(1, "sigmoid")(layers.PReLU(shared_axes=[1])(unit))  # (B, 5, 1)
    weights = weights * ops.cast(fields.recent[..., None] < movies, "float32")
    return keras.Model([*fields.inputs, fields.recent], _like(fields.hidden(ops.sum(weights * seen, axis=1))))


# Each network, and whether its numbers are standardised.
NETWORKS: Final[dict[str, tuple[Build, bool]]] = {
    "the courses' Embedding+MLP, raw numbers": (build, False),
    "the same, standardised": (build, True),
    "NeuralCF": (_neural_cf, True),
    "Wide&Deep": (_wide_deep, True),
    "DeepFM": (_deepfm, True),
    "DIN": (_din, True),
}
