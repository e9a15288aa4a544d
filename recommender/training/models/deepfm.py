"""DeepFM: a factorisation machine and an MLP over the same embeddings (Guo et al. 2017, "DeepFM")."""

from __future__ import annotations

from typing import Final

import keras
import keras_rs
from keras import layers, ops

from recommender.training.models.config import ModelConfig
from recommender.training.models.deep import deepen
from recommender.training.models.shared import Wide, embed, make_inputs, name_heads
from recommender.training.models.space import EMBEDDED, FITTING, LIKING, MLP, Space

SPACE: Final[Space] = {**FITTING, **LIKING, **EMBEDDED, **MLP}


def build(config: ModelConfig) -> keras.Model:
    """Build the ranker; inputs and outputs are as embedding_mlp's."""
    keras.utils.set_random_seed(config.seed)
    inputs = make_inputs(config)
    embedded = embed(inputs, config)
    first_order = Wide(name="first_order")([embedded.pairs, inputs["person"]])  # (B, C, 2)
    films = [embedded.film_ids, embedded.film_genres, embedded.pairs]
    fields = [layers.Dense(config.film_size, use_bias=False)(field) for field in (*films, *embedded.fields)]
    dots = FieldDots(name="second_order")(fields)  # (B, C, pairs of fields)
    # A weight for each pair of fields lets one machine serve both heads (Pan et al. 2018, "Field-weighted FM").
    second_order = layers.Dense(2, use_bias=False, kernel_initializer="zeros", name="field_weights")(dots)
    hidden = deepen([embedded.film, embedded.pairs], embedded.person, config)
    deep = layers.Dense(2, kernel_initializer="zeros", name="deep")(hidden)  # (B, C, 2)
    return name_heads(inputs, first_order + second_order + deep, f"deepfm_{config.seed}")


@keras.saving.register_keras_serializable("reelmate")
class FieldDots(layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """Multiply every two fields: keras-rs' DotInteraction, which knows no films axis, for all films at once.

    Films' fields first: n of (B, C, d) or (B, d) -> (B, C, n (n - 1) / 2)
    """

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.dots = keras_rs.layers.DotInteraction()

    def build(self, shapes: list[tuple[int | None, ...]]) -> None:
        self.dots.build([(None, shapes[0][-1]) for _ in shapes])

    def call(self, fields: list[keras.KerasTensor]) -> keras.KerasTensor:
        people, films, size = ops.shape(fields[0])
        each = [field if len(field.shape) == 3 else ops.expand_dims(field, 1) for field in fields]
        flat = [ops.reshape(ops.broadcast_to(field, (people, films, size)), (-1, size)) for field in each]
        return ops.reshape(self.dots(flat), (people, films, len(fields) * (len(fields) - 1) // 2))

    def compute_output_shape(self, shapes: list[tuple[int | None, ...]]) -> tuple[int | None, ...]:
        return (*shapes[0][:2], len(shapes) * (len(shapes) - 1) // 2)
