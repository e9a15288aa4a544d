"""The layers that rankers share: inputs, embeddings of films and people, the wide part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import keras
import numpy as np
from keras import layers, ops
from numpy.typing import NDArray

from recommender.ranking.retrieval import PAIR_FEATURES
from recommender.training.models.config import ModelConfig

# The wide part's few weights go far, the deep part's many only a little: Cheng et al. 2016 give them an optimiser each.
WIDE_PACE: Final = 10.0

# What among PAIR_FEATURES is said of the film whoever asks.
FILM_FEATURES: Final = ("log_like_rate", "log_rating_rate", "mean_stars", "star_deviation")

Inputs = dict[str, keras.KerasTensor]


@dataclass(frozen=True, slots=True, eq=False)
class Embedded:
    """What the embedding layer makes of the inputs.

    Attributes:
        film: id and genre vectors of each film.  (B, C, film_size + genre_size)
        person: pooled history, tastes in genres, chosen genres, PERSON_FEATURES.  (B, ...)
        pairs: standardised PAIR_FEATURES.  (B, C, F)
        film_ids: id vectors alone.  (B, C, film_size)
        film_genres: shares of genres, summing to one.  (B, C, 18)
        history: id and genre vectors of each film met.  (B, H, film_size + genre_size)
        met: 1 for a film, 0 for padding.  (B, H)
        fields: what `person` is stacked of: history ids, the same by stars, history genres by stars, genres, features.
    """

    film: keras.KerasTensor
    person: keras.KerasTensor
    pairs: keras.KerasTensor
    film_ids: keras.KerasTensor
    film_genres: keras.KerasTensor
    history: keras.KerasTensor
    met: keras.KerasTensor
    fields: tuple[keras.KerasTensor, ...]


def make_inputs(config: ModelConfig) -> Inputs:
    """Return the inputs every ranker takes, by name."""
    return {
        "genres": keras.Input((config.film_genres.shape[1],), name="genres"),
        "history": keras.Input((config.history,), dtype="int32", name="history"),
        "stars": keras.Input((config.history,), name="stars"),
        "person": keras.Input((config.person,), name="person"),
        "films": keras.Input((None,), dtype="int32", name="films"),
        "pairs": keras.Input((None, len(config.pair_mean)), name="pairs"),
    }


def embed(inputs: Inputs, config: ModelConfig) -> Embedded:
    """Embed films and people: one film table and one genre table serve candidates, history and chosen genres alike."""
    movies = len(config.film_genres)
    film_table = layers.Embedding(
        movies + 1,
        config.film_size,
        embeddings_initializer=keras.initializers.RandomNormal(stddev=0.05),
        embeddings_regularizer=keras.regularizers.L2(config.film_decay),
        name="film_table",
    )
    forget = layers.Dropout(config.film_dropout, noise_shape=(None, None, 1), name="forget_films")
    kinds_of, genre_table = FilmGenres(movies, name="film_genres"), layers.Dense(config.genre_size, use_bias=False)
    films, history = KnownRow(movies)(inputs["films"]), KnownRow(movies)(inputs["history"])
    met = ops.cast(ops.not_equal(history, movies), "float32")  # (B, H)
    history_films, history_kinds = forget(film_table(history)), genre_table(kinds_of(history))  # (B, H, ...)
    person = [
        Pool()([history_films, met, met]),
        Pool()([history_films, met * inputs["stars"], met]),
        Pool()([history_kinds, met * inputs["stars"], met]),
        genre_table(inputs["genres"]),
        inputs["person"],
    ]
    kinds_of.set_genres(config.film_genres)
    standardise = Standardise(len(config.pair_mean), name="standardise")
    standardise.set_moments(config.pair_mean, config.pair_scale)
    film_ids, film_genres = forget(film_table(films)), kinds_of(films)
    return Embedded(
        film=layers.Concatenate()([film_ids, genre_table(film_genres)]),
        person=layers.Concatenate()(person),
        pairs=standardise(inputs["pairs"]),
        film_ids=film_ids,
        film_genres=film_genres,
        history=layers.Concatenate()([history_films, history_kinds]),
        met=met,
        fields=tuple(person),
    )


def film_statistics(pairs: keras.KerasTensor) -> keras.KerasTensor:
    """Return FILM_FEATURES out of PAIR_FEATURES.  (B, C, F) -> (B, C, 4)"""
    return ops.take(pairs, [PAIR_FEATURES.index(name) for name in FILM_FEATURES], axis=-1)


def bias(pairs: keras.KerasTensor, person: keras.KerasTensor) -> keras.KerasTensor:
    """Return film's plus person's bias for both heads, read off statistics: newcomers have them too.  (B, C, 2)

    Biases estimated apart from the factors are Koren 2010, "Factor in the neighbors", section 2.1.
    """
    of_film = Wide(name="film_bias")([film_statistics(pairs), person])
    return of_film + ops.expand_dims(layers.Dense(2, name="person_bias")(person), 1)


def name_heads(inputs: Inputs, scores: keras.KerasTensor, name: str, *unused: str) -> keras.Model:
    """Return the ranker whose choice and liking are the two last places of scores (B, C, 2).

    Args:
        unused: names of inputs that the scores do without; nobody need feed them.
    """
    heads = {head: layers.Identity(name=head)(scores[..., place]) for place, head in enumerate(("choice", "liking"))}
    return keras.Model({key: node for key, node in inputs.items() if key not in unused}, heads, name=name)


@keras.saving.register_keras_serializable("reelmate")
class KnownRow(layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """Turn padding into the row after the last film.  any shape"""

    def __init__(self, movies: int, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.movies = movies

    def call(self, rows: keras.KerasTensor) -> keras.KerasTensor:
        return ops.where(ops.less(rows, 0), self.movies, rows)

    def get_config(self) -> dict[str, object]:
        return {**super().get_config(), "movies": self.movies}


@keras.saving.register_keras_serializable("reelmate")
class FilmGenres(layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """Look up each film's genres, shares that sum to one; padding has none.  (B, N) -> (B, N, 18)"""

    def __init__(self, movies: int, genres: int = 18, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.movies, self.genres = movies, genres
        self.table = self.add_weight(shape=(movies + 1, genres), initializer="zeros", trainable=False, name="table")

    def set_genres(self, film_genres: NDArray[np.float32]) -> None:
        """Fill the table.  (movies, genres)"""
        self.table.assign(np.concatenate([film_genres, np.zeros((1, self.genres), np.float32)]))

    def call(self, rows: keras.KerasTensor) -> keras.KerasTensor:
        return ops.take(self.table, rows, axis=0)

    def get_config(self) -> dict[str, object]:
        return {**super().get_config(), "movies": self.movies, "genres": self.genres}


@keras.saving.register_keras_serializable("reelmate")
class Standardise(layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """Subtract the mean and divide by the scale of each feature, held as weights so that every export carries them.

    (..., F) -> (..., F)
    """

    def __init__(self, features: int, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.features = features
        self.mean = self.add_weight(shape=(features,), initializer="zeros", trainable=False, name="mean")
        self.scale = self.add_weight(shape=(features,), initializer="ones", trainable=False, name="scale")

    def set_moments(self, mean: NDArray[np.float32], scale: NDArray[np.float32]) -> None:
        """Fill both.  (features,) each"""
        self.mean.assign(mean)
        self.scale.assign(scale)

    def call(self, values: keras.KerasTensor) -> keras.KerasTensor:
        return (values - self.mean) / self.scale

    def get_config(self) -> dict[str, object]:
        return {**super().get_config(), "features": self.features}


@keras.saving.register_keras_serializable("reelmate")
class Pool(layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """Weighted sum over a history, divided by the root of one plus its length.

    Vectors (B, H, d), weights (B, H), 1 for a film and 0 for padding (B, H) -> (B, d)
    """

    def call(self, inputs: list[keras.KerasTensor]) -> keras.KerasTensor:
        vectors, weights, met = inputs
        length = ops.sum(ops.cast(met, vectors.dtype), axis=1, keepdims=True)  # (B, 1)
        return ops.einsum("bhd,bh->bd", vectors, ops.cast(weights, vectors.dtype)) / ops.sqrt(1 + length)


@keras.saving.register_keras_serializable("reelmate")
class Wide(layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """Linear scores of the pair features, their weights moving with log(1 + ratings) and with having rated at all.

    (B, C, F), (B, P) -> (B, C, 2); the first two person features are those two.
    """

    def build(self, shapes: list[tuple[int, ...]]) -> None:
        self.kernel = self.add_weight(shape=(3, shapes[0][-1], 2), initializer="zeros", name="kernel")

    def call(self, inputs: list[keras.KerasTensor]) -> keras.KerasTensor:
        pairs, person = inputs
        steps = ops.concatenate([ops.ones_like(person[:, :1]), person[:, :2]], axis=1)  # (B, 3)
        weights = WIDE_PACE * ops.einsum("bs,sfo->bfo", steps, self.kernel)  # (B, F, 2)
        return ops.einsum("bcf,bfo->bco", pairs, weights)
