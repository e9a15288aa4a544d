"""PNN: inner and outer products of fields are the MLP's first layer beside the fields (Qu et al. 2016).

Both kinds at once, the paper's PNN* (section IV.B); outer products are of the fields' sum (equation 14).
"""

from __future__ import annotations

from typing import Final

import keras
from keras import layers, ops

from recommender.training.models.config import ModelConfig
from recommender.training.models.deep import deepen
from recommender.training.models.fields import FieldDots, project_fields, stack_fields
from recommender.training.models.shared import embed, make_inputs, name_heads
from recommender.training.models.space import EMBEDDED, MLP, SHARED, Space

# An outer product has this size squared.
SIZE: Final = 8

SPACE: Final[Space] = {**SHARED, **EMBEDDED, **MLP}


def build(config: ModelConfig) -> keras.Model:
    """Build the ranker; inputs and outputs are as embedding_mlp's."""
    keras.utils.set_random_seed(config.seed)
    inputs = make_inputs(config)
    embedded = embed(inputs, config)
    fields = project_fields(embedded, SIZE)
    inner = FieldDots(name="inner_products")(fields)  # (B, C, pairs of fields)
    together = ops.sum(stack_fields(fields), axis=2)  # (B, C, SIZE)
    outer = ops.expand_dims(together, 3) * ops.expand_dims(together, 2)  # (B, C, SIZE, SIZE)
    outer = layers.Reshape((-1, SIZE * SIZE), name="outer_products")(outer)
    hidden = deepen([embedded.film, embedded.pairs, inner, outer], embedded.person, config)
    scores = layers.Dense(2, kernel_initializer="zeros", name="scoring")(hidden)  # (B, C, 2)
    return name_heads(inputs, scores, f"pnn_{config.seed}")
