"""Wide & Deep: memorised crosses beside an MLP that generalises (Cheng et al. 2016, "Wide & Deep Learning")."""

from __future__ import annotations

from typing import Final

import keras
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
    wide = Wide(name="wide")([embedded.pairs, inputs["person"]])  # (B, C, 2)
    crosses = _cross(inputs["genres"], embedded.film_genres)  # (B, C, 2)
    hidden = deepen([embedded.film, embedded.pairs], embedded.person, config)
    deep = layers.Dense(2, kernel_initializer="zeros", name="deep")(hidden)  # (B, C, 2)
    return name_heads(inputs, wide + crosses + deep, f"wide_deep_{config.seed}")


def _cross(chosen: keras.KerasTensor, film_genres: keras.KerasTensor) -> keras.KerasTensor:
    """Score every AND(chosen genre, genre of the film): the cross-product transformation of section 3.1.  (B, C, 2)"""
    genres = chosen.shape[-1]
    crossed = layers.Dense(2 * genres, use_bias=False, kernel_initializer="zeros", name="crosses")(chosen)
    return ops.einsum("bcg,bgo->bco", film_genres, layers.Reshape((genres, 2))(crossed))
