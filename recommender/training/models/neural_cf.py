"""NeuralCF: an MLP in place of the dot product (He et al. 2017, "Neural Collaborative Filtering", section 3.3).

It knows ids alone; the person's vector is pooled from the history, since newcomers have no id of their own.
"""

from __future__ import annotations

from typing import Final

import keras
from keras import layers

from recommender.training.models.config import ModelConfig
from recommender.training.models.deep import deepen
from recommender.training.models.shared import embed, make_inputs, name_heads
from recommender.training.models.space import FILM_IDS, FITTING, LIKING, MLP, Space

SPACE: Final[Space] = {**FITTING, **LIKING, **FILM_IDS, **MLP}


def build(config: ModelConfig) -> keras.Model:
    """Build the ranker.  Inputs: history (B, H), stars (B, H), films (B, C); outputs are as embedding_mlp's."""
    keras.utils.set_random_seed(config.seed)
    inputs = make_inputs(config)
    embedded = embed(inputs, config.of_ids())
    person = layers.Concatenate()(embedded.fields[:2])  # (B, 2 film_size)
    hidden = deepen([embedded.film_ids], person, config)
    scores = layers.Dense(2, name="scoring")(hidden)  # (B, C, 2)
    return name_heads(inputs, scores, f"neural_cf_{config.seed}", "genres", "person", "pairs")
