from __future__ import annotations

import numpy as np
import pytest

from recommender.evaluation.auc import auc_difference, person_auc_difference
from recommender.evaluation.likes import LikeAnswers, roc_auc


def _answers(seed: int, skill: float, people: int = 40) -> LikeAnswers:
    """Return 30 ratings of each person, the liked ones scored higher by `skill` standard deviations."""
    generator = np.random.default_rng(seed)
    liked = generator.random(30 * people) < 0.5
    scores = generator.standard_normal(len(liked)) + skill * liked
    ids = generator.permutation(people)  # folds come one after another, so ids are in no order
    return LikeAnswers(np.repeat(ids, 30), 1 / (1 + np.exp(-scores)), liked)


def _with_skill(of: LikeAnswers, skill: float) -> LikeAnswers:
    noise = np.random.default_rng(9).standard_normal(len(of.liked))
    return LikeAnswers(of.people, 1 / (1 + np.exp(-noise - skill * of.liked)), of.liked)


@pytest.mark.parametrize("compare", [auc_difference, person_auc_difference])
def test_equals_do_not_differ(compare) -> None:  # type: ignore[no-untyped-def]
    one = _answers(1, 0.5)
    difference = compare(one, one)
    assert (difference.mean, difference.low, difference.high) == (0, 0, 0)


@pytest.mark.parametrize("compare", [auc_difference, person_auc_difference])
def test_the_more_skilled_is_ahead(compare) -> None:  # type: ignore[no-untyped-def]
    weak = _answers(1, 0.2)
    assert compare(_with_skill(weak, 1.0), weak).is_ahead
    assert compare(weak, _with_skill(weak, 1.0)).is_behind


def test_the_difference_is_that_of_the_areas_and_lies_in_its_interval() -> None:
    one, other = _answers(1, 0.2), _with_skill(_answers(1, 0.2), 0.3)
    difference = auc_difference(one, other)
    areas = [roc_auc(answers.chances, answers.liked) for answers in (one, other)]
    assert difference.mean == pytest.approx(areas[0] - areas[1])
    assert difference.low < difference.mean < difference.high


def test_the_interval_covers_as_wide_as_resampling_by_hand() -> None:
    one = _answers(3, 0.6, people=15)
    other = _with_skill(one, 0.2)
    generator, gains = np.random.default_rng(0), []
    by_person = [np.flatnonzero(one.people == person) for person in np.unique(one.people)]
    for _ in range(400):
        rows = np.concatenate([by_person[place] for place in generator.integers(0, 15, 15)])
        areas = [roc_auc(each.chances[rows], each.liked[rows]) for each in (one, other)]
        gains.append(areas[0] - areas[1])
    difference = auc_difference(one, other)
    assert np.percentile(gains, [2.5, 97.5]) == pytest.approx([difference.low, difference.high], abs=0.01)


def test_people_without_both_kinds_count_in_the_whole_area_alone() -> None:
    people, liked = np.array([1, 1, 2, 2]), np.array([True, True, True, False])
    one = LikeAnswers(people, np.array([0.9, 0.8, 0.7, 0.6]), liked)
    other = LikeAnswers(people, np.array([0.1, 0.2, 0.7, 0.6]), liked)
    assert auc_difference(one, other).mean == pytest.approx(2 / 3)
    assert person_auc_difference(one, other).mean == 0
