"""Learning from histories themselves: which film came, told apart from those that other people in the batch met."""

from __future__ import annotations

from typing import Final

import keras
from keras import layers, ops

from recommender.training.models.config import NEVER

# Of so many other people each query sees one film: more popular films are met more often, as by sampling.
OTHERS: Final = 4


@keras.saving.register_keras_serializable("reelmate")
class Contrast(layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """Pass scores through; in training, ask every query to put its own film above those of others.

    A softmax over one film and a few sampled ones (Jean et al. 2015, "On Using Very Large Target Vocabulary").

    Scores (B, ...), queries (B, H, d), films (B, H, d), their rows (B, H), 1 where it counts (B, H) -> (B, ...)
    """

    def call(self, inputs: list[keras.KerasTensor], training: bool | None = None) -> keras.KerasTensor:
        passed, *history = inputs
        if training:
            self.add_loss(contrast_loss(*history))
        return passed

    def compute_output_shape(self, shapes: list[tuple[int | None, ...]]) -> tuple[int | None, ...]:
        return shapes[0]


def contrast_loss(
    queries: keras.KerasTensor, films: keras.KerasTensor, rows: keras.KerasTensor, counts: keras.KerasTensor
) -> keras.KerasTensor:
    """Return the mean cross-entropy of the film that belongs to each query; nought where none counts."""
    queries, films = ops.cast(queries, "float32"), ops.cast(films, "float32")
    counts = ops.cast(counts, "float32")
    logits = [ops.sum(queries * films, axis=-1)]  # (B, H) each
    for away in range(1, OTHERS + 1):
        other = ops.sum(queries * ops.roll(films, away, axis=0), axis=-1)
        differs = ops.logical_and(ops.roll(counts, away, axis=0) > 0, ops.not_equal(ops.roll(rows, away, axis=0), rows))
        logits.append(ops.where(differs, other, NEVER))
    losses = ops.logsumexp(ops.stack(logits, axis=0), axis=0) - logits[0]  # (B, H)
    return ops.sum(losses * counts) / ops.maximum(ops.sum(counts), 1.0)


@keras.saving.register_keras_serializable("reelmate")
class SkipGram(layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """Pass scores through; in training, draw films met together closer than films of different people.

    Skip-gram with negative sampling (Mikolov et al. 2013), the next person's films for negatives.

    Scores (B, ...), film vectors (B, H, d), context vectors (B, H, d), 1 where it counts (B, H) -> (B, ...)
    """

    def __init__(self, window: int, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.window = window

    def call(self, inputs: list[keras.KerasTensor], training: bool | None = None) -> keras.KerasTensor:
        passed, *history = inputs
        if training:
            self.add_loss(self._loss(*history))
        return passed

    def compute_output_shape(self, shapes: list[tuple[int | None, ...]]) -> tuple[int | None, ...]:
        return shapes[0]

    def get_config(self) -> dict[str, object]:
        return {**super().get_config(), "window": self.window}

    def _loss(
        self, films: keras.KerasTensor, contexts: keras.KerasTensor, counts: keras.KerasTensor
    ) -> keras.KerasTensor:
        films, contexts = ops.cast(films, "float32"), ops.cast(contexts, "float32")
        counts = ops.cast(counts, "float32")
        order = ops.arange(films.shape[1])
        apart = ops.abs(ops.expand_dims(order, 1) - order)  # (H, H)
        near = ops.cast(ops.logical_and(apart > 0, apart <= self.window), "float32")
        together = ops.expand_dims(counts, 2) * ops.expand_dims(counts, 1) * near  # (B, H, H)
        strange = ops.expand_dims(counts, 2) * ops.expand_dims(ops.roll(counts, 1, axis=0), 1)  # (B, H, H)
        close = ops.einsum("bid,bjd->bij", films, contexts)
        far = ops.einsum("bid,bjd->bij", films, ops.roll(contexts, 1, axis=0))
        return _mean(ops.softplus(-close), together) + _mean(ops.softplus(far), strange)


def _mean(losses: keras.KerasTensor, weights: keras.KerasTensor) -> keras.KerasTensor:
    return ops.sum(losses * weights) / ops.maximum(ops.sum(weights), 1.0)
