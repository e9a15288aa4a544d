"""Films likened to what a person liked: the heads of models whose vectors learn from histories alone."""

from __future__ import annotations

import keras
from keras import layers, ops

from recommender.domain import LIKE
from recommender.ranking.inputs import MIDDLE_STARS
from recommender.training.models.shared import Embedded, Inputs, Pool, bias


def liked_enough(stars: keras.KerasTensor, met: keras.KerasTensor) -> keras.KerasTensor:
    """Return 1 for each film of the history that was liked.  (B, H), (B, H) -> (B, H)"""
    return ops.cast(stars >= LIKE.value - MIDDLE_STARS, met.dtype) * met


def score_by_nearness(
    inputs: Inputs, embedded: Embedded, films: keras.KerasTensor, met: keras.KerasTensor
) -> keras.KerasTensor:
    """Return biases plus how near each film is to what was liked and disliked; the vectors are not moved by it.

    Films (B, C, d), history (B, H, d) -> (B, C, 2)
    """
    vectors = ops.normalize(ops.stop_gradient(films), axis=-1)  # (B, C, d)
    history = ops.normalize(ops.stop_gradient(met), axis=-1)  # (B, H, d)
    taste = Pool(name="taste")([history, embedded.met * inputs["stars"], embedded.met])  # (B, d)
    near = ops.einsum("bcd,bd->bc", vectors, taste)  # (B, C)
    nearness = layers.Dense(2, use_bias=False, kernel_initializer="ones", name="nearness")(ops.expand_dims(near, 2))
    return bias(embedded.pairs, inputs["person"]) + nearness
