"""Fitting "how sure": Platt scaling of liking logits, on people the network did not train on."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.ranking.calibration import Calibration
from recommender.training.logistic import fit_logistic

RIDGE: Final = 1e-3
LEFT_ALONE: Final = np.array([1.0, 0.0])


def fit_calibration(logits: NDArray[np.floating], liked: NDArray[np.bool_]) -> Calibration:
    """Return the Platt scaling that fits best, by Newton's method (Platt 1999; Lin, Lin and Weng 2007).

    Without both likes and others among the ratings, the logits are left as they are.  (ratings,) each
    """
    if len(liked) == 0 or liked.all() or not liked.any():
        return Calibration()
    design = np.stack([logits.astype(np.float64), np.ones(len(logits))], axis=1)  # (ratings, 2)
    slope, offset = fit_logistic(design, liked, ridge=RIDGE, prior=LEFT_ALONE)
    return Calibration(float(slope), float(offset))
