"""Reelmate's ranker: Embedding+MLP with a wide part, after Deep Crossing (Shan et al. 2016) and Wide&Deep (Cheng 2016).

Feature, embedding, stacking, MLP and scoring layers. The first MLP layer is a sum of a film, a person and a pair part,
so that the person part is computed once for all films.
"""

from __future__ import annotations

import keras
from keras import layers, ops

from recommender.models.config import ModelConfig
from recommender.models.shared import Embedded, Wide, embed, make_inputs


def build(config: ModelConfig) -> keras.Model:
    """Build the ranker: scores of films for one person each, and logits of liking them.

    Inputs: genres (B, 18), history (B, H), stars (B, H), person (B, P), films (B, C), pairs (B, C, F).
    Outputs: choice (B, C), the logit of choosing; liking (B, C), the logit of liking once seen.
    """
    keras.utils.set_random_seed(config.seed)
    inputs = make_inputs(config)
    embedded = embed(inputs, config)
    deep = _deep(embedded, config)  # (B, C, 2)
    wide = Wide(name="wide")([embedded.pairs, inputs["person"]])  # (B, C, 2)
    choice = layers.Identity(name="choice")(deep[..., 0] + wide[..., 0])
    liking = layers.Identity(name="liking")(deep[..., 1] + wide[..., 1])
    return keras.Model(inputs, {"choice": choice, "liking": liking}, name=f"embedding_mlp_{config.seed}")


def _deep(embedded: Embedded, config: ModelConfig) -> keras.KerasTensor:
    """Stack, run the MLP and score.  (B, C, 2)"""
    first, *others = config.hidden
    stacked = (
        layers.Dense(first, name="film_part")(embedded.film)
        + layers.Dense(first, use_bias=False, name="pair_part")(embedded.pairs)
        + ops.expand_dims(layers.Dense(first, use_bias=False, name="person_part")(embedded.person), 1)
    )  # (B, C, first)
    hidden = layers.Dropout(config.dropout)(layers.Activation("relu")(stacked))
    for place, size in enumerate(others):
        hidden = layers.Dense(size, activation="relu", name=f"mlp_{place}")(hidden)
        hidden = layers.Dropout(config.dropout)(hidden)
    # Zeros at the start: the wide part leads, and the MLP learns what it misses.
    return layers.Dense(2, kernel_initializer="zeros", name="scoring")(hidden)
