"""Mult-VAE: likes as draws from a multinomial, through a narrow code (Liang et al. 2018, "VAEs for Collaborative...").

Built here, in Keras: the libraries that have it want PyTorch, which brings all of CUDA along.
"""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
from keras import layers, ops
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from benchmarks.peers.floored import over_floor
from benchmarks.peers.once import once
from benchmarks.peers.peer import Peer, TastePeer
from benchmarks.peers.tastes import SEED, corpus_tastes, most_liked, some_people
from recommender.data.corpus import Corpus
from recommender.evaluation.registry import Hyperparameters, RankerEntry

# As the paper (section 4.2), but for a smaller hidden layer beside fewer people.
HIDDEN, DROPOUT, RATE = 300, 0.5, 1e-3
BATCH = 100
FEWEST_LIKES, MOST_MOVIES = 2, 8_000


class MultVae(TastePeer):
    """Scores by the share of likes that the code's mean foretells for each film."""

    def __init__(self, corpus: Corpus, settings: Hyperparameters) -> None:
        super().__init__(corpus, likes_only=True)
        self._kept, self._weights = once(
            _learn, corpus, **{name: settings[name] for name in ("code", "divergence", "epochs")}
        )

    def score_tastes(self, tastes: csr_matrix) -> NDArray[np.floating]:
        known = tastes[:, self._kept].toarray()
        known /= np.maximum(1e-12, np.linalg.norm(known, axis=1, keepdims=True))
        hidden = np.tanh(_dense(known, self._weights["encode"]))
        code = _dense(hidden, self._weights["moments"])[:, : self._weights["decode"][0].shape[0]]  # its mean
        logits = _dense(np.tanh(_dense(code, self._weights["decode"])), self._weights["films"])  # (people, kept)
        shares = np.exp(logits - logits.max(axis=1, keepdims=True))
        scores = np.zeros(tastes.shape)
        scores[:, self._kept] = shares / shares.sum(axis=1, keepdims=True)
        return scores


class Draw(layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """Draw a code from its moments, and be charged for what it tells (equations 2 and 5).  (B, 2 d) -> (B, d)

    The charge rises to its full weight over the first half of all steps (section 2.2.2).
    """

    def __init__(self, divergence: float, steps: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.divergence, self.rising = divergence, max(1, steps // 2)
        self.draws = keras.random.SeedGenerator(SEED)

    def build(self, shape: tuple[int | None, ...]) -> None:
        self.step = self.add_weight(shape=(), initializer="zeros", trainable=False, name="step")

    def call(self, moments: keras.KerasTensor, training: bool | None = None) -> keras.KerasTensor:
        mean, log_variance = ops.split(moments, 2, axis=1)
        if not training:
            return mean
        self.step.assign_add(1.0)
        told = 0.5 * ops.sum(ops.square(mean) + ops.exp(log_variance) - 1 - log_variance, axis=1)  # (B,)
        self.add_loss(self.divergence * ops.minimum(1.0, self.step / self.rising) * ops.mean(told))
        return mean + ops.exp(0.5 * log_variance) * keras.random.normal(ops.shape(mean), seed=self.draws)


def fit_mult_vae(corpus: Corpus, settings: Hyperparameters) -> Peer:
    """Fit it, alone or over the floor."""
    return over_floor(corpus, MultVae(corpus, settings), settings["weight"])


def _learn(
    corpus: Corpus, *, code: int, divergence: float, epochs: int
) -> tuple[NDArray[np.int64], dict[str, list[NDArray[np.float32]]]]:
    """Return the films that it knows, and the weights of each layer by name."""
    tastes = corpus_tastes(some_people(corpus), likes_only=True)
    kept = most_liked(tastes, fewest=FEWEST_LIKES, most=MOST_MOVIES)
    liked = tastes[:, kept].toarray().astype(np.float32)  # (people, kept)
    liked = liked[liked.any(axis=1)]
    keras.utils.set_random_seed(SEED)
    model = build(len(kept), code, divergence, steps=epochs * -(-len(liked) // BATCH))
    model.compile(optimizer=keras.optimizers.Adam(RATE), loss=multinomial_loss)
    rng = np.random.default_rng(SEED)
    for _ in range(epochs):  # Keras' own loop makes its pipeline anew for each, which takes longer than most of ours do
        order = rng.permutation(len(liked))
        for start in range(0, len(order), BATCH):
            batch = liked[order[start : start + BATCH]]
            model.train_on_batch(batch, batch)
    return kept, {layer.name: layer.get_weights() for layer in model.layers}


def build(movies: int, code: int, divergence: float, steps: int) -> keras.Model:
    """Build encoder and decoder with a hidden layer each (section 2.1).  (B, movies) -> logits (B, movies)"""
    liked = keras.Input((movies,))
    known = layers.Dropout(DROPOUT)(layers.UnitNormalization()(liked))
    hidden = layers.Dense(HIDDEN, "tanh", name="encode")(known)
    drawn = Draw(divergence, steps, name="draw")(layers.Dense(2 * code, name="moments")(hidden))
    return keras.Model(liked, layers.Dense(movies, name="films")(layers.Dense(HIDDEN, "tanh", name="decode")(drawn)))


def multinomial_loss(liked: keras.KerasTensor, logits: keras.KerasTensor) -> keras.KerasTensor:
    """Return how surprising likes are (equation 3).  (B, movies), (B, movies) -> (B,)"""
    return -ops.sum(liked * ops.log_softmax(logits, axis=-1), axis=-1)


def _dense(inputs: NDArray[np.floating], weights: list[NDArray[np.float32]]) -> NDArray[np.floating]:
    kernel, offset = weights
    outputs: NDArray[np.floating] = inputs @ kernel + offset
    return outputs


# Smaller than the codes of 200 and the 200 epochs of the paper, whose corpora have a hundred times as many people.
GRID: list[Hyperparameters] = [
    {"code": code, "divergence": divergence, "epochs": epochs, "weight": weight}
    for code, divergence in ((32, 0.2), (100, 0.2), (100, 0.5))
    for epochs in (30, 80)
    for weight in (None, 2.0, 4.0, 8.0)
]
MULT_VAE = RankerEntry(fit_mult_vae, GRID)
