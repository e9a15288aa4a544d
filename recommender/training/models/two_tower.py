"""Two towers: a person's vector and a film's, met in a dot product (Covington, Adams and Sargin 2016, section 3).

Besides the candidates' choice, the newest film of a history is told from the batch's other newest ones by what was met
before it: sampled softmax, corrected for how often films are sampled (Yi et al. 2019, "Sampling-Bias-Corrected").
"""

from __future__ import annotations

from typing import Final

import keras
import keras_rs
from keras import layers, ops

from recommender.training.models.config import NEVER, ModelConfig
from recommender.training.models.sequences import Recency, score_two_ways
from recommender.training.models.shared import Pool, bias, embed, make_inputs, name_heads
from recommender.training.models.space import EMBEDDED, MLP, SHARED, Space

SPACE: Final[Space] = {**SHARED, **EMBEDDED, "hidden": MLP["hidden"]}


def build(config: ModelConfig) -> keras.Model:
    """Build the ranker; inputs and outputs are as embedding_mlp's."""
    keras.utils.set_random_seed(config.seed)
    inputs = make_inputs(config)
    embedded = embed(inputs, config)
    of_person, of_film = _tower(config, "person"), _tower(config, "film")
    newest = ops.cast(ops.equal(Recency(name="recency")(embedded.met), 1), "float32")  # (B, H)

    def person_of(met: keras.KerasTensor) -> keras.KerasTensor:
        pooled = [Pool()([embedded.history, weights, met]) for weights in (met, met * inputs["stars"])]
        return of_person(layers.Concatenate()([*pooled, inputs["genres"]]))  # (B, d)

    scores = score_two_ways(of_film(embedded.film), person_of(embedded.met))  # (B, C, 2)
    last = of_film(ops.einsum("bhd,bh->bd", embedded.history, newest)[:, None])[:, 0]  # (B, d)
    row = ops.sum(inputs["history"] * ops.cast(newest, "int32"), axis=1)  # (B,)
    before = embedded.met - newest  # (B, H)
    counts = ops.cast(ops.sum(before, axis=1) > 0, "float32")  # (B,)
    sampled = BatchSoftmax(name="sampled_softmax")([scores, person_of(before), last, row, counts])
    return name_heads(inputs, bias(embedded.pairs, inputs["person"]) + sampled, f"two_tower_{config.seed}")


def _tower(config: ModelConfig, name: str) -> keras.Sequential:
    hidden = [layers.Dense(size, activation="relu") for size in config.hidden]
    return keras.Sequential([*hidden, layers.Dense(config.film_size)], name=f"{name}_tower")


@keras.saving.register_keras_serializable("reelmate")
class BatchSoftmax(layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """Pass scores through; in training, ask each person for their film among those of the batch.

    Scores (B, ...), people (B, d), their films (B, d), rows of these (B,), 1 for who counts (B,) -> (B, ...)
    """

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.correct = keras_rs.layers.SamplingProbabilityCorrection()

    def build(self, shapes: list[tuple[int | None, ...]]) -> None:
        self.correct.build(shapes[1])

    def call(self, inputs: list[keras.KerasTensor], training: bool | None = None) -> keras.KerasTensor:
        passed, *batch = inputs
        if training:
            self.add_loss(self.loss(*batch))
        return passed

    def loss(
        self, people: keras.KerasTensor, films: keras.KerasTensor, rows: keras.KerasTensor, counts: keras.KerasTensor
    ) -> keras.KerasTensor:
        """Return the mean cross-entropy of those who count."""
        order = ops.arange(ops.shape(rows)[0])
        own = ops.cast(ops.equal(ops.expand_dims(order, 1), order), "float32")  # (B, B)
        same = ops.cast(ops.equal(ops.expand_dims(rows, 1), rows), "float32") * counts  # (B, B)
        share = ops.sum(same, axis=1) / ops.maximum(ops.sum(counts), 1.0)  # (B,): how often a film is sampled
        logits = ops.cast(ops.matmul(people, ops.transpose(films)), "float32")  # (B, B)
        logits = self.correct(logits, ops.expand_dims(share, 0))
        # keras-rs 0.4's RemoveAccidentalHits adds the smallest positive number instead of the most negative: no use.
        others = ops.logical_and(counts > 0, ops.not_equal(ops.expand_dims(rows, 1), rows))
        logits = ops.where(ops.logical_or(others, own > 0), logits, NEVER)
        losses = ops.logsumexp(logits, axis=1) - ops.sum(logits * own, axis=1)  # (B,)
        return ops.sum(losses * counts) / ops.maximum(ops.sum(counts), 1.0)

    def compute_output_shape(self, shapes: list[tuple[int | None, ...]]) -> tuple[int | None, ...]:
        return shapes[0]
