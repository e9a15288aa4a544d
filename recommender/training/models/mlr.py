"""MLR, also LS-PLM: a linear model for each region of a soft partition (Gai et al. 2017, "Piece-wise Linear Models").

A film's chance is the mixture of its regions' chances (equation 2), given as the mixture's logit.
"""

from __future__ import annotations

from typing import Final

import keras
from keras import layers, ops

from recommender.training.models.config import ModelConfig
from recommender.training.models.fields import side_by_side
from recommender.training.models.shared import embed, make_inputs, name_heads
from recommender.training.models.space import EMBEDDED, SHARED, Space

# Twelve is where the paper's own data stopped to gain (section 4.2).
REGIONS: Final = 12

SPACE: Final[Space] = {**SHARED, **EMBEDDED}


def build(config: ModelConfig) -> keras.Model:
    """Build the ranker; inputs and outputs are as embedding_mlp's."""
    keras.utils.set_random_seed(config.seed)
    inputs = make_inputs(config)
    stacked = side_by_side(embed(inputs, config))  # (B, C, D)
    heads = [_mixture(stacked, head) for head in ("choice", "liking")]
    return name_heads(inputs, ops.stack(heads, axis=-1), f"mlr_{config.seed}")


def _mixture(stacked: keras.KerasTensor, head: str) -> keras.KerasTensor:
    """Return the logit of the mixture of regions.  (B, C, D) -> (B, C)"""
    regions = ops.log_softmax(layers.Dense(REGIONS, name=f"{head}_regions")(stacked), axis=-1)  # (B, C, REGIONS)
    logits = layers.Dense(REGIONS, name=f"{head}_in_region")(stacked)  # (B, C, REGIONS)
    chance = ops.logsumexp(regions + ops.log_sigmoid(logits), axis=-1)  # (B, C)
    return chance - ops.logsumexp(regions + ops.log_sigmoid(-logits), axis=-1)
