"""Rankers by name: one file each, a `build(config) -> keras.Model`, imported on use since Keras is heavy."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from recommender.errors import TrainingError
from recommender.training.models.config import ModelConfig

if TYPE_CHECKING:
    import keras

# What rankers are built from; every other file of this folder is a ranker of its name.
PARTS: Final = frozenset({"config", "contrast", "deep", "fields", "likened", "sequences", "shared"})
MODELS: Final = {file.name: f"{__name__}.{file.name}" for file in iter_modules(__path__) if file.name not in PARTS}
# Those that learn from what came after what.
ORDERED: Final = frozenset({"bert4rec", "dien", "sasrec"})
# What they need at least: as many histories as make one batch.
FEWEST_FOLLOWED: Final = 64

__all__ = ["MODELS", "ORDERED", "ModelConfig", "build_model", "require_order"]


def build_model(name: str, config: ModelConfig) -> keras.Model:
    """Build an untrained ranker.

    Raises:
        ValueError: no such ranker.
    """
    if name not in MODELS:
        raise ValueError(f"model must be one of {', '.join(sorted(MODELS))}. Received: {name}")
    model: keras.Model = import_module(MODELS[name]).build(config)
    return model


def require_order(name: str, history: NDArray[np.integer]) -> None:
    """Refuse histories of one film to a model of sequences.  history: (examples, H), negative where padded

    Raises:
        TrainingError: too few hold two films or more.
    """
    followed = int(((history >= 0).sum(axis=1) > 1).sum())
    if name in ORDERED and followed < FEWEST_FOLLOWED:
        expected = f"{name} learns what follows what, from {FEWEST_FOLLOWED} histories of two films or more"
        raise TrainingError(f"{expected}; choose another model or more people. Received: {followed}")
