"""BERT4Rec: films of a history are hidden and told from all others around them (Sun et al. 2019, "BERT4Rec", 3).

The film to come is one more hidden film at the end (section 3.6), of which the person's vector is made.
"""

from __future__ import annotations

from typing import Final

import keras
from keras import layers, ops

from recommender.training.models.config import ModelConfig
from recommender.training.models.contrast import Contrast
from recommender.training.models.sequences import Recency, attend, embed_places, rated_vectors, score_two_ways
from recommender.training.models.shared import bias, embed, make_inputs, name_heads
from recommender.training.models.space import FILM_IDS, MLP, SHARED, Space

# One finds the place that matters sooner than the paper's two.
BLOCKS: Final = 1
# Share of a history that is hidden in training: .2 suits long ones, as the paper's MovieLens (section 4.6).
HIDDEN: Final = 0.2

SPACE: Final[Space] = {**SHARED, **FILM_IDS, "dropout": MLP["dropout"]}


def build(config: ModelConfig) -> keras.Model:
    """Build the ranker.  Inputs: all but genres; outputs are as embedding_mlp's."""
    keras.utils.set_random_seed(config.seed)
    inputs = make_inputs(config)
    embedded = embed(inputs, config.of_ids())
    films = embedded.history[..., : config.film_size]  # (B, H, d)
    recency = Recency(name="recency")(embedded.met)  # (B, H)
    cloze = Cloze(HIDDEN, config.seed, name="cloze")
    sequence, hidden = cloze([rated_vectors(films, inputs["stars"]), embedded.met])  # (B, 1 + H, d), (B, H)
    now = ops.zeros_like(recency[:, :1])
    places = embed_places(ops.concatenate([now, recency], axis=1), config.history, config.film_size)
    met = ops.concatenate([ops.ones_like(embedded.met[:, :1]), embedded.met], axis=1)  # (B, 1 + H)
    seen = attend(sequence + places, met, blocks=BLOCKS, dropout=config.dropout, causal=False)  # (B, 1 + H, d)
    scores = bias(embedded.pairs, inputs["person"]) + score_two_ways(embedded.film_ids, seen[:, 0])  # (B, C, 2)
    scores = Contrast(name="hidden_films")([scores, seen[:, 1:], films, inputs["history"], hidden])
    return name_heads(inputs, scores, f"bert4rec_{config.seed}", "genres")


@keras.saving.register_keras_serializable("reelmate")
class Cloze(layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """Put the hidden film that is to come in front; in training, hide some of those met, too.

    Vectors (B, H, d), 1 for a film (B, H) -> vectors (B, 1 + H, d), 1 for a hidden film (B, H)
    """

    def __init__(self, share: float, seed: int, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.share, self.seed = share, seed
        self.draws = keras.random.SeedGenerator(seed)

    def build(self, shapes: list[tuple[int | None, ...]]) -> None:
        self.mask = self.add_weight(shape=(shapes[0][-1],), initializer="random_normal", name="mask")

    def call(
        self, inputs: list[keras.KerasTensor], training: bool | None = None
    ) -> tuple[keras.KerasTensor, keras.KerasTensor]:
        vectors, met = inputs
        hidden = ops.zeros_like(met)
        if training:
            draw = keras.random.uniform(ops.shape(met), seed=self.draws)
            hidden = ops.cast(draw < self.share, met.dtype) * met
            vectors = ops.where(ops.expand_dims(hidden, 2) > 0, self.mask, vectors)
        coming = ops.zeros_like(vectors[:, :1]) + self.mask  # (B, 1, d)
        return ops.concatenate([coming, vectors], axis=1), hidden

    def get_config(self) -> dict[str, object]:
        return {**super().get_config(), "share": self.share, "seed": self.seed}
