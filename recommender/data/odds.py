"""Chances and their log odds."""

from __future__ import annotations

from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

F = TypeVar("F", bound=np.floating)

# The exponential of more than this is beyond what 32 bits hold; such a chance is nought anyhow.
MOST: Final = 88.0


def sigmoid(logits: NDArray[F]) -> NDArray[F]:
    """Return the chance of each log odds.  any shape"""
    return np.asarray(1 / (1 + np.exp(np.minimum(-logits, MOST))))


def logit(chances: NDArray[F]) -> NDArray[F]:
    """Return the log odds of each chance, which is above 0 and below 1.  any shape"""
    return np.asarray(np.log(chances / (1 - chances)))
