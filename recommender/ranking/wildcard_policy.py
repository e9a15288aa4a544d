"""Which of the films that may be a wildcard are drawn oftener: a linear policy that learns from those that were shown.

After DRN (Zheng et al. 2018, "DRN: A Deep Reinforcement Learning Framework for News Recommendation", section 4.5),
which explores beside what serves, and moves toward what did better. Here the draw itself explores: every film keeps a
chance whose bounds are known, and how it is bent is learned from all wildcards (recommender/training/wildcards.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.data.odds import logit
from recommender.ranking.features import EncodedProfile
from recommender.ranking.picking import LEAST_SHOWN, MOST_SHOWN
from recommender.ranking.retrieval import PAIR_FEATURES, Retrieval

# What it sees of a film for somebody: the log odds of a like, and of the pair features how well known it is, how old it
# is when they ask, how it shares what they liked, and how they rate its genres.
FEATURES: Final = ("chance", "log_rating_rate", "age_when_asked", "content_stars", "genre_taste")
# Until anything is learned films are as welcome as the ranker says.
NOTHING_LEARNED: Final = (1.0, 0.0, 0.0, 0.0, 0.0)
# How far a film may be preferred: the most welcome is drawn at most three times as often as the least. Of thirty films
# none is drawn oftener than in a tenth of all draws then, nor more seldom than in a hundredth.
BEND: Final = 0.5
# How fast that is reached, in standard deviations among the films at hand: half of one brings three quarters of it.
STEEPNESS: Final = 2.0
# Films that differ by less are all alike.
LEAST_SPREAD: Final = 1e-6


@dataclass(frozen=True, slots=True)
class WildcardPolicy:
    """How much each of FEATURES makes a wildcard welcome, by its unit; what all films share changes nothing."""

    weights: tuple[float, ...] = NOTHING_LEARNED

    def __post_init__(self) -> None:
        if len(self.weights) != len(FEATURES) or not np.isfinite(self.weights).all():
            raise ValueError(f"a policy needs a finite weight for each of {FEATURES}. Received: {self.weights}")

    def odds(self, features: NDArray[np.floating]) -> NDArray[np.float64]:
        """Return how probably each of these films is drawn.  (films, features) -> (films,)"""
        welcome = features @ np.array(self.weights)  # (films,)
        apart = (welcome - welcome.mean()) / max(LEAST_SPREAD, float(welcome.std()))
        bent = 1 + BEND * np.tanh(STEEPNESS * apart)
        return np.asarray(bent / bent.sum())

    def odds_for(
        self,
        retrieval: Retrieval,
        person: EncodedProfile,
        rows: NDArray[np.integer],
        chances: NDArray[np.floating],
    ) -> NDArray[np.float64]:
        """Return how probably each film is drawn for somebody; arguments as of `describe_wildcards`.  (films,)"""
        return self.odds(describe_wildcards(retrieval, person, rows, chances))


def describe_wildcards(
    retrieval: Retrieval, person: EncodedProfile, rows: NDArray[np.integer], chances: NDArray[np.floating]
) -> NDArray[np.float64]:
    """Return FEATURES of films for somebody.  (films, features)

    Args:
        rows: in the catalogue.  (films,)
        chances: of a like.  (films,)
    """
    pairs = retrieval.pair_features(person, rows)  # (films, pair features)
    others = pairs[:, [PAIR_FEATURES.index(name) for name in FEATURES[1:]]]
    return np.column_stack([logit(np.clip(chances, LEAST_SHOWN, MOST_SHOWN)), others]).astype(np.float64)
