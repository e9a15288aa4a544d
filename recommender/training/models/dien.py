"""DIEN: interests drawn from a history, evolving toward the film at hand (Zhou et al. 2019, "DIEN", section 4).

A GRU draws the interests, each taught to foretell the next film; one with an attentional update gate lets them evolve.
"""

from __future__ import annotations

from typing import Final

import keras
from keras import layers, ops

from recommender.training.models.config import ModelConfig
from recommender.training.models.contrast import Contrast
from recommender.training.models.deep import deepen
from recommender.training.models.sequences import Newest, Recency
from recommender.training.models.shared import embed, make_inputs, name_heads
from recommender.training.models.space import EMBEDDED, MLP, SHARED, Space

# Every film at hand walks through the history one by one, so the history is cut to its end.
NEWEST: Final = 10
UNITS: Final = 8
# What padding is held back by: no attention is left for it in half precision either.
ABSENT: Final = 1e4

SPACE: Final[Space] = {**SHARED, **EMBEDDED, **MLP}


def build(config: ModelConfig) -> keras.Model:
    """Build the ranker; inputs and outputs are as embedding_mlp's."""
    keras.utils.set_random_seed(config.seed)
    inputs = make_inputs(config)
    embedded = embed(inputs, config)
    recency = Recency(name="recency")(embedded.met)  # (B, H)
    newest = Newest(min(NEWEST, config.history), name="newest")
    met = newest([ops.expand_dims(embedded.met, 2), recency])[..., 0]  # (B, T)
    rows = newest([ops.expand_dims(ops.cast(inputs["history"], "float32"), 2), recency])[..., 0]  # (B, T)
    films = newest([embedded.history, recency])  # (B, T, d)
    rated = ops.concatenate([films, newest([ops.expand_dims(inputs["stars"], 2), recency])], axis=2)  # (B, T, d + 1)
    interests = layers.GRU(UNITS, return_sequences=True, unroll=True, name="interests")(rated)  # (B, T, UNITS)
    evolved = Evolution(UNITS, name="evolution")([embedded.film, interests, met])  # (B, C, UNITS)
    hidden = deepen([embedded.film, evolved, embedded.pairs], embedded.person, config)
    scores = layers.Dense(2, kernel_initializer="zeros", name="scoring")(hidden)  # (B, C, 2)
    foretold = layers.Dense(films.shape[-1], name="foretold")(interests)  # (B, T, d)
    following = [foretold[:, :-1], films[:, 1:], rows[:, 1:], met[:, 1:] * met[:, :-1]]
    scores = Contrast(name="next_films")([scores, *following])
    return name_heads(inputs, scores, f"dien_{config.seed}")


@keras.saving.register_keras_serializable("reelmate")
class Evolution(layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """Let interests evolve, each as far as it concerns the film at hand: AUGRU (equations 9, 15 and 16).

    Films (B, C, d), interests (B, T, u), 1 for a film (B, T) -> (B, C, units)
    """

    def __init__(self, units: int, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.units = units
        self.asked = layers.Dense(units, use_bias=False)
        self.of_interest = layers.Dense(3 * units)
        self.of_gates, self.of_state = layers.Dense(2 * units, use_bias=False), layers.Dense(units, use_bias=False)

    def build(self, shapes: list[tuple[int | None, ...]]) -> None:
        self.asked.build(shapes[0])
        self.of_interest.build(shapes[1])
        self.of_gates.build((None, None, self.units))
        self.of_state.build((None, None, self.units))

    def call(self, inputs: list[keras.KerasTensor]) -> keras.KerasTensor:
        film, interests, met = inputs
        asked = ops.einsum("bcu,btu->bct", self.asked(film), interests)  # (B, C, T)
        met = ops.expand_dims(ops.cast(met, film.dtype), 1)  # (B, 1, T)
        attention = ops.softmax(asked + (met - 1) * ABSENT, axis=2) * met  # (B, C, T)
        known = self.of_interest(interests)  # (B, T, 3 units)
        state = ops.zeros_like(asked[..., :1]) + ops.zeros_like(known[:, :1, : self.units])  # (B, C, units)
        for step in range(interests.shape[1]):
            state = self._evolve(state, known[:, step : step + 1], attention[..., step : step + 1])
        return state

    def _evolve(
        self, state: keras.KerasTensor, known: keras.KerasTensor, attention: keras.KerasTensor
    ) -> keras.KerasTensor:
        units = self.units
        gates = ops.sigmoid(known[..., : 2 * units] + self.of_gates(state))  # (B, C, 2 units)
        update, reset = attention * gates[..., :units], gates[..., units:]
        candidate = ops.tanh(known[..., 2 * units :] + self.of_state(reset * state))  # (B, C, units)
        return (1 - update) * state + update * candidate

    def get_config(self) -> dict[str, object]:
        return {**super().get_config(), "units": self.units}
