"""How a liking logit becomes the chance of a like."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from recommender.data.odds import sigmoid


@dataclass(frozen=True, slots=True)
class Calibration:
    """Platt scaling (Platt 1999): the probability of liking is sigmoid(slope * logit + offset).

    Raises:
        ValueError: one of the two is not finite.
    """

    slope: float = 1.0
    offset: float = 0.0

    def __post_init__(self) -> None:
        if not (isfinite(self.slope) and isfinite(self.offset)):
            raise ValueError(f"a calibration must be finite. Received: slope={self.slope}, offset={self.offset}")

    def probabilities(self, logits: NDArray[np.floating]) -> NDArray[np.float64]:
        """Return probabilities of liking.  any shape"""
        return sigmoid(self.slope * logits.astype(np.float64) + self.offset)
