"""What wildcards that were shown teach: nothing, while there are none; then what made them welcome."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.ranking.wildcard_policy import FEATURES, NOTHING_LEARNED, WildcardPolicy
from recommender.training.wildcards import ShownWildcards, learn_policy

AGE = FEATURES.index("age_when_asked")


def shown(count: int, *, seed: int = 0) -> ShownWildcards:
    """Return wildcards of which people like the new ones, whatever the chance says."""
    rng = np.random.default_rng(seed)
    features = rng.normal(size=(count, len(FEATURES)))
    liked = rng.random(count) < 1 / (1 + np.exp(2 * features[:, AGE]))
    return ShownWildcards(features, liked, np.full(count, 0.01))


def test_where_nothing_was_shown_nothing_is_learned() -> None:
    assert learn_policy(shown(0)) == WildcardPolicy(NOTHING_LEARNED)


@pytest.mark.parametrize("liked", [True, False])
def test_what_was_always_liked_or_never_tells_nothing(liked: bool) -> None:
    some = shown(50)
    all_alike = ShownWildcards(some.features, np.full(50, liked), some.propensities)
    assert learn_policy(all_alike) == WildcardPolicy()


def test_a_few_hardly_move_it_and_many_do() -> None:
    few, many = (np.array(learn_policy(shown(count)).weights) for count in (10, 5_000))
    assert np.abs(few - NOTHING_LEARNED).max() < 0.2
    assert many == pytest.approx([0, 0, -1.6, 0, 0], abs=0.2)  # of -2, as far as it is let go


def test_what_is_the_same_for_all_films_and_features_in_any_unit_are_no_trouble() -> None:
    some, units = shown(2_000), np.array([1.0, 1.0, 100.0, 1.0, 1.0])
    features = some.features.copy()
    features[:, -1] = 7.0
    learned = np.array(learn_policy(ShownWildcards(features, some.liked, some.propensities)).weights)
    scaled = np.array(learn_policy(ShownWildcards(features * units, some.liked, some.propensities)).weights)
    assert learned[-1] == 0
    assert scaled * units == pytest.approx(learned, abs=1e-6)


def test_the_same_teaches_the_same() -> None:
    assert learn_policy(shown(300)) == learn_policy(shown(300))
