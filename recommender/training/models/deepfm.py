"""DeepFM: a factorisation machine and an MLP over the same embeddings (Guo et al. 2017, "DeepFM")."""

from __future__ import annotations

from typing import Final

import keras
from keras import layers

from recommender.training.models.config import ModelConfig
from recommender.training.models.deep import deepen
from recommender.training.models.fields import FieldDots, project_fields
from recommender.training.models.shared import Wide, embed, make_inputs, name_heads
from recommender.training.models.space import EMBEDDED, FITTING, LIKING, MLP, Space

SPACE: Final[Space] = {**FITTING, **LIKING, **EMBEDDED, **MLP}


def build(config: ModelConfig) -> keras.Model:
    """Build the ranker; inputs and outputs are as embedding_mlp's."""
    keras.utils.set_random_seed(config.seed)
    inputs = make_inputs(config)
    embedded = embed(inputs, config)
    first_order = Wide(name="first_order")([embedded.pairs, inputs["person"]])  # (B, C, 2)
    dots = FieldDots(name="second_order")(project_fields(embedded, config.film_size))  # (B, C, pairs of fields)
    # A weight for each pair of fields lets one machine serve both heads (Pan et al. 2018, "Field-weighted FM").
    second_order = layers.Dense(2, use_bias=False, kernel_initializer="zeros", name="field_weights")(dots)
    hidden = deepen([embedded.film, embedded.pairs], embedded.person, config)
    deep = layers.Dense(2, kernel_initializer="zeros", name="deep")(hidden)  # (B, C, 2)
    return name_heads(inputs, first_order + second_order + deep, f"deepfm_{config.seed}")
