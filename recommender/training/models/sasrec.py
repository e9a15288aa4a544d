"""SASRec: each film of a history foretells the next by what it sees before it (Kang and McAuley 2018, section III).

Sampled softmax in place of one negative (Klenitskiy and Vasilev 2023, "Turning Dross Into Gold Loss"); stars are seen.
"""

from __future__ import annotations

from typing import Final

import keras
from keras import ops

from recommender.training.models.config import ModelConfig
from recommender.training.models.contrast import Contrast
from recommender.training.models.sequences import Recency, attend, embed_places, rated_vectors, score_two_ways
from recommender.training.models.shared import bias, embed, make_inputs, name_heads
from recommender.training.models.space import FILM_IDS, MLP, SHARED, Space

# As the paper (section IV.D).
BLOCKS: Final = 2

SPACE: Final[Space] = {**SHARED, **FILM_IDS, "dropout": MLP["dropout"]}


def build(config: ModelConfig) -> keras.Model:
    """Build the ranker.  Inputs: all but genres; outputs are as embedding_mlp's."""
    keras.utils.set_random_seed(config.seed)
    inputs = make_inputs(config)
    embedded = embed(inputs, config.of_ids())
    met, films = embedded.met, embedded.history[..., : config.film_size]  # (B, H), (B, H, d)
    recency = Recency(name="recency")(met)  # (B, H)
    places = embed_places(recency, config.history, config.film_size)  # (B, H, d)
    sequence = rated_vectors(films, inputs["stars"]) + places
    seen = attend(sequence, met, blocks=BLOCKS, dropout=config.dropout, causal=True)  # (B, H, d)
    person = ops.sum(seen * ops.expand_dims(ops.cast(ops.equal(recency, 1), seen.dtype), 2), axis=1)  # (B, d)
    scores = bias(embedded.pairs, inputs["person"]) + score_two_ways(embedded.film_ids, person)  # (B, C, 2)
    following = [seen[:, :-1], films[:, 1:], inputs["history"][:, 1:], met[:, 1:]]
    scores = Contrast(name="next_films")([scores, *following])
    return name_heads(inputs, scores, f"sasrec_{config.seed}", "genres")
