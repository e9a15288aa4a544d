"""The courses' Embedding+MLP as taught (Wang 2020, "Deep Learning Recommender Systems"; SparrowRecSys EmbeddingMLP).

Ids, genres and raw statistics side by side, two layers of 128, and one question: like or not. It never learns what
people choose to watch, so it orders by liking alone; newcomers have no id of their own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import keras
from keras import layers, ops

from recommender.training.models.config import ModelConfig
from recommender.training.models.deep import deepen
from recommender.training.models.shared import embed, film_statistics, make_inputs, name_heads
from recommender.training.models.space import SHARED, Space

EMBEDDING: Final = 10
HIDDEN: Final = (128, 128)

SPACE: Final[Space] = SHARED


def build(config: ModelConfig) -> keras.Model:
    """Build the ranker.  Inputs: all but history and stars; outputs are as embedding_mlp's."""
    keras.utils.set_random_seed(config.seed)
    taught = replace(config.of_ids(), film_size=EMBEDDING, genre_size=EMBEDDING, hidden=HIDDEN, dropout=0.0)
    inputs = make_inputs(taught)
    embedded = embed(inputs, taught)
    person = layers.Concatenate()(embedded.fields[3:])  # chosen genres, statistics of the person's stars
    hidden = deepen([embedded.film, film_statistics(inputs["pairs"])], person, taught)
    liking = layers.Dense(1, name="scoring")(hidden)  # (B, C, 1)
    # The choice is read off the liking and teaches it nothing.
    scores = layers.Concatenate()([ops.stop_gradient(liking), liking])
    return name_heads(inputs, scores, f"courses_{config.seed}", "history", "stars")
