"""AutoRec: a person's stars of all films, through a hidden layer, become stars of all films (Sedhain et al. 2015).

User-based (section 2): a history is the vector of all films with nought for those not met, so that the first layer is a
sum over films met. Chosen films are foretold instead of the stars themselves, each head by its own half.
"""

from __future__ import annotations

from typing import Final

import keras
from keras import layers, ops

from recommender.training.models.config import ModelConfig
from recommender.training.models.shared import KnownRow, bias, embed, make_inputs, name_heads
from recommender.training.models.space import FILM_IDS, SHARED, Space

SPACE: Final[Space] = {**SHARED, **FILM_IDS}


def build(config: ModelConfig) -> keras.Model:
    """Build the ranker.  Inputs: all but genres; outputs are as embedding_mlp's."""
    keras.utils.set_random_seed(config.seed)
    inputs = make_inputs(config)
    embedded = embed(inputs, config.of_ids())
    movies, size = len(config.film_genres), config.film_size
    rows = KnownRow(movies, name="rows")(inputs["history"])
    columns = layers.Embedding(movies + 1, 2 * size, name="encoder")(rows)  # (B, H, 2 size)
    met = inputs["stars"] * embedded.met  # (B, H)
    coded = Coded(name="hidden")(ops.einsum("bhd,bh->bd", columns, met))  # (B, 2 size)
    coded = layers.Reshape((2, size))(coded)
    films = ops.einsum("bcd,bod->bco", embedded.film_ids, coded)  # (B, C, 2)
    return name_heads(inputs, bias(embedded.pairs, inputs["person"]) + films, f"autorec_{config.seed}", "genres")


@keras.saving.register_keras_serializable("reelmate")
class Coded(layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """Add the hidden layer's offset and squash it (equation 2).  (B, d) -> (B, d)"""

    def build(self, shape: tuple[int | None, ...]) -> None:
        self.offset = self.add_weight(shape=(shape[-1],), initializer="zeros", name="offset")

    def call(self, total: keras.KerasTensor) -> keras.KerasTensor:
        return ops.sigmoid(total + self.offset)
