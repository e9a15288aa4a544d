"""DCN: crosses of all features, one order more a layer, beside an MLP (Wang et al. 2017, "Deep & Cross").

Its layers are sections 2.2 to 2.4 of the paper.
"""

from __future__ import annotations

from typing import Final

import keras
from keras import layers, ops

from recommender.training.models.config import ModelConfig
from recommender.training.models.deep import deepen
from recommender.training.models.fields import side_by_side
from recommender.training.models.shared import embed, make_inputs, name_heads
from recommender.training.models.space import EMBEDDED, MLP, SHARED, Space

# Crosses of up to three features.
CROSSES: Final = 2

SPACE: Final[Space] = {**SHARED, **EMBEDDED, **MLP}


def build(config: ModelConfig) -> keras.Model:
    """Build the ranker; inputs and outputs are as embedding_mlp's."""
    keras.utils.set_random_seed(config.seed)
    inputs = make_inputs(config)
    embedded = embed(inputs, config)
    stacked = side_by_side(embedded)  # (B, C, D)
    crossed = stacked
    for place in range(CROSSES):
        crossed = Cross(name=f"cross_{place}")([stacked, crossed])  # (B, C, D)
    hidden = deepen([embedded.film, embedded.pairs], embedded.person, config)
    both = layers.Concatenate()([crossed, hidden])
    scores = layers.Dense(2, kernel_initializer="zeros", name="scoring")(both)  # (B, C, 2)
    return name_heads(inputs, scores, f"dcn_{config.seed}")


@keras.saving.register_keras_serializable("reelmate")
class Cross(layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """Cross all features with one number that is made of them: x0 (x . w) + b + x (equation 3).

    (B, C, D), (B, C, D) -> (B, C, D)
    """

    def build(self, shapes: list[tuple[int | None, ...]]) -> None:
        self.kernel = self.add_weight(shape=(shapes[0][-1], 1), name="kernel")
        self.offset = self.add_weight(shape=(shapes[0][-1],), initializer="zeros", name="offset")

    def call(self, inputs: list[keras.KerasTensor]) -> keras.KerasTensor:
        first, crossed = inputs
        return first * ops.matmul(crossed, self.kernel) + self.offset + crossed
