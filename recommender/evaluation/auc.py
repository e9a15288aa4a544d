"""Areas under curves of chances, compared in pairs: the same people rated what both spoke of."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recommender.evaluation.bootstrap import Difference, paired_intervals
from recommender.evaluation.likes import LikeAnswers, area_under_curve, person_areas


def has_areas(answers: LikeAnswers) -> bool:
    """Return whether anybody has both likes and others; without, there is no area to compare."""
    return bool(np.isfinite(person_areas(answers)).any())


def area_difference(one: LikeAnswers, other: LikeAnswers) -> Difference:
    """Return by how much more area is under one's curve over all ratings, people resampled with all their ratings."""
    return paired_intervals((_stakes(one) - _stakes(other))[None])[0]


def person_area_difference(one: LikeAnswers, other: LikeAnswers) -> Difference:
    """Return the same in the mean over people, of those who have both likes and others."""
    gains = person_areas(one) - person_areas(other)  # (people,)
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
    area = area_under_curve(answers.chances, liked)
    held = likes / likes.sum() + others / others.sum()  # of either kind
    return np.asarray(area + people * (ordered / (likes.sum() * others.sum()) - area * held))


def _placed(values: NDArray[np.float64], among: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how many of `among` are below each value, equals half.  (values,)"""
    ranked = np.sort(among)
    return np.asarray((np.searchsorted(ranked, values, "left") + np.searchsorted(ranked, values, "right")) / 2)
