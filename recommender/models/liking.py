"""The liking head of our ranker: a logistic regression over the pair features, fitted to the end by Newton's method.

Choosing overfits within one pass over the onboardings, long before a gradient has settled how liking depends on its
few features; so liking is not left to the gradient.
"""

from __future__ import annotations

from typing import Any, Final

import keras
import numpy as np
from keras import ops
from numpy.typing import NDArray

from recommender.dataset import Examples
from recommender.logistic import fit_logistic

# Ridge on standardised features. A person's ratings go together, so weights settle by people, not by ratings.
RIDGE: Final = 100.0
# A rating stands for at most this many by the root of one plus the ratings known: beyond, a few who rate most of all
# decide for everybody, and the more is known of a person, the less need how many they rate speaks for them.
MOST_STOOD_FOR: Final = 40.0
# More ratings than this settle a few dozen weights no further.
MOST_RATINGS: Final = 500_000
SAMPLE_SEED: Final = 12


@keras.saving.register_keras_serializable("reelmate")
class LikingRegression(keras.layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """Linear scores whose weights and offset move with log(1 + ratings) and with having rated at all.

    (B, C, F), (B, P) -> (B, C); the first two person features are those two.
    """

    def build(self, shapes: list[tuple[int, ...]]) -> None:
        size = 3 * (shapes[0][-1] + 1)
        self.kernel = self.add_weight(shape=(size,), initializer="zeros", trainable=False, name="kernel")

    def call(self, inputs: list[keras.KerasTensor]) -> keras.KerasTensor:
        pairs, person = inputs
        steps = ops.concatenate([ops.ones_like(person[:, :1]), person[:, :2]], axis=1)  # (B, 3)
        weights = ops.einsum("bs,sf->bf", steps, ops.reshape(self.kernel, (3, -1)))  # (B, F + 1)
        return ops.einsum("bcf,bf->bc", pairs, weights[:, :-1]) + weights[:, -1:]


def fit_liking(network: keras.Model, examples: Examples) -> None:
    """Fit the network's liking regressions, if it has any, to what was rated afterwards."""
    heads = [layer for layer in network.layers if isinstance(layer, LikingRegression)]
    if heads and (examples.liked >= 0).any():
        design, liked, weights = _design(_some_of(examples), network.get_layer("standardise"))
        kernel = fit_logistic(design, liked, ridge=RIDGE, weights=weights)
        for head in heads:
            head.set_weights([kernel.astype(np.float32)])


def has_regression(network: keras.Model) -> bool:
    """Return whether liking is such a regression; being fitted to the end, it needs no calibration on top."""
    return any(isinstance(layer, LikingRegression) for layer in network.layers)


def _some_of(examples: Examples) -> Examples:
    """Return the examples, or a seeded sample of them that holds about MOST_RATINGS ratings."""
    share = MOST_RATINGS / max(1, int((examples.liked >= 0).sum()))
    if share >= 1:
        return examples
    return examples.at(np.random.default_rng(SAMPLE_SEED).random(len(examples)) < share)


def _design(examples: Examples, standardise: Any) -> tuple[NDArray[np.float32], NDArray[np.bool_], NDArray[np.float32]]:
    """Return features, labels and weights of every rating; a rating stands for those that were not sampled.

    (ratings, 3 * (F + 1)), (ratings,), (ratings,)
    """
    rated = examples.liked >= 0  # (examples, films)
    counts = rated.sum(axis=1)  # (examples,)
    mean, scale = (np.asarray(weights) for weights in standardise.get_weights())
    pairs = (examples.pairs[rated].astype(np.float32) - mean) / scale  # (ratings, F)
    pairs = np.concatenate([pairs, np.ones((len(pairs), 1), np.float32)], axis=1)
    person = np.repeat(examples.person[:, :2], counts, axis=0)  # (ratings, 2)
    steps = np.concatenate([np.ones((len(person), 1), np.float32), person], axis=1)  # (ratings, 3)
    most = MOST_STOOD_FOR * np.exp(-examples.person[:, 0] / 2)  # (examples,); the first feature is log(1 + ratings)
    weights = np.repeat(np.minimum(examples.later / np.maximum(1, counts), most), counts)
    return (
        (steps[:, :, None] * pairs[:, None, :]).reshape(len(pairs), -1),
        examples.liked[rated] == 1,
        (weights / weights.mean()).astype(np.float32),
    )
