"""NeuMF: matrix factorisation's product fused with an MLP (He et al. 2017, "Neural Collaborative Filtering", 3.4)."""

from __future__ import annotations

from typing import Final

import keras
from keras import layers, ops

from recommender.training.models.config import ModelConfig
from recommender.training.models.deep import deepen
from recommender.training.models.shared import bias, embed, make_inputs, name_heads
from recommender.training.models.space import FILM_IDS, FITTING, LIKING, MLP, Space

SPACE: Final[Space] = {**FITTING, **LIKING, **FILM_IDS, **MLP}


def build(config: ModelConfig) -> keras.Model:
    """Build the ranker.  Inputs: all but genres; outputs are as embedding_mlp's."""
    keras.utils.set_random_seed(config.seed)
    inputs = make_inputs(config)
    embedded = embed(inputs, config.of_ids())
    pooled = layers.Concatenate()(embedded.fields[:2])  # (B, 2 film_size)
    taste = layers.Dense(config.film_size, use_bias=False, name="taste")(pooled)
    product = embedded.film_ids * ops.expand_dims(taste, 1)  # (B, C, film_size)
    fused = layers.Concatenate()([product, deepen([embedded.film_ids], pooled, config)])
    scores = layers.Dense(2, use_bias=False, name="scoring")(fused)  # (B, C, 2)
    return name_heads(inputs, bias(embedded.pairs, inputs["person"]) + scores, f"neural_mf_{config.seed}", "genres")
