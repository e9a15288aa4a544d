"""Reelmate's ranker: Embedding+MLP with a wide part, after Deep Crossing (Shan et al. 2016) and Wide&Deep (Cheng 2016).

Feature, embedding, stacking, MLP and scoring layers. The first MLP layer is a sum of a film, a person and a pair part,
so that the person part is computed once for all films.
"""

from __future__ import annotations

from typing import Final

import keras
from keras import layers, ops

from recommender.training.models.config import REGRESSION, ModelConfig
from recommender.training.models.deep import deepen
from recommender.training.models.shared import Wide, embed, make_inputs, name_heads
from recommender.training.models.space import EMBEDDED, FITTING, MLP, Space

SPACE: Final[Space] = {**FITTING, **EMBEDDED, **MLP}


def build(config: ModelConfig) -> keras.Model:
    """Build the ranker: scores of films for one person each, and logits of liking them.

    Inputs: genres (B, 18), history (B, H), stars (B, H), person (B, P), films (B, C), pairs (B, C, F).
    Outputs: choice (B, C), the logit of choosing; liking (B, C), the logit of liking once seen.
    """
    keras.utils.set_random_seed(config.seed)
    inputs = make_inputs(config)
    embedded = embed(inputs, config)
    hidden = deepen([embedded.film, embedded.pairs], embedded.person, config)
    # Zeros at the start: the wide part leads, and the MLP learns what it misses.
    deep = layers.Dense(1, kernel_initializer="zeros", name="scoring")(hidden)[..., 0]  # (B, C)
    wide = Wide(name="wide")([embedded.pairs, inputs["person"]])[..., 0]  # (B, C)
    liking = layers.Dense(1, trainable=False, name=REGRESSION)(embedded.pairs)[..., 0]  # (B, C)
    return name_heads(inputs, ops.stack([deep + wide, liking], axis=-1), f"embedding_mlp_{config.seed}")
