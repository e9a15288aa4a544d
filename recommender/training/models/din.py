"""DIN: a history as the film at hand sees it (Zhou et al. 2018, "Deep Interest Network")."""

from __future__ import annotations

from typing import Final

import keras
from keras import layers, ops

from recommender.training.models.config import ModelConfig
from recommender.training.models.deep import deepen
from recommender.training.models.shared import embed, make_inputs, name_heads
from recommender.training.models.space import EMBEDDED, FITTING, LIKING, MLP, Space

# Hidden units of the activation unit; the paper's 36 cost four times as much and every film meets every rating.
UNITS: Final = 8

SPACE: Final[Space] = {**FITTING, **LIKING, **EMBEDDED, **MLP}


def build(config: ModelConfig) -> keras.Model:
    """Build the ranker; inputs and outputs are as embedding_mlp's."""
    keras.utils.set_random_seed(config.seed)
    inputs = make_inputs(config)
    embedded = embed(inputs, config)
    rated = layers.Concatenate()([embedded.history, ops.expand_dims(inputs["stars"], 2)])  # (B, H, d + 1)
    interest = Interest(UNITS, name="interest")([embedded.film, rated, embedded.met])  # (B, C, d + 1)
    hidden = deepen([embedded.film, interest, embedded.pairs], embedded.person, config)
    scores = layers.Dense(2, kernel_initializer="zeros", name="scoring")(hidden)  # (B, C, 2)
    return name_heads(inputs, scores, f"din_{config.seed}")


@keras.saving.register_keras_serializable("reelmate")
class Interest(layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """Sum the history, each rating weighted by a small network of film, rating and their product (section 4.3).

    Weights need not sum to one, so that strength of interest is kept.  (B, C, d), (B, H, e), (B, H) -> (B, C, e)
    """

    def __init__(self, units: int, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.units = units
        self.of_film, self.of_rating = layers.Dense(units), layers.Dense(units, use_bias=False)
        self.activation, self.weight = layers.PReLU(shared_axes=(1, 2)), layers.Dense(1)

    def build(self, shapes: list[tuple[int | None, ...]]) -> None:
        film, rating, _ = shapes
        self.of_film.build(film)
        self.of_rating.build(rating)
        self.activation.build((None, None, None, self.units))
        self.weight.build((None, None, None, self.units))
        self.products = self.add_weight(shape=(film[-1], self.units), name="products")

    def call(self, inputs: list[keras.KerasTensor]) -> keras.KerasTensor:
        film, rating, met = inputs
        scaled = ops.expand_dims(film, 2) * ops.transpose(self.products)  # (B, C, U, d)
        seen = rating[..., : film.shape[-1]]  # (B, H, d)
        hidden = ops.einsum("bcud,bhd->bchu", scaled, seen)  # (B, C, H, U)
        hidden = hidden + ops.expand_dims(self.of_film(film), 2) + ops.expand_dims(self.of_rating(rating), 1)
        weights = self.weight(self.activation(hidden))[..., 0] * ops.expand_dims(ops.cast(met, film.dtype), 1)
        length = 1 + ops.sum(ops.cast(met, film.dtype), axis=1)  # (B,)
        return ops.einsum("bch,bhe->bce", weights, rating) / ops.sqrt(length)[:, None, None]

    def get_config(self) -> dict[str, object]:
        return {**super().get_config(), "units": self.units}
