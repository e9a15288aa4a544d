"""How the wildcard's draw is bent, and that it never is by much."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from recommender.ranking.wildcard import DRAWN_FROM
from recommender.ranking.wildcard_policy import BEND, FEATURES, WildcardPolicy

NUMBERS = st.floats(-1e6, 1e6)
EVEN = WildcardPolicy((0.0,) * len(FEATURES))


@given(
    weights=st.tuples(*[NUMBERS] * len(FEATURES)),
    features=st.integers(1, DRAWN_FROM).flatmap(
        lambda films: arrays(np.float64, (films, len(FEATURES)), elements=NUMBERS)
    ),
)
def test_every_film_keeps_a_chance_and_none_takes_all(
    weights: tuple[float, ...], features: np.ndarray[tuple[int, int], np.dtype[np.float64]]
) -> None:
    odds, others = WildcardPolicy(weights).odds(features), len(features) - 1
    assert odds.sum() == pytest.approx(1)
    assert odds.min() >= (1 - BEND) / (1 - BEND + others * (1 + BEND)) - 1e-9
    assert odds.max() <= (1 + BEND) / (1 + BEND + others * (1 - BEND)) + 1e-9


def test_of_thirty_films_none_is_drawn_oftener_than_in_a_tenth_or_more_seldom_than_in_a_hundredth_of_all_draws() -> (
    None
):
    one_of_thirty = np.zeros((DRAWN_FROM, len(FEATURES)))
    one_of_thirty[0, 0] = 1e9
    assert WildcardPolicy().odds(one_of_thirty).max() < 0.1
    assert WildcardPolicy().odds(-one_of_thirty).min() > 0.01


def test_until_anything_is_learned_the_likelier_liked_are_drawn_oftener() -> None:
    features = np.zeros((5, len(FEATURES)))
    features[:, 0] = [0.5, -1, 0, 2, 1]
    assert np.argsort(WildcardPolicy().odds(features)).tolist() == [1, 2, 0, 4, 3]


def test_films_that_do_not_differ_are_drawn_alike() -> None:
    alike = np.tile([0.3, -2.0, 1.0, 0.0, 0.5], (4, 1))
    assert WildcardPolicy().odds(alike) == pytest.approx([0.25] * 4)
    assert EVEN.odds(np.random.default_rng(0).normal(size=(4, len(FEATURES)))) == pytest.approx([0.25] * 4)


@pytest.mark.parametrize("weights", [(1.0,), (float("nan"),) * len(FEATURES), (float("inf"),) * len(FEATURES)])
def test_no_policy_lacks_a_weight(weights: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match=r"a policy needs a finite weight for each of .*\. Received: "):
        WildcardPolicy(weights)
