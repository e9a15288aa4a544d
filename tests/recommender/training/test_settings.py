"""Settings by name: each model has a space, what is usual lies in it, and what does not is refused."""

from __future__ import annotations

from dataclasses import fields

import pytest

from recommender.errors import TrainingError
from recommender.training.models import MODELS, load_space
from recommender.training.models.config import ModelConfig
from recommender.training.models.space import Between, OneOf
from recommender.training.settings import check_settings, configure, usual_settings
from recommender.training.training import TrainingConfig
from tests.recommender.contract import contract_corpus
from tests.recommender.tiny import TINY


@pytest.mark.tensorflow
@pytest.mark.parametrize("model", MODELS)
def test_every_model_has_a_space_and_its_usual_settings_lie_in_it(model: str) -> None:
    usual = usual_settings(model)
    assert usual.keys() == load_space(model).keys()
    assert check_settings(model, usual) == usual


@pytest.mark.tensorflow
def test_what_a_model_does_not_have_or_what_is_outside_is_refused() -> None:
    with pytest.raises(TrainingError, match=r"settings of mf must be among .*film_size\. Received: hidden"):
        check_settings("mf", {"hidden": [64, 32]})
    with pytest.raises(TrainingError, match=r"batch of mf must be one of 32, 64, 128\. Received: 7"):
        check_settings("mf", {"batch": 7})
    assert check_settings("embedding_mlp", {"hidden": [64, 32]}) == {"hidden": (64, 32)}


def test_a_space_holds_its_ends_and_neither_text_nor_truth_nor_nan() -> None:
    between, one_of = Between(0.5, 2), OneOf((1, 2))
    assert [between.holds(value) for value in (0.5, 2, 2.1, "1", True, float("nan"))] == [True, True, *[False] * 4]
    assert [one_of.holds(value) for value in (1, 2, 3, True)] == [True, True, False, False]


def test_settings_go_to_the_fitting_or_to_the_network() -> None:
    config = configure(TrainingConfig(model="mf"), {"learning_rate": 0.004, "film_size": 8})
    assert (config.learning_rate, config.architecture) == (0.004, {"film_size": 8})
    assert configure(config, {"film_size": 32}).architecture == {"film_size": 32}
    assert {"film_size", "hidden", "dropout"} <= {field.name for field in fields(ModelConfig)}


@pytest.mark.tensorflow
def test_another_architecture_is_another_network() -> None:
    from recommender.training.training import prepare, train_on

    config = TrainingConfig(**TINY)  # type: ignore[arg-type]  # fields by name
    known = prepare(contract_corpus(), config)
    wide = configure(config, {"hidden": (128, 64)})
    usual, wider = (train_on(known, each).report["parameters"] for each in (config, wide))
    assert wider > usual
