from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.domain import Filters
from recommender.ranking.novelty import SLOPE, rerank_by_novelty

SCORES = np.array([2.0, 1.0, -3.0])
CHANCES = np.array([0.5, 0.8, 0.6])
KNOWN = np.log([0.5, 0.1, 0.001])
BOUNDS = (float(KNOWN.min()), float(KNOWN.max()))


def test_at_nought_the_very_scores_stay() -> None:
    assert rerank_by_novelty(SCORES, CHANCES, KNOWN, KNOWN, 0.0) is SCORES


def test_where_there_is_no_film_there_is_nothing_to_turn() -> None:
    none = np.empty(0)
    assert len(rerank_by_novelty(none, none, none, none, 0.5)) == 0


def test_at_one_only_chances_and_fame_count() -> None:
    assert rerank_by_novelty(SCORES, CHANCES, KNOWN, KNOWN, 1.0).tolist() == pytest.approx(
        [math.log(chance) - SLOPE * (known - BOUNDS[0]) for chance, known in zip(CHANCES, KNOWN, strict=True)]
    )


def test_half_way_films_as_known_as_the_root_of_both_ends_are_asked_for() -> None:
    middle = sum(BOUNDS) / 2
    known = np.array([BOUNDS[0], middle, middle + 1, BOUNDS[1]])
    turned = rerank_by_novelty(np.zeros(4), np.ones(4), known, KNOWN, 0.5)
    assert turned.tolist() == pytest.approx([0, 0, -SLOPE, -SLOPE * (BOUNDS[1] - middle)])


@given(st.floats(0.01, 0.99), st.floats(0, 1), st.floats(0, 1))
def test_of_two_alike_the_less_known_never_loses_and_the_best_known_does(
    novelty: float, one: float, other: float
) -> None:
    places = np.sort([one, other, 1.0])
    known = BOUNDS[0] + places * (BOUNDS[1] - BOUNDS[0])
    scores = rerank_by_novelty(np.zeros(3), np.full(3, 0.5), known, KNOWN, novelty)
    assert (np.diff(scores) <= 0).all()
    assert scores[2] < rerank_by_novelty(np.zeros(1), np.full(1, 0.5), np.array(BOUNDS[:1]), KNOWN, novelty)[0]


@pytest.mark.parametrize("novelty", [-0.1, 1.1, math.nan, math.inf])
def test_the_dial_goes_from_nought_to_one(novelty: float) -> None:
    with pytest.raises(ValueError, match=rf"novelty must be 0 to 1\. Received: novelty={novelty}"):
        Filters(novelty=novelty)
