"""FM: every two features interact by the dot product of their vectors (Rendle 2010, "Factorization Machines").

Values times vectors, summed within a field, are a linear map of the field; one machine for each head.
"""

from __future__ import annotations

from typing import Final

import keras
from keras import ops

from recommender.training.models.config import ModelConfig
from recommender.training.models.fields import pool_pairs, project_fields, stack_fields
from recommender.training.models.shared import Wide, embed, make_inputs, name_heads
from recommender.training.models.space import EMBEDDED, SHARED, Space

# Vectors begin near nought (section 4): no pair speaks before it has learned.
SMALL: Final = "random_normal"

SPACE: Final[Space] = {**SHARED, **EMBEDDED}


def build(config: ModelConfig) -> keras.Model:
    """Build the ranker; inputs and outputs are as embedding_mlp's."""
    keras.utils.set_random_seed(config.seed)
    inputs = make_inputs(config)
    embedded = embed(inputs, config)
    first_order = Wide(name="first_order")([embedded.pairs, inputs["person"]])  # (B, C, 2)
    size = config.film_size
    pooled = pool_pairs(stack_fields(project_fields(embedded, 2 * size, SMALL)))  # (B, C, 2 size)
    second_order = ops.stack([ops.sum(pooled[..., :size], -1), ops.sum(pooled[..., size:], -1)], axis=-1)  # (B, C, 2)
    return name_heads(inputs, first_order + second_order, f"fm_{config.seed}")
