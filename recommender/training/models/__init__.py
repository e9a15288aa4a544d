"""Rankers by name: one file each, a `build(config) -> keras.Model`, imported on use since Keras is heavy."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Final

from recommender.training.models.config import ModelConfig

if TYPE_CHECKING:
    import keras

# What rankers are built from; every other file of this folder is a ranker of its name.
PARTS: Final = frozenset({"config", "deep", "fields", "shared"})
MODELS: Final = {file.name: f"{__name__}.{file.name}" for file in iter_modules(__path__) if file.name not in PARTS}

__all__ = ["MODELS", "ModelConfig", "build_model"]


def build_model(name: str, config: ModelConfig) -> keras.Model:
    """Build an untrained ranker.

    Raises:
        ValueError: no such ranker.
    """
    if name not in MODELS:
        raise ValueError(f"model must be one of {', '.join(sorted(MODELS))}. Received: {name}")
    model: keras.Model = import_module(MODELS[name]).build(config)
    return model
