"""Areas under curves of chances, compared in pairs: the same people rated what both spoke of."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recommender.evaluation.bootstrap import Difference, paired_intervals
from recommender.evaluation.likes import LikeAnswers, person_aucs, roc_auc


def has_auc(answers: LikeAnswers) -> bool:
    """Return whether anybody has both likes and others; without, there is no area to compare."""
    return bool(np.isfinite(person_aucs(answers)).any())


def auc_difference(one: LikeAnswers, other: LikeAnswers) -> Difference:
    """Return by how much more area is under one's curve over all ratings, people resampled with all their ratings."""
    return paired_intervals((_stakes(one) - _stakes(other))[None])[0]


def person_auc_difference(one: LikeAnswers, other: LikeAnswers) -> Difference:
    """Return the same in the mean over people, of those who have both likes and others."""
    gains = person_aucs(one) - person_aucs(other)  # (people,)
    return paired_intervals(gains[np.isfinite(gains)][None])[0]


def _stakes(answers: LikeAnswers) -> NDArray[np.float64]:
    """Return values whose mean is the area and whose spread is what each person's ratings move it by.  (people,)

    An area is the mean over pairs of a like and another rating, of which each person holds some: linearised in how
    often people are drawn (DeLong, DeLong and Clarke-Pearson 1988; for clusters Obuchowski 1997, section 2).
    """
    places = np.concatenate(([0], np.cumsum(np.diff(answers.people) != 0)))  # (ratings,); people one after another
    liked, people = answers.liked, int(places[-1]) + 1
    likes, others = (np.bincount(places[kind], minlength=people) for kind in (liked, ~liked))  # (people,) each
    below = _placed(answers.chances[liked], answers.chances[~liked])  # others below each like
    above = likes.sum() - _placed(answers.chances[~liked], answers.chances[liked])  # likes above each of the others
    ordered = np.bincount(places[liked], below, people) + np.bincount(places[~liked], above, people)
    area = roc_auc(answers.chances, liked)
    held = likes / likes.sum() + others / others.sum()  # of either kind
    return np.asarray(area + people * (ordered / (likes.sum() * others.sum()) - area * held))


def _placed(values: NDArray[np.float64], among: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how many of `among` are below each value, equals half.  (values,)"""
    ranked = np.sort(among)
    return np.asarray((np.searchsorted(ranked, values, "left") + np.searchsorted(ranked, values, "right")) / 2)
