"""Matrix factorisation: biases plus a dot product of film and person (Koren, Bell and Volinsky 2009).

The person is folded in from the history, as in Koren 2008, "Factorization meets the neighborhood", asymmetric SVD.
"""

from __future__ import annotations

from typing import Final

import keras
from keras import layers, ops

from recommender.training.models.config import ModelConfig
from recommender.training.models.shared import bias, embed, make_inputs, name_heads
from recommender.training.models.space import FILM_IDS, FITTING, LIKING, Space

SPACE: Final[Space] = {**FITTING, **LIKING, **FILM_IDS}


def build(config: ModelConfig) -> keras.Model:
    """Build the ranker.  Inputs: all but genres; outputs are as embedding_mlp's."""
    keras.utils.set_random_seed(config.seed)
    inputs = make_inputs(config)
    embedded = embed(inputs, config.of_ids())
    pooled = layers.Concatenate()(embedded.fields[:2])  # (B, 2 film_size)
    person = layers.Dense(2 * config.film_size, use_bias=False, name="taste")(pooled)
    person = layers.Reshape((2, config.film_size))(person)  # one vector of the person's for each head
    dots = ops.einsum("bcd,bod->bco", embedded.film_ids, person)  # (B, C, 2)
    return name_heads(inputs, bias(embedded.pairs, inputs["person"]) + dots, f"mf_{config.seed}", "genres")
