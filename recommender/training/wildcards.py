"""What wildcards that were shown teach of which to draw: a logistic regression from the chance's own word on.

With nothing to learn from it stays with that word, and with little near it. All wildcards are learned from anew at
every training, so that nothing is carried from one to the next. The dueling bandit gradient descent of DRN (Zheng et
al. 2018, section 4.5) was tried beside it: docs/experiments.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.ranking.wildcard_policy import NOTHING_LEARNED, WildcardPolicy
from recommender.training.logistic import fit_logistic

# How strongly weights are drawn to what they are while nothing is learned: as by some hundred wildcards.
RIDGE: Final = 100.0
# A feature that varies less tells nothing.
LEAST_SCALE: Final = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class ShownWildcards:
    """Wildcards as they were shown, and what became of them.

    Attributes:
        features: as `describe_wildcards` has them, of who was shown each at the time.  (wildcards, features)
        liked: whether each was given a like afterwards.  (wildcards,)
        propensities: how probable each was, of all that might have stood there.  (wildcards,)
    """

    features: NDArray[np.float64]
    liked: NDArray[np.bool_]
    propensities: NDArray[np.float64]


def learn_policy(shown: ShownWildcards) -> WildcardPolicy:
    """Return the policy that these wildcards teach."""
    if not shown.liked.any() or shown.liked.all():  # nothing tells those liked from the others
        return WildcardPolicy()
    centre, scale = shown.features.mean(axis=0), shown.features.std(axis=0)
    scale = np.where(scale < LEAST_SCALE, 1.0, scale)
    design = np.column_stack([np.ones(len(shown.liked)), (shown.features - centre) / scale])
    prior = np.concatenate([[0.0], NOTHING_LEARNED * scale])
    weights = fit_logistic(design, shown.liked, ridge=RIDGE, prior=prior)[1:] / scale
    return WildcardPolicy(tuple(weights.tolist()))
