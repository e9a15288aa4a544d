"""Weight transfer: what a published network learned, given to a new one and to the ONNX it was exported to.

A film keeps its vector, a new film starts with none. The converter makes the same graph of an architecture whatever its
weights, and keeps them as constants, in one form or another: so each is found by the values it had, and replaced in a
tenth of the time that converting takes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import permutations
from pathlib import Path
from typing import Any, Final

import keras
import numpy as np
from numpy.typing import NDArray

from recommender.training.export import onnx_bytes
from recommender.training.models import MODELS
from recommender.training.models.shared import FilmGenres, KnownRow

# What the converter makes of a weight beside transposing it: it multiplies instead of dividing, and PReLU takes away.
# NumPy's reciprocal differs from its in the last bit.
FORMS: Final[tuple[Callable[[Any], Any], ...]] = (np.asarray, np.negative, keras.ops.reciprocal)
# People and films that a transfer is tried with before it counts, and by how much its answers may differ: by rounding.
TRIED_PEOPLE, TRIED_FILMS, TOLERANCE = 3, 7, 1e-4

# What each weight was in the ancestor, and what it is now.
Weights = list[tuple[NDArray[np.float32], NDArray[np.float32]]]


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


def transfer_weights(network: keras.Model, archived: keras.Model, old_rows: NDArray[np.integer]) -> None:
    """Give a network the weights of an archived one.

    Raises:
        ValueError: they are not of one architecture.
    """
    for layer, before in zip(network.layers, archived.layers, strict=True):
        if not isinstance(layer, FilmGenres):  # genres are the catalogue's, not learned
            layer.set_weights(_transferred(layer, before, old_rows))


def _transferred(layer: keras.Layer, before: keras.Layer, old_rows: NDArray[np.integer]) -> list[NDArray[np.float32]]:
    weights: list[NDArray[np.float32]] = before.get_weights()
    if not isinstance(layer, keras.layers.Embedding):
        return weights
    (table,) = weights  # (old movies + 1, size), padding last
    known = old_rows >= 0
    fresh = np.zeros((len(old_rows) + 1, table.shape[1]), dtype=table.dtype)
    fresh[:-1][known], fresh[-1] = table[old_rows[known]], table[-1]
    return [fresh]


def transferred_onnx(exported: bytes, archived: keras.Model, network: keras.Model) -> bytes:
    """Return what onnx_bytes returns of a network, made out of its ancestor's; converted anew where that fails.

    Args:
        exported, archived: the ancestor, of the same architecture, over as many films or others.
    """
    made = transfer_to_onnx(exported, archived, network)
    return made if made is not None and _answers_alike(made, network) else onnx_bytes(network)


def transfer_to_onnx(exported: bytes, archived: keras.Model, network: keras.Model) -> bytes | None:
    """Return the ancestor's ONNX with the network's weights, or None where one of them is not to be told by its values.

    The count of films is a constant too: padding is the row after the last one.
    """
    import onnx

    weights: Weights = list(zip(archived.get_weights(), network.get_weights(), strict=True))
    left = {place for place, pair in enumerate(weights) if not np.array_equal(*pair)}
    films, more = _film_count(archived), _film_count(network) - _film_count(archived)
    model = onnx.load_model_from_string(exported)
    for constant in model.graph.initializer:
        value = onnx.numpy_helper.to_array(constant)
        if value.dtype == np.int32 and value.ndim == 0 and value in (films, films + 1):
            constant.CopyFrom(onnx.numpy_helper.from_array(np.asarray(value + more, np.int32), constant.name))
        elif value.dtype == np.float32 and value.ndim:
            found = list(_found(value, weights))
            if not all(np.array_equal(fresh, found[0][1]) for _, fresh in found):
                return None
            if found:
                constant.CopyFrom(onnx.numpy_helper.from_array(found[0][1], constant.name))
                left -= {place for place, _ in found}
    return None if left else bytes(model.SerializeToString(deterministic=True))


def _found(value: NDArray[np.float32], weights: Weights) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """Yield the place of each weight that this constant may have been, and what that makes of the constant."""
    for place, (before, after) in enumerate(weights):
        for axes in permutations(range(before.ndim)) if before.size == value.size else ():
            for form in FORMS:
                if np.array_equal(np.ravel(form(before.transpose(axes))), value.ravel()):
                    yield place, np.reshape(form(after.transpose(axes)), (-1, *value.shape[1:]))


def _film_count(network: keras.Model) -> int:
    return next(int(layer.movies) for layer in network.layers if isinstance(layer, KnownRow))


def _answers_alike(exported: bytes, network: keras.Model) -> bool:
    """Return whether both make the same of films and people drawn at random."""
    from onnxruntime import InferenceSession

    rng, feeds = np.random.default_rng(0), {}
    for node in network.inputs:
        shape = (TRIED_PEOPLE, *(size or TRIED_FILMS for size in node.shape[1:]))
        drawn = rng.integers(-1, _film_count(network), shape) if node.dtype == "int32" else rng.normal(size=shape)
        feeds[node.name] = drawn.astype(node.dtype)
    meant, session = network(feeds, training=False), InferenceSession(exported, providers=["CPUExecutionProvider"])
    answers = zip((node.name for node in session.get_outputs()), session.run(None, feeds), strict=True)
    return all(np.allclose(answer, meant[head], rtol=TOLERANCE, atol=TOLERANCE) for head, answer in answers)
