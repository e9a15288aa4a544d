"""A study of every model: settings at the far end of its own space are trained and judged as any others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.commands.tune.search import Plan, search
from bot.commands.tune.study import open_study, ranked, settings_of
from recommender.evaluation.tuning import Bench, set_validation_exams
from recommender.training.models import MODELS, load_space
from recommender.training.models.space import Between, OneOf
from recommender.training.training import TrainingConfig, TrainingData, prepare
from tests.recommender.training.models.fitted import without_padding
from tests.recommender.turns import people_in_turn

pytestmark = [pytest.mark.tensorflow, pytest.mark.long("a network is fitted for each model")]


@pytest.fixture(scope="module")
def bench() -> Callable[[str], Bench]:
    """Return where a model's settings are tried: by the last block alone, after two steps."""
    exams = set_validation_exams(people_in_turn(90))[-1:]

    @cache
    def learn() -> TrainingData:
        known = prepare(exams[0].train, TrainingConfig())
        return replace(known, examples=without_padding(known.examples), validation=without_padding(known.validation))

    def of_model(name: str) -> Bench:
        made = Bench(exams, TrainingConfig(model=name, steps=2))
        made._learned[0] = learn()
        return made

    return of_model


def farthest(extent: Between | OneOf) -> Any:
    """Return the last of a setting's values."""
    return extent.options[-1] if isinstance(extent, OneOf) else extent.high


@pytest.mark.parametrize("name", MODELS)
def test_settings_of_its_own_are_tried(name: str, bench: Callable[[str], Bench], tmp_path: Path) -> None:
    space = load_space(name)
    far = {setting: farthest(extent) for setting, extent in space.items()}
    study = open_study(tmp_path / "study.db", {"model": name}, far)
    search(study, tmp_path / "study.db", bench(name), space, Plan(1, None, 1, 0), lambda *said, **more: None)
    (best,) = ranked(study)
    assert settings_of(best) == {key: list(value) if isinstance(value, tuple) else value for key, value in far.items()}
    assert best.value is not None
    assert 0 <= best.value <= 1
