"""Deep Crossing: residual units over all features side by side (Shan et al. 2016, "Deep Crossing", section 5)."""

from __future__ import annotations

from typing import Final

import keras
from keras import layers

from recommender.training.models.config import ModelConfig
from recommender.training.models.fields import side_by_side
from recommender.training.models.shared import embed, make_inputs, name_heads
from recommender.training.models.space import EMBEDDED, MLP, SHARED, Space

SPACE: Final[Space] = {**SHARED, **EMBEDDED, **MLP}


def build(config: ModelConfig) -> keras.Model:
    """Build the ranker; inputs and outputs are as embedding_mlp's."""
    keras.utils.set_random_seed(config.seed)
    inputs = make_inputs(config)
    stacked = side_by_side(embed(inputs, config))  # (B, C, D)
    for place, size in enumerate(config.hidden):
        inner = layers.Dense(size, activation="relu", name=f"residual_{place}_inner")(stacked)  # (B, C, size)
        outer = layers.Dense(stacked.shape[-1], name=f"residual_{place}_outer")(layers.Dropout(config.dropout)(inner))
        stacked = layers.Activation("relu")(layers.Add()([stacked, outer]))  # (B, C, D)
    scores = layers.Dense(2, name="scoring")(stacked)  # (B, C, 2)
    return name_heads(inputs, scores, f"deep_crossing_{config.seed}")
