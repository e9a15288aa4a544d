"""What another way of drawing would have been worth, where it is known by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from recommender.evaluation.off_policy import inverse_propensity, self_normalised

# Two films: one is liked always, the other never. The first was drawn in a quarter of all draws.
REWARDS = np.array([1.0, 0.0, 0.0, 0.0])
PROPENSITIES = np.array([0.25, 0.75, 0.75, 0.75])


@pytest.mark.parametrize("estimate", [inverse_propensity, self_normalised])
def test_an_even_draw_of_two_films_is_worth_the_mean_of_both(estimate) -> None:  # type: ignore[no-untyped-def]
    assert estimate(REWARDS, PROPENSITIES, np.full(4, 0.5)) == pytest.approx(0.5)
    assert estimate(REWARDS, PROPENSITIES, PROPENSITIES) == pytest.approx(REWARDS.mean())


def test_normalised_it_is_a_mean_of_rewards_whatever_was_drawn() -> None:
    rewards, lucky = np.ones(4), np.array([0.1, 0.1, 0.1, 0.9])
    assert inverse_propensity(rewards, lucky, np.full(4, 0.5)) == pytest.approx((15 + 5 / 9) / 4)
    assert self_normalised(rewards, lucky, np.full(4, 0.5)) == pytest.approx(1)


def test_what_was_never_drawn_by_either_is_not_known() -> None:
    assert math.isnan(self_normalised(REWARDS, PROPENSITIES, np.zeros(4)))


def test_over_many_draws_both_come_to_what_is_true() -> None:
    rng, liked, drawn_by = np.random.default_rng(0), np.array([0.9, 0.5, 0.1]), np.array([0.2, 0.3, 0.5])
    wanted = np.array([0.6, 0.3, 0.1])
    films = rng.choice(3, 20_000, p=drawn_by)
    rewards = (rng.random(20_000) < liked[films]).astype(float)
    for estimate in (inverse_propensity, self_normalised):
        assert estimate(rewards, drawn_by[films], wanted[films]) == pytest.approx(float(wanted @ liked), abs=0.02)
