"""NFM: an MLP over the pooled products of all pairs of fields (He and Chua 2017, "Neural FMs", section 3.2)."""

from __future__ import annotations

from typing import Final

import keras
from keras import layers

from recommender.training.models.config import ModelConfig
from recommender.training.models.fields import pool_pairs, project_fields, stack_fields
from recommender.training.models.shared import Wide, embed, make_inputs, name_heads
from recommender.training.models.space import EMBEDDED, MLP, SHARED, Space

SPACE: Final[Space] = {**SHARED, **EMBEDDED, **MLP}


def build(config: ModelConfig) -> keras.Model:
    """Build the ranker; inputs and outputs are as embedding_mlp's."""
    keras.utils.set_random_seed(config.seed)
    inputs = make_inputs(config)
    embedded = embed(inputs, config)
    first_order = Wide(name="first_order")([embedded.pairs, inputs["person"]])  # (B, C, 2)
    hidden = pool_pairs(stack_fields(project_fields(embedded, config.film_size)))  # (B, C, film_size)
    for place, size in enumerate(config.hidden):
        hidden = layers.Dense(size, activation="relu", name=f"mlp_{place}")(layers.Dropout(config.dropout)(hidden))
    deep = layers.Dense(2, use_bias=False, kernel_initializer="zeros", name="deep")(hidden)  # (B, C, 2)
    return name_heads(inputs, first_order + deep, f"nfm_{config.seed}")
