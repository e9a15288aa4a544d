"""Settings of a training by name: checked against the model's search space, and laid over what is usual."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from recommender.errors import TrainingError
from recommender.training.models import load_space
from recommender.training.models.config import ModelConfig
from recommender.training.training import TrainingConfig

# A value by the name of a field of TrainingConfig, or of ModelConfig.
TrainingSettings = Mapping[str, Any]


def check_settings(model: str, settings: TrainingSettings) -> TrainingSettings:
    """Return the settings, lists as tuples, if the model has each of them and none leaves its space.

    Raises:
        TrainingError: it lacks one, or one is outside.
    """
    space, read = load_space(model), {name: _read(value) for name, value in settings.items()}
    for name, value in read.items():
        if name not in space:
            raise TrainingError(f"settings of {model} must be among {', '.join(space)}. Received: {name}")
        if not space[name].holds(value):
            raise TrainingError(f"{name} of {model} must be {space[name]}. Received: {value}")
    return read


def configure(config: TrainingConfig, settings: TrainingSettings) -> TrainingConfig:
    """Return the config with these settings in place of its own."""
    of_fitting = {field.name for field in fields(TrainingConfig)}
    architecture = {name: value for name, value in settings.items() if name not in of_fitting}
    fitting = {name: value for name, value in settings.items() if name in of_fitting}
    return replace(config, **fitting, architecture={**config.architecture, **architecture})


def usual_settings(model: str) -> dict[str, Any]:
    """Return what a model is trained with unless told otherwise, for each setting of its space."""
    usual = {field.name: field.default for owner in (ModelConfig, TrainingConfig) for field in fields(owner)}
    return {name: usual[name] for name in load_space(model)}


def _read(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
