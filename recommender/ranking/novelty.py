"""The novelty dial: from what many watch toward what few know, and this person would like all the same."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

# What a film's score, a log, loses for every factor of e that it is better known than the dial asks for. Scores rise
# about as fast as the log of fame does: what is lost must outweigh that. 3 does alike, and turns faster at first.
SLOPE: Final = 1.5


def rerank_by_novelty(
    scores: NDArray[np.floating],
    chances: NDArray[np.floating],
    known: NDArray[np.floating],
    everywhere: NDArray[np.floating],
    novelty: float,
) -> NDArray[np.floating]:
    """Return scores as they stand once fame beyond what the dial asks for is held against films; untouched at 0.

    What people go on to like is what they meet and then like, so fame is half of any such score, and a pool of scores
    with rarity tips over at once. So the dial sets how well known films should be, on a scale of factors from the best
    to the least known, and better known ones are pushed below; the chance of a like takes over from the score.
    Re-ranking with a penalty of fame, weighed against relevance, is Abdollahpouri, Burke and Mobasher 2019, "Managing
    popularity bias in recommender systems with personalized re-ranking".

    Args:
        scores: logs of how probably each is chosen, up to a constant.  (films,)
        chances: of a like once seen, above 0.  (films,)
        known: logs of the share of people who met each.  (films,)
        everywhere: the same of the whole catalogue.  (movies,)
        novelty: 0, the scores alone, to 1, the least known films in the order of their chances.
    """
    if not novelty or not len(scores):
        return scores
    asked = (1 - novelty) * everywhere.max() + novelty * everywhere.min()
    pooled = (1 - novelty) * scores + novelty * np.log(chances)
    return np.asarray(pooled - SLOPE * np.maximum(0, known - asked))
