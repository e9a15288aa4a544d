"""Onboardings to train on."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.errors import TrainingError
from recommender.training.examples import onboardings
from recommender.training.models import require_order
from recommender.training.tables import learn_tables
from recommender.training.training import TrainingConfig
from tests.recommender.contract import contract_corpus


def test_moments_are_those_of_all_films_at_once() -> None:
    corpus = contract_corpus()
    examples = onboardings(corpus, learn_tables(corpus), seed=0)
    pairs = examples.pairs[examples.films >= 0].astype(np.float64)
    mean, deviation = examples.pair_moments()
    np.testing.assert_allclose(mean, pairs.mean(axis=0), atol=1e-5)
    np.testing.assert_allclose(deviation, pairs.std(axis=0), atol=1e-4)


@pytest.mark.parametrize("model", ["bert4rec", "dien", "sasrec"])
def test_a_model_of_sequences_refuses_people_who_met_one_film(model: str) -> None:
    corpus = contract_corpus()
    examples = onboardings(corpus, learn_tables(corpus), seed=0)
    require_order(model, examples.history)
    alone = examples.at((examples.history >= 0).sum(axis=1) < 2)
    require_order("embedding_mlp", alone.history)
    with pytest.raises(TrainingError, match=r"64 histories of two films or more; choose another .*\. Received: 0"):
        require_order(model, alone.history)


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ({"model": "oracle"}, r"model must be one of .*sasrec.*\. Received: oracle"),
        ({"steps": 0}, r"steps must be positive\. Received: steps=0"),
        ({"learning_rate": float("nan")}, r"learning_rate must be positive\. Received: learning_rate=nan"),
        ({"evenness": 1.5}, r"evenness must be from 0 to 1\. Received: evenness=1\.5"),
    ],
)
def test_settings_out_of_range_are_refused(setting: dict[str, object], expected: str) -> None:
    with pytest.raises(TrainingError, match=expected):
        TrainingConfig(**setting)  # type: ignore[arg-type]  # what a person may write
