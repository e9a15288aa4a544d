"""The deep part of a ranker: stacking and MLP layers over films, one person's share computed once for all of them."""

from __future__ import annotations

from collections.abc import Sequence

import keras
from keras import layers, ops

from recommender.training.models.config import ModelConfig


def deepen(films: Sequence[keras.KerasTensor], person: keras.KerasTensor, config: ModelConfig) -> keras.KerasTensor:
    """Stack what is known of films and person, and run the MLP.

    A dense layer over vectors side by side is a sum of dense layers over each, so the first one is never stacked.

    Args:
        films: one or more vectors per film.  (B, C, ...) each
        person: (B, ...)

    Returns:
        The last hidden layer.  (B, C, hidden[-1])
    """
    first, *others = config.hidden
    parts = [
        layers.Dense(first, use_bias=place == 0, name=f"film_part_{place}")(vectors)
        for place, vectors in enumerate(films)
    ]  # (B, C, first) each
    of_person = ops.expand_dims(layers.Dense(first, use_bias=False, name="person_part")(person), 1)  # (B, 1, first)
    stacked = layers.Add()([*parts, of_person])
    hidden = layers.Dropout(config.dropout)(layers.Activation("relu")(stacked))
    for place, size in enumerate(others):
        hidden = layers.Dense(size, activation="relu", name=f"mlp_{place}")(hidden)
        hidden = layers.Dropout(config.dropout)(hidden)
    return hidden
