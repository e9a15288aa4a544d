"""Rankers by name: one file each, a `build(config) -> keras.Model` and its SPACE; imported on use, Keras is heavy."""

from __future__ import annotations

import os
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from recommender.errors import TrainingError
from recommender.training.models.config import ModelConfig
from recommender.training.models.space import Space

if TYPE_CHECKING:
    import keras

# What rankers are built from; every other file of this folder is a ranker of its name.
PARTS: Final = frozenset({"config", "contrast", "deep", "fields", "likened", "sequences", "shared", "space"})
MODELS: Final = {file.name: f"{__name__}.{file.name}" for file in iter_modules(__path__) if file.name not in PARTS}
# Those that learn from what came after what.
ORDERED: Final = frozenset({"bert4rec", "dien", "sasrec"})
# What they need at least: as many histories as make one batch.
FEWEST_FOLLOWED: Final = 64

__all__ = ["MODELS", "ORDERED", "ModelConfig", "build_model", "load_space", "prepare_tensorflow", "require_order"]


def build_model(name: str, config: ModelConfig) -> keras.Model:
    """Build an untrained ranker.

    Raises:
        ValueError: no such ranker.
    """
    model: keras.Model = _load(name).build(config)
    return model


def load_space(name: str) -> Space:
    """Return which settings a ranker has, and how far each may go.

    Raises:
        ValueError: no such ranker.
    """
    space: Space = _load(name).SPACE
    return space


def prepare_tensorflow() -> None:
    """Say how TensorFlow is to start, before anything imports it: silent, and the same on every machine."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")


def _load(name: str) -> ModuleType:
    if name not in MODELS:
        raise ValueError(f"model must be one of {', '.join(sorted(MODELS))}. Received: {name}")
    prepare_tensorflow()
    return import_module(MODELS[name])


def require_order(name: str, history: NDArray[np.integer]) -> None:
    """Refuse histories of one film to a model of sequences.  history: (examples, H), negative where padded

    Raises:
        TrainingError: too few hold two films or more.
    """
    followed = int(((history >= 0).sum(axis=1) > 1).sum())
    if name in ORDERED and followed < FEWEST_FOLLOWED:
        expected = f"{name} learns what follows what, from {FEWEST_FOLLOWED} histories of two films or more"
        raise TrainingError(f"{expected}; choose another model or more people. Received: {followed}")
