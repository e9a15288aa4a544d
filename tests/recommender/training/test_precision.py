"""A network trained in mixed precision, as on a GPU, is published in full precision."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import onnx
import pytest

from recommender.ranking.retrieval import PAIR_FEATURES, PERSON_FEATURES
from recommender.training.models import build_model
from recommender.training.models.config import ModelConfig
from recommender.training.training import MIXED_PRECISION, export

if TYPE_CHECKING:
    import keras

pytestmark = pytest.mark.tensorflow

FILMS = 40
CONFIG = ModelConfig(
    film_genres=np.eye(FILMS, 18, dtype=np.float32),
    pair_mean=np.full(len(PAIR_FEATURES), 0.5, dtype=np.float32),
    pair_scale=np.full(len(PAIR_FEATURES), 2.0, dtype=np.float32),
    history=5,
    person=len(PERSON_FEATURES),
)


@pytest.fixture(autouse=True)
def _full_precision_afterwards() -> Iterator[None]:
    import keras

    yield
    keras.mixed_precision.set_global_policy("float32")


def exported(name: str, policy: str, weights: list[np.ndarray] | None = None) -> tuple[keras.Model, bytes, bytes]:
    """Return a model built under a policy, and what is published of it."""
    import keras

    keras.mixed_precision.set_global_policy(policy)
    network = build_model(name, CONFIG)
    if weights is not None:
        network.set_weights(weights)
    return network, *export(network)


@pytest.mark.parametrize("name", ["din", "embedding_mlp"])
def test_mixed_precision_leaves_no_trace_in_what_is_published(name: str) -> None:
    network, mixed, _ = exported(name, MIXED_PRECISION)
    assert {output.dtype for output in network.output.values()} == {"float16"}
    graph = onnx.load_model_from_string(mixed).graph
    kinds = {output.type.tensor_type.elem_type for output in graph.output}
    assert kinds == {onnx.TensorProto.FLOAT}
    assert onnx.TensorProto.FLOAT16 not in {constant.data_type for constant in graph.initializer}
    _, full, _ = exported(name, "float32", network.get_weights())
    assert mixed == full
