"""DCN V2: crosses with a matrix of weights each, here of low rank, before an MLP (Wang et al. 2021, "DCN V2", 3).

keras-rs' `FeatureCross` is the layer; cross and MLP are stacked as in the paper's figure 1a.
"""

from __future__ import annotations

from typing import Final

import keras
import keras_rs
from keras import layers

from recommender.training.models.config import ModelConfig
from recommender.training.models.fields import side_by_side
from recommender.training.models.shared import embed, make_inputs, name_heads
from recommender.training.models.space import EMBEDDED, MLP, SHARED, Space

# Crosses of up to three features.
CROSSES: Final = 2
# A quarter of the features loses nothing (section 7.4).
RANK_SHARE: Final = 4

SPACE: Final[Space] = {**SHARED, **EMBEDDED, **MLP}


def build(config: ModelConfig) -> keras.Model:
    """Build the ranker; inputs and outputs are as embedding_mlp's."""
    keras.utils.set_random_seed(config.seed)
    inputs = make_inputs(config)
    stacked = side_by_side(embed(inputs, config))  # (B, C, D)
    crossed = stacked
    for place in range(CROSSES):
        rank = stacked.shape[-1] // RANK_SHARE
        crossed = keras_rs.layers.FeatureCross(projection_dim=rank, name=f"cross_{place}")(stacked, crossed)
    hidden = crossed  # (B, C, D)
    for place, size in enumerate(config.hidden):
        hidden = layers.Dropout(config.dropout)(layers.Dense(size, activation="relu", name=f"mlp_{place}")(hidden))
    scores = layers.Dense(2, name="scoring")(hidden)  # (B, C, 2)
    return name_heads(inputs, scores, f"dcn_v2_{config.seed}")
