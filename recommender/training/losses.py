"""What the two heads are trained for: choosing among candidates, and liking what was rated."""

from __future__ import annotations

from collections.abc import Callable

import keras
from keras import ops

Loss = Callable[[keras.KerasTensor, keras.KerasTensor], keras.KerasTensor]
NEVER = -1e9


def choice_loss(usual_likes: float) -> Loss:
    """Return the softmax cross-entropy over candidates, summed over an onboarding's likes (ListNet, Cao et al. 2007).

    A label is 1 for a later like, 0 for another candidate, negative for none.  (B, C), (B, C) -> (B,)

    Args:
        usual_likes: mean likes of an onboarding, which the sum is divided by.
    """

    def loss(chosen: keras.KerasTensor, logits: keras.KerasTensor) -> keras.KerasTensor:
        logits = ops.cast(logits, "float32")
        total = ops.logsumexp(ops.where(chosen >= 0, logits, NEVER), axis=1, keepdims=True)  # (B, 1)
        return ops.sum(ops.where(chosen > 0, total - logits, 0.0), axis=1) / usual_likes

    return loss


def liking_loss(liked: keras.KerasTensor, logits: keras.KerasTensor) -> keras.KerasTensor:
    """Return the mean binary cross-entropy over rated films; negative labels do not count.  (B, C), (B, C) -> (B,)"""
    logits = ops.cast(logits, "float32")
    rated = ops.cast(liked >= 0, "float32")
    losses = ops.softplus(logits) - ops.cast(liked > 0, "float32") * logits
    return ops.sum(losses * rated, axis=1) / (1 + ops.sum(rated, axis=1))
