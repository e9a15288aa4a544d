"""What the two heads are trained for: choosing among candidates, and liking what was rated."""

from __future__ import annotations

from collections.abc import Callable

import keras
from keras import ops

from recommender.training.models.config import NEVER

Loss = Callable[[keras.KerasTensor, keras.KerasTensor], keras.KerasTensor]


def choice_loss(usual: float, evenness: float = 0.0) -> Loss:
    """Return the softmax cross-entropy over candidates, summed over an onboarding's likes (ListNet, Cao et al. 2007).

    A label is 1 for a later like, 0 for another candidate, negative for none.  (B, C), (B, C) -> (B,)

    Args:
        usual: what the sum is divided by, so that onboardings count as one in the mean.
        evenness: 0 for every like alike, 1 for every onboarding alike: the sum is divided by its likes to that power.
    """

    def loss(chosen: keras.KerasTensor, logits: keras.KerasTensor) -> keras.KerasTensor:
        logits = ops.cast(logits, "float32")
        total = ops.logsumexp(ops.where(chosen >= 0, logits, NEVER), axis=1, keepdims=True)  # (B, 1)
        likes = ops.cast(ops.sum(ops.cast(chosen > 0, "int32"), axis=1), "float32")
        return ops.sum(ops.where(chosen > 0, total - logits, 0.0), axis=1) / ops.maximum(likes, 1.0) ** evenness / usual

    return loss


def liking_loss(liked: keras.KerasTensor, logits: keras.KerasTensor) -> keras.KerasTensor:
    """Return the mean binary cross-entropy over rated films; negative labels do not count.  (B, C), (B, C) -> (B,)"""
    logits = ops.cast(logits, "float32")
    rated = ops.cast(liked >= 0, "float32")
    losses = ops.softplus(logits) - ops.cast(liked > 0, "float32") * logits
    return ops.sum(losses * rated, axis=1) / (1 + ops.sum(rated, axis=1))
