"""xDeepFM: crosses of bounded order, vector by vector, beside an MLP (Lian et al. 2018, "xDeepFM", section 3)."""

from __future__ import annotations

from typing import Final

import keras
from keras import layers, ops

from recommender.training.models.config import ModelConfig
from recommender.training.models.deep import deepen
from recommender.training.models.fields import project_fields, stack_fields
from recommender.training.models.shared import Wide, embed, make_inputs, name_heads
from recommender.training.models.space import EMBEDDED, MLP, SHARED, Space

# Feature maps of each layer; two layers cross up to three fields.
MAPS: Final = (8, 8)
SIZE: Final = 8

SPACE: Final[Space] = {**SHARED, **EMBEDDED, **MLP}


def build(config: ModelConfig) -> keras.Model:
    """Build the ranker; inputs and outputs are as embedding_mlp's."""
    keras.utils.set_random_seed(config.seed)
    inputs = make_inputs(config)
    embedded = embed(inputs, config)
    first_order = Wide(name="first_order")([embedded.pairs, inputs["person"]])  # (B, C, 2)
    fields = stack_fields(project_fields(embedded, SIZE))  # (B, C, n, SIZE)
    crossed, pooled = fields, []
    for place, maps in enumerate(MAPS):
        crossed = CompressedCross(maps, name=f"cross_{place}")([crossed, fields])  # (B, C, maps, SIZE)
        pooled.append(ops.sum(crossed, axis=-1))  # (B, C, maps)
    crosses = layers.Dense(2, use_bias=False, kernel_initializer="zeros", name="crosses")(layers.Concatenate()(pooled))
    hidden = deepen([embedded.film, embedded.pairs], embedded.person, config)
    deep = layers.Dense(2, kernel_initializer="zeros", name="deep")(hidden)  # (B, C, 2)
    return name_heads(inputs, first_order + crosses + deep, f"xdeepfm_{config.seed}")


@keras.saving.register_keras_serializable("reelmate")
class CompressedCross(layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """One layer of the compressed interaction network: weighted sums of products of maps and fields (equation 6).

    (B, C, m, d), (B, C, n, d) -> (B, C, maps, d)
    """

    def __init__(self, maps: int, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.maps = maps

    def build(self, shapes: list[tuple[int | None, ...]]) -> None:
        self.kernel = self.add_weight(shape=(shapes[0][2], shapes[1][2], self.maps), name="kernel")

    def call(self, inputs: list[keras.KerasTensor]) -> keras.KerasTensor:
        crossed, fields = inputs
        weighted = ops.einsum("bcnd,mno->bcmod", fields, self.kernel)  # (B, C, m, maps, d)
        return ops.sum(ops.expand_dims(crossed, 3) * weighted, axis=2)

    def get_config(self) -> dict[str, object]:
        return {**super().get_config(), "maps": self.maps}
