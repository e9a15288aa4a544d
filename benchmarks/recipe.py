"""The courses' network on the like-prediction split, fed in two ways: as taught, and from memory in large batches."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import keras
import numpy as np
import pandas as pd
import tensorflow as tf
from numpy.typing import NDArray

from benchmarks.peers.courses import (
    COURSES_LIKE,
    DEFAULT_YEAR,
    MOVIE_GENRES,
    USER_GENRES,
    build,
    first_genres,
    training_people,
)
from recommender.data.catalogue import Catalogue
from recommender.data.corpus import Corpus
from recommender.evaluation.likes import split_last_ratings

TAUGHT_BATCH: Final = 12
# Adam's own rate is what is taught; batches of thousands take steps three times as long.
TAUGHT_RATE: Final = 0.001
OUR_RATE: Final = 0.003
# The recipe stops this many epochs after its best; validation itself is never counted.
PATIENCE: Final = 1
LIKED: Final = "liked"
# Standardised numbers are cut off here: counts have a long tail.
FARTHEST: Final = 3.0
# Each input of the network and how many columns of the file it is made of.
COLUMNS: Final = {
    "user": 1,
    "user_genres": USER_GENRES,
    "user_numbers": 3,
    "movie": 1,
    "movie_genres": MOVIE_GENRES,
    "movie_numbers": 4,
}
Inputs = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """The training part of the split, the last fifth of it for validation; the test part is not touched here.

    Attributes:
        inputs: by name of the network's input.  (ratings, columns) or (ratings,)
        liked: 1 from 3.5 stars on, as the courses have it.  (ratings,)
        judges: which ratings validate.  (ratings,)
    """

    inputs: Inputs
    liked: NDArray[np.float32]
    judges: NDArray[np.bool_]
    user_count: int
    movie_count: int

    @classmethod
    def of(cls, corpus: Corpus) -> Examples:
        """Describe each rating by its person and its film as they were just before it."""
        known = ratings_where(corpus, ~split_last_ratings(corpus))
        judges = split_last_ratings(known)
        genres, rows = Catalogue(known.movies).genres, known.movie_rows
        people = training_people(known, genres)
        inputs = {
            "user": people.ids,
            "user_genres": people.genres,
            "user_numbers": people.numbers,
            "movie": rows,
            "movie_genres": first_genres(genres.astype(np.float64), MOVIE_GENRES)[rows],
            "movie_numbers": film_numbers_before(known),
        }
        liked = (known.stars >= COURSES_LIKE).astype(np.float32)
        return cls(inputs, liked, judges, known.user_count, len(known.movies))

    def write(self, file: Path) -> None:
        """Write the ratings to fit on as a CSV file, a column per number."""
        columns = {LIKED: self.liked[~self.judges]}
        for name, array in self.inputs.items():
            numbers = array[~self.judges].reshape(-1, COLUMNS[name])
            columns |= {f"{name}_{place}": numbers[:, place] for place in range(COLUMNS[name])}
        pd.DataFrame(columns).to_csv(file, index=False)

    @property
    def validation(self) -> tuple[Inputs, NDArray[np.float32]]:
        return {name: array[self.judges] for name, array in self.inputs.items()}, self.liked[self.judges]

    def network(self, rate: float, seed: int) -> keras.Model:
        """Build the courses' network, its graph already traced."""
        keras.utils.set_random_seed(seed)
        model = build(self.user_count, self.movie_count)
        model.compile(optimizer=keras.optimizers.Adam(rate), loss="binary_crossentropy")
        return model


@dataclass(frozen=True, slots=True)
class Learnt:
    """The best validation log loss, and the seconds of training until then."""

    loss: float
    seconds: float


def ratings_where(corpus: Corpus, kept: NDArray[np.bool_]) -> Corpus:
    """Return the corpus of some of its ratings; people and films stay.  kept: (ratings,)"""
    lengths = np.bincount(corpus.user_rows[kept], minlength=corpus.user_count)
    starts = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    return replace(
        corpus,
        starts=starts,
        movie_rows=corpus.movie_rows[kept],
        stars=corpus.stars[kept],
        times=corpus.times[kept],
    )


def film_numbers_before(corpus: Corpus) -> NDArray[np.float32]:
    """Return year, count, mean and deviation of each rating's film, over the ratings before it.  (ratings, 4)

    Over all ratings, as taught, a film's only rating would be its mean: the network would read off what it shall guess.
    """
    order = np.lexsort((corpus.times, corpus.movie_rows))
    films, stars = corpus.movie_rows[order], corpus.stars[order].astype(np.float64)
    columns = np.stack([np.ones(len(stars)), stars, stars**2], axis=1)  # (ratings, 3)
    running = np.cumsum(columns, axis=0) - columns
    first = np.flatnonzero(np.diff(films, prepend=-1))  # where each film begins
    counts, sums, squares = (running - np.repeat(running[first], np.diff(first, append=len(films)), axis=0)).T
    means = np.where(counts > 0, sums / np.maximum(counts, 1), stars.mean())
    deviations = np.sqrt(np.maximum(squares / np.maximum(counts, 1) - means**2, 0)) * (counts > 0)
    years = np.array([movie.year or DEFAULT_YEAR for movie in corpus.movies])[films]
    numbers = np.empty((len(films), 4), dtype=np.float32)
    numbers[order] = np.stack([years, counts, means, deviations], axis=1)
    return numbers


def train_as_taught(examples: Examples, file: Path, *, most_epochs: int, seed: int) -> Learnt:
    """Fit on batches of 12 that are read from the file, epoch after epoch, until validation gets worse."""
    model = examples.network(TAUGHT_RATE, seed)
    samples = tf.data.experimental.make_csv_dataset(
        str(file), batch_size=TAUGHT_BATCH, label_name=LIKED, na_value="0", num_epochs=1, ignore_errors=True
    ).map(lambda row, liked: (_packed(row), liked))
    _trace(model, samples.take(1))

    def epochs() -> Iterator[None]:
        for _ in range(most_epochs):
            model.fit(samples, verbose=0)
            yield

    return _judged(model, examples, epochs, until=-np.inf)


def train_from_memory(
    examples: Examples, file: Path, *, batch: int, most_epochs: int, until: float, seed: int
) -> Learnt:
    """Fit on large standardised batches from memory until validation is as good as `until`."""
    model = examples.network(OUR_RATE, seed)
    few = {name: array[:batch] for name, array in examples.inputs.items()}
    _trace(model, tf.data.Dataset.from_tensors((few, examples.liked[:batch])))
    scales: dict[str, tuple[NDArray[Any], NDArray[Any]]] = {}

    def epochs() -> Iterator[None]:
        inputs, liked = _read(file)
        scales.update({name: _moments(inputs[name]) for name in ("user_numbers", "movie_numbers")})
        inputs = _standardised(inputs, scales)
        for _ in range(most_epochs):
            _fit_epoch(model, inputs, liked, batch, seed)
            yield

    return _judged(model, examples, epochs, until=until, prepare=lambda inputs: _standardised(inputs, scales))


def _fit_epoch(model: keras.Model, inputs: Inputs, liked: NDArray[Any], batch: int, seed: int) -> None:
    order = np.random.default_rng(seed + int(model.optimizer.iterations)).permutation(len(liked))
    for start in range(0, len(order) - batch + 1, batch):
        rows = order[start : start + batch]
        model.train_on_batch({name: array[rows] for name, array in inputs.items()}, liked[rows])


def _judged(
    model: keras.Model,
    examples: Examples,
    epochs: Callable[[], Iterator[None]],
    *,
    until: float,
    prepare: Callable[[Inputs], Inputs] = lambda inputs: inputs,
) -> Learnt:
    """Run epochs until one is good enough or none is better any more; only they are timed."""
    best, spent, epoch, best_epoch = Learnt(np.inf, 0.0), 0.0, 0, 0
    running = epochs()
    while True:
        began = time.monotonic()
        if next(running, running) is running:
            return best
        spent, epoch = spent + time.monotonic() - began, epoch + 1
        loss = _validation_loss(model, examples, prepare)
        if loss < best.loss:
            best, best_epoch = Learnt(loss, spent), epoch
        if best.loss <= until or (until == -np.inf and epoch - best_epoch > PATIENCE):
            return best


def _validation_loss(model: keras.Model, examples: Examples, prepare: Callable[[Inputs], Inputs]) -> float:
    inputs, liked = examples.validation
    chances = model.predict(prepare(inputs), batch_size=8192, verbose=0)[:, 0].astype(np.float64)
    chances = np.clip(chances, 1e-7, 1 - 1e-7)  # as Keras does in its own loss
    return float(-np.mean(np.where(liked > 0, np.log(chances), np.log(1 - chances))))


def _trace(model: keras.Model, samples: Any) -> None:
    """Trace the graph of a training step, and put every weight back as it was."""
    weights = model.get_weights()
    model.fit(samples, verbose=0)
    model.set_weights(weights)
    for variable in model.optimizer.variables[1:]:  # the first is the count of steps, the second the rate
        if "learning_rate" not in variable.path:
            variable.assign(keras.ops.zeros_like(variable))
    model.optimizer.iterations.assign(0)


def _packed(row: dict[str, Any]) -> dict[str, Any]:
    """Gather the file's columns into the network's inputs."""
    parts = {name: [row[f"{name}_{place}"] for place in range(count)] for name, count in COLUMNS.items()}
    return {name: tf.stack(part, axis=1) if len(part) > 1 else part[0] for name, part in parts.items()}


def _read(file: Path) -> tuple[Inputs, NDArray[np.float32]]:
    table = pd.read_csv(file)
    inputs: Inputs = {}
    for name, count in COLUMNS.items():
        kind = np.float32 if name.endswith("numbers") else np.int32
        columns = table[[f"{name}_{place}" for place in range(count)]].to_numpy(kind)
        inputs[name] = columns if count > 1 else columns[:, 0]
    return inputs, table[LIKED].to_numpy(np.float32)


def _moments(numbers: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    return numbers.mean(axis=0), np.maximum(numbers.std(axis=0), 1e-6)


def _standardised(inputs: Inputs, scales: dict[str, tuple[NDArray[Any], NDArray[Any]]]) -> Inputs:
    scaled = {
        name: np.clip((inputs[name] - mean) / deviation, -FARTHEST, FARTHEST)
        for name, (mean, deviation) in scales.items()
    }
    return {**inputs, **scaled}
