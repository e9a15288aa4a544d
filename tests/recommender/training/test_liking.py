"""Liking as a regression."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from recommender.ranking.inputs import CANDIDATES
from recommender.ranking.retrieval import PAIR_FEATURES
from recommender.training.examples import Examples, blank_examples

pytestmark = pytest.mark.tensorflow

LIKE_ODDS = PAIR_FEATURES.index("like_odds")


def examples_of(odds: NDArray[Any], liked: NDArray[Any], later: int = 32) -> Examples:
    """Return one example a row, whose films differ in their like odds alone.  (examples, films) each"""
    count, films = odds.shape
    examples = blank_examples(count)
    examples.liked[:] = -1
    rated = slice(CANDIDATES, CANDIDATES + films)
    examples.liked[:, rated], examples.pairs[:, rated, LIKE_ODDS] = liked, odds
    return replace(examples, later=np.full(count, later, dtype=np.int32))


def fitted_kernel(examples: Examples) -> NDArray[Any]:
    """Return the weights of a regression over plain features, the offset last.  (pair features + 1,)"""
    import keras

    from recommender.training.liking import fit_liking
    from recommender.training.models.config import REGRESSION
    from recommender.training.models.shared import Standardise

    features = len(PAIR_FEATURES)
    pairs = keras.Input((None, features))
    scores = keras.layers.Dense(1, name=REGRESSION)(Standardise(features, name="standardise")(pairs))
    network = keras.Model(pairs, scores)
    fit_liking(network, [examples])
    return np.concatenate([np.ravel(weights) for weights in network.layers[-1].get_weights()])


def drawn_likes(odds: NDArray[Any]) -> NDArray[Any]:
    likes: NDArray[np.bool_] = np.random.default_rng(2).random(odds.shape) < 1 / (1 + np.exp(-(2 * odds - 1)))
    return likes


def test_finds_the_regression_that_made_the_likes() -> None:
    odds = np.random.default_rng(3).normal(size=(2_000, 32)).astype(np.float16)
    kernel = fitted_kernel(examples_of(odds, drawn_likes(odds)))
    assert kernel[LIKE_ODDS] == pytest.approx(2, abs=0.3)
    assert kernel[-1] == pytest.approx(-1, abs=0.2)


def test_one_who_rates_most_of_all_does_not_decide_for_everybody() -> None:
    liked = np.ones((100, 8), dtype=np.bool_)
    liked[0] = False
    examples = examples_of(np.zeros((100, 8), np.float16), liked)
    examples.later[0] = 1_000_000
    assert fitted_kernel(examples)[-1] > 0


def test_few_ratings_leave_chances_at_the_usual_share() -> None:
    liked = np.random.default_rng(4).random((10, 4)) < 0.9
    offset = fitted_kernel(examples_of(np.zeros((10, 4), np.float16), liked))[-1]
    assert 1 / (1 + np.exp(-offset)) == pytest.approx(liked.mean(), abs=0.01)
