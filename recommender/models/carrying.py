"""Carrying the weights of an archived network into a new one: a film keeps its vector, a new film starts with none."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from recommender.models import MODELS
from recommender.models.shared import FilmGenres


def load_network(archive: bytes, name: str) -> keras.Model:
    """Return the network of an archive that training.export made of a ranker of this name.

    Raises:
        ValueError: it is no archive of this Keras.
    """
    import_module(MODELS[name])  # registers its layers, which an archive holds by name
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ranker.keras"
        path.write_bytes(archive)
        return keras.models.load_model(path, compile=False)


def carrying(archived: keras.Model, old_rows: NDArray[np.integer], *, is_traced: bool) -> Callable[[keras.Model], None]:
    """Return what `fit` starts from: a network with archived weights.

    Args:
        old_rows: each film's row in the archived catalogue, negative for a new one.  (movies,)
        is_traced: whether there are steps enough to trace a graph for.
    """

    def start(network: keras.Model) -> None:
        carry(network, archived, old_rows)
        network.run_eagerly = not is_traced

    return start


def carry(network: keras.Model, archived: keras.Model, old_rows: NDArray[np.integer]) -> None:
    """Give a network the weights of an archived one.

    Raises:
        ValueError: they are not of one architecture.
    """
    for layer, before in zip(network.layers, archived.layers, strict=True):
        if not isinstance(layer, FilmGenres):  # genres are the catalogue's, not learned
            layer.set_weights(_carried(layer, before, old_rows))


def _carried(layer: keras.Layer, before: keras.Layer, old_rows: NDArray[np.integer]) -> list[NDArray[np.float32]]:
    weights: list[NDArray[np.float32]] = before.get_weights()
    if not isinstance(layer, keras.layers.Embedding):
        return weights
    (table,) = weights  # (old movies + 1, size), padding last
    known = old_rows >= 0
    fresh = np.zeros((len(old_rows) + 1, table.shape[1]), dtype=table.dtype)
    fresh[:-1][known], fresh[-1] = table[old_rows[known]], table[-1]
    return [fresh]
