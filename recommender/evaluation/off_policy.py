"""What another way of drawing would have been worth, told from draws whose probabilities are known."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def inverse_propensity(
    rewards: NDArray[np.floating], propensities: NDArray[np.floating], wanted: NDArray[np.floating]
) -> float:
    """Return the mean reward that the other way would have had (Horvitz and Thompson 1952).

    Args:
        rewards: of what was drawn.  (draws,)
        propensities: how probably it was drawn, above 0.  (draws,)
        wanted: how probably the other way would have drawn it.  (draws,)
    """
    return float(np.mean(rewards * wanted / propensities))


def self_normalised(
    rewards: NDArray[np.floating], propensities: NDArray[np.floating], wanted: NDArray[np.floating]
) -> float:
    """Return the same over the sum of its weights: a little biased, and far steadier (Swaminathan and Joachims 2015).

    Where the other way would have drawn nothing of all this, nobody knows: NaN.
    """
    weights = wanted / propensities
    return float(rewards @ weights / weights.sum()) if weights.any() else float("nan")
