"""Areas under curves of chances, compared in pairs: the same people rated what both spoke of."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from recommender.comparing import RESAMPLE_SEED, RESAMPLES, Difference, paired_intervals, percentiles
from recommender.likes import LikeAnswers, area_under_curve, person_areas


def area_difference(one: LikeAnswers, other: LikeAnswers) -> Difference:
    """Return by how much more area is under one's curve over all ratings, whole people resampled with replacement.

    An area is a sum over pairs of people, the likes of one above the other ratings of the other, so that resampling is
    a product of matrices (the two-sample statistic of Hanley and McNeil 1982, clustered: Obuchowski 1997).
    """
    gain = _concordance(one) - _concordance(other)  # (people, people)
    likes, others = _by_person(one, one.liked), _by_person(one, ~one.liked)  # (people,) each
    share = np.full(len(likes), 1 / len(likes))
    counts = np.random.default_rng(RESAMPLE_SEED).multinomial(len(likes), share, RESAMPLES)  # (resamples, people)
    pairs = np.maximum(1, (counts @ likes) * (counts @ others))  # (resamples,)
    low, high = percentiles(((counts @ gain) * counts).sum(axis=1) / pairs)
    return Difference(_area(one) - _area(other), low, high)


def person_area_difference(one: LikeAnswers, other: LikeAnswers) -> Difference:
    """Return the same in the mean over people, of those who have both likes and others."""
    gains = person_areas(one) - person_areas(other)  # (people,)
    return paired_intervals(gains[np.isfinite(gains)][None])[0]


def _area(answers: LikeAnswers) -> float:
    return area_under_curve(answers.chances, answers.liked)


def _concordance(answers: LikeAnswers) -> NDArray[np.float64]:
    """Return how many pairs of one's likes and another's other ratings are in order, ties half.  (people, people)"""
    bounds = np.flatnonzero(np.diff(answers.people)) + 1
    parts = list(zip(np.split(answers.chances, bounds), np.split(answers.liked, bounds), strict=True))
    likes = [chances[liked] for chances, liked in parts]
    order = np.argsort(answers.chances[answers.liked], kind="stable")
    every = answers.chances[answers.liked][order]  # all likes, ascending
    owner = np.repeat(np.arange(len(likes)), [len(each) for each in likes])[order]
    table = np.zeros((len(parts), len(parts)))
    for other, (chances, liked) in enumerate(parts):
        rest = np.sort(chances[~liked])
        below = (np.searchsorted(rest, every, "left") + np.searchsorted(rest, every, "right")) / 2  # (likes,)
        table[:, other] = np.bincount(owner, below, len(parts))
    return table


def _by_person(answers: LikeAnswers, kept: NDArray[np.bool_]) -> NDArray[np.int64]:
    places = np.concatenate(([0], np.cumsum(np.diff(answers.people) != 0)))  # (ratings,); people one after another
    return np.bincount(places[kept], minlength=int(places[-1]) + 1)
