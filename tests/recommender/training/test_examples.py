"""Onboardings to train on."""

from __future__ import annotations

import numpy as np

from recommender.training.examples import onboardings
from recommender.training.tables import learn_tables
from tests.recommender.contract import contract_corpus


def test_moments_are_those_of_all_films_at_once() -> None:
    corpus = contract_corpus()
    examples = onboardings(corpus, learn_tables(corpus), seed=0)
    pairs = examples.pairs[examples.films >= 0].astype(np.float64)
    mean, deviation = examples.pair_moments()
    np.testing.assert_allclose(mean, pairs.mean(axis=0), atol=1e-5)
    np.testing.assert_allclose(deviation, pairs.std(axis=0), atol=1e-4)
