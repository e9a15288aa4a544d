"""item2vec: films liked by the same people are neighbours (Barkan and Koenigstein 2016, "Item2Vec", section 3).

Vectors learn from histories alone, by skip-gram over all pairs; a film is scored by how near it is to what was liked.
"""

from __future__ import annotations

from typing import Final

import keras
from keras import layers

from recommender.training.models.config import ModelConfig
from recommender.training.models.contrast import SkipGram
from recommender.training.models.likened import liked_enough, score_by_nearness
from recommender.training.models.shared import KnownRow, embed, make_inputs, name_heads
from recommender.training.models.space import FILM_IDS, SHARED, Space

SPACE: Final[Space] = {**SHARED, **FILM_IDS}


def build(config: ModelConfig) -> keras.Model:
    """Build the ranker.  Inputs: all but genres; outputs are as embedding_mlp's."""
    keras.utils.set_random_seed(config.seed)
    inputs, movies = make_inputs(config), len(config.film_genres)
    embedded = embed(inputs, config.of_ids())
    films = embedded.history[..., : config.film_size]  # (B, H, d)
    rows = KnownRow(movies, name="rows")(inputs["history"])
    contexts = layers.Embedding(movies + 1, config.film_size, name="contexts")(rows)  # (B, H, d)
    scores = score_by_nearness(inputs, embedded, embedded.film_ids, films)  # (B, C, 2)
    liked = liked_enough(inputs["stars"], embedded.met)
    # Pairs of a set have no order, so that no window ends it (section 3).
    scores = SkipGram(config.history, name="neighbours")([scores, films, contexts, liked])
    return name_heads(inputs, scores, f"item2vec_{config.seed}", "genres")
