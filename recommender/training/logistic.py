"""Logistic regression, fitted to the end by Newton's method: what "how sure" is made of."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.data.odds import sigmoid

MOST_STEPS: Final = 25
# Newton's method doubles the right digits with every step: after one this small there is nothing left to gain.
SETTLED: Final = 1e-5
# Chances beyond it are 0 or 1 in single precision.
MOST_LOGIT: Final = 30.0


def fit_logistic(
    design: NDArray[np.floating],
    liked: NDArray[np.bool_],
    *,
    ridge: float,
    weights: NDArray[np.floating] | None = None,
    prior: NDArray[np.float64] | None = None,
) -> NDArray[np.float64]:
    """Return the weights of features that say best what was liked (Hastie, Tibshirani, Friedman 2009, section 4.4.1).

    Args:
        design: features of each rating.  (ratings, features)
        liked: (ratings,)
        ridge: how strongly the weights are drawn to `prior`.
        weights: how much each rating counts; evenly where none are given.  (ratings,)
        prior: zeros where none is given.  (features,)
    """
    counted = np.ones(len(liked), design.dtype) if weights is None else weights.astype(design.dtype)
    start = np.zeros(design.shape[1]) if prior is None else prior.astype(np.float64)
    kernel = start
    for _ in range(MOST_STEPS):
        chances = sigmoid(np.clip(design @ kernel, -MOST_LOGIT, MOST_LOGIT))  # (ratings,)
        gradient = design.T @ (counted * (chances - liked)) + ridge * (kernel - start)
        spread = (counted * chances * (1 - chances)).astype(design.dtype)
        curvature = (design * spread[:, None]).T @ design + ridge * np.eye(len(kernel))
        step = np.linalg.solve(curvature, gradient)
        kernel = kernel - step
        if np.abs(step).max() < SETTLED:
            break
    return kernel
