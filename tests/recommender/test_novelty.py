from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.domain import Filters
from recommender.novelty import STRENGTH, lean

SCORES = np.array([2.0, 1.0, -3.0])
CHANCES = np.array([0.5, 0.8, 0.6])
KNOWN = np.log([0.5, 0.1, 0.001])


def test_at_nought_the_very_scores_stay() -> None:
    assert lean(SCORES, CHANCES, KNOWN, 0.0) is SCORES


def test_at_one_only_chances_and_fame_count() -> None:
    assert lean(SCORES, CHANCES, KNOWN, 1.0).tolist() == pytest.approx(
        [math.log(chance) - STRENGTH * known for chance, known in zip(CHANCES, KNOWN, strict=True)]
    )


def test_half_way_is_the_mean_of_both_ends() -> None:
    ends = (SCORES + lean(SCORES, CHANCES, KNOWN, 1.0)) / 2
    assert lean(SCORES, CHANCES, KNOWN, 0.5).tolist() == pytest.approx(ends.tolist())


@given(st.floats(0.01, 1), st.floats(-10, 0), st.floats(0.1, 5))
def test_of_two_alike_the_less_known_gains(novelty: float, known: float, less: float) -> None:
    scores = lean(np.zeros(2), np.full(2, 0.5), np.array([known, known - less]), novelty)
    assert scores[1] > scores[0]


@pytest.mark.parametrize("novelty", [-0.1, 1.1, math.nan, math.inf])
def test_the_dial_goes_from_nought_to_one(novelty: float) -> None:
    with pytest.raises(ValueError, match=rf"novelty must be 0 to 1\. Received: novelty={novelty}"):
        Filters(novelty=novelty)
