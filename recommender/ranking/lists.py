"""What turns scores into a list for a person: diversity and the wildcard slot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

# How much score a film loses for sharing all its genres with one already listed (MMR, Carbonell and Goldstein 1998).
SAMENESS_WEIGHT: Final = 0.15
# How far down the ranking diversity may reach, per place of the list.
REACH: Final = 4
# Lists this long end with a wildcard.
WILDCARD_LENGTH: Final = 5
# A wildcard that they would more likely dislike is no treat.
LEAST_CHANCE: Final = 0.5


def diversify(
    scores: NDArray[np.floating],
    genres: NDArray[np.bool_],
    k: int,
    *,
    sameness_weight: float = SAMENESS_WEIGHT,
    reach: int = REACH,
) -> list[int]:
    """Return the places of k films, best first, each as good and as unlike those before as can be.

    Args:
        scores: (films,)
        genres: (films, genres)
        sameness_weight, reach: instead of a list's SAMENESS_WEIGHT and REACH.
    """
    waiting = [int(place) for place in np.argsort(-scores, kind="stable")[: k * reach]]
    picked: list[int] = []
    closest = np.zeros(len(scores))  # similarity of each film to the most similar one picked
    while waiting and len(picked) < k:
        best = max(waiting, key=lambda place: scores[place] - sameness_weight * closest[place])
        waiting.remove(best)
        picked.append(best)
        closest = np.maximum(closest, _jaccard(genres[best], genres))
    return picked


def wildcard(
    chances: NDArray[np.floating], familiarity: NDArray[np.floating], unusual: NDArray[np.bool_], taken: Sequence[int]
) -> int | None:
    """Return the place of a film off the person's paths that they would probably like all the same.

    Args:
        chances: how probably each is liked.  (films,)
        familiarity: how known each is.  (films,)
        unusual: which have none of the person's genres.  (films,)
        taken: places already in the list.
    """
    open_places = unusual & (familiarity < np.median(familiarity)) & (chances >= LEAST_CHANCE)
    open_places[list(taken)] = False
    places = np.flatnonzero(open_places)
    return int(places[chances[places].argmax()]) if len(places) else None


def _jaccard(one: NDArray[np.bool_], many: NDArray[np.bool_]) -> NDArray[np.float64]:
    union = (many | one).sum(axis=1)
    return np.asarray(np.divide((many & one).sum(axis=1), union, out=np.zeros(len(many)), where=union > 0))
