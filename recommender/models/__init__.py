"""Rankers by name: one file each, a `build(config) -> keras.Model`, imported on use since Keras is heavy."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from recommender.models.config import ModelConfig

if TYPE_CHECKING:
    import keras

MODELS: Final = {"embedding_mlp": "recommender.models.embedding_mlp"}

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
