"""EGES: a film's vector is a blend of its id's and its genres', the shares its own (Wang et al. 2018, section 3.3).

What a history liked one after another is a walk through the graph of films; a film nobody met is known by its genres.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import keras
from keras import layers, ops

from recommender.training.models.config import ModelConfig
from recommender.training.models.contrast import SkipGram
from recommender.training.models.likened import liked_enough, score_by_nearness
from recommender.training.models.shared import KnownRow, embed, make_inputs, name_heads
from recommender.training.models.space import FILM_IDS, SHARED, Space

# As the paper's walks (section 4.1).
WINDOW: Final = 5

SPACE: Final[Space] = {**SHARED, **FILM_IDS}


def build(config: ModelConfig) -> keras.Model:
    """Build the ranker.  Inputs: all but genres; outputs are as embedding_mlp's."""
    keras.utils.set_random_seed(config.seed)
    sized = replace(config.of_ids(), genre_size=config.film_size)
    inputs, movies, size = make_inputs(config), len(config.film_genres), config.film_size
    embedded = embed(inputs, sized)
    known, shares = KnownRow(movies, name="rows"), layers.Embedding(movies + 1, 2, "zeros", name="shares")

    def blend(vectors: keras.KerasTensor, rows: keras.KerasTensor) -> keras.KerasTensor:
        weights = ops.softmax(shares(known(rows)), axis=-1)  # (B, N, 2)
        return vectors[..., :size] * weights[..., :1] + vectors[..., size:] * weights[..., 1:]  # (B, N, size)

    films, met = blend(embedded.film, inputs["films"]), blend(embedded.history, inputs["history"])
    contexts = layers.Embedding(movies + 1, size, name="contexts")(known(inputs["history"]))  # (B, H, size)
    scores = score_by_nearness(inputs, embedded, films, met)  # (B, C, 2)
    liked = liked_enough(inputs["stars"], embedded.met)
    scores = SkipGram(WINDOW, name="walks")([scores, met, contexts, liked])
    return name_heads(inputs, scores, f"eges_{config.seed}", "genres")
