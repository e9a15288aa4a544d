"""FFM: a feature has another vector for each field that it meets (Juan et al. 2016, "Field-aware FMs", section 3)."""

from __future__ import annotations

from typing import Final

import keras
import numpy as np
from keras import layers, ops

from recommender.training.models.config import ModelConfig
from recommender.training.models.fields import FIELDS, project_fields, stack_fields
from recommender.training.models.shared import Wide, embed, make_inputs, name_heads
from recommender.training.models.space import EMBEDDED, SHARED, Space

# Vectors are short, since there are as many of each as fields (table 3: 4 is as good as 16).
SIZE: Final = 4

SPACE: Final[Space] = {**SHARED, **EMBEDDED}


def build(config: ModelConfig) -> keras.Model:
    """Build the ranker; inputs and outputs are as embedding_mlp's."""
    keras.utils.set_random_seed(config.seed)
    inputs = make_inputs(config)
    embedded = embed(inputs, config)
    first_order = Wide(name="first_order")([embedded.pairs, inputs["person"]])  # (B, C, 2)
    stacked = stack_fields(project_fields(embedded, FIELDS * 2 * SIZE, "random_normal"))
    toward = layers.Reshape((-1, FIELDS, FIELDS, 2, SIZE))(stacked)  # (B, C, field, field met, head, SIZE)
    second_order = FieldAwarePairs(name="second_order")(toward)  # (B, C, 2)
    return name_heads(inputs, first_order + second_order, f"ffm_{config.seed}")


@keras.saving.register_keras_serializable("reelmate")
class FieldAwarePairs(layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """Sum over every two fields the product of the vectors that each has for the other, head by head.

    (B, C, n, n, 2, d) -> (B, C, 2)
    """

    def call(self, toward: keras.KerasTensor) -> keras.KerasTensor:
        back = ops.transpose(toward, (0, 1, 3, 2, 4, 5))
        products = ops.sum(toward * back, axis=-1)  # (B, C, n, n, 2)
        fields = toward.shape[2]
        once = np.triu(np.ones((fields, fields), np.float32), 1)[:, :, None]  # every two fields once, none with itself
        return ops.sum(products * ops.cast(once, products.dtype), axis=(2, 3))
