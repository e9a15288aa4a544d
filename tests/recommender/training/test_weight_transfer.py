"""An exported network with new weights: the very bytes that the converter makes, of every model and any catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from recommender.ranking.features import LONGEST_HISTORY
from recommender.ranking.retrieval import PAIR_FEATURES, PERSON_FEATURES
from recommender.training.models import MODELS, ModelConfig, build_model
from recommender.training.training import export, prepare_device
from tests.recommender.contract import MOVIE_COUNT
from tests.recommender.training.models.pupils import pupil

if TYPE_CHECKING:
    import keras

pytestmark = pytest.mark.tensorflow


# DIEN's graph has as many steps: each takes a second to convert, and holds the same weights.
FEW = 3


def network(name: str, movies: int, seed: int, history: int = FEW) -> keras.Model:
    """Return a network whose every weight is its own, looking at so many films of a history."""
    rng = np.random.default_rng(seed)
    prepare_device(seed)
    config = ModelConfig(
        film_genres=rng.dirichlet(np.ones(18), movies).astype(np.float32),
        pair_mean=rng.normal(size=len(PAIR_FEATURES)).astype(np.float32),
        pair_scale=rng.uniform(0.1, 3, len(PAIR_FEATURES)).astype(np.float32),
        history=history,
        person=len(PERSON_FEATURES),
    )
    made = build_model(name, config)
    made.set_weights([weights + rng.uniform(0.01, 0.1, weights.shape) for weights in made.get_weights()])
    return made


# The converter folds weights of these into constants that are none of them; they are converted anew.
FOLDED = {"dien", "eges", "item2vec"}


@pytest.mark.parametrize("name", sorted(MODELS.keys() - FOLDED))
def test_a_transfer_is_what_the_converter_makes(name: str) -> None:
    from recommender.training.weight_transfer import load_network, transfer_to_onnx

    ancestor = pupil(name)
    new = network(name, MOVIE_COUNT + 11, seed=2, history=LONGEST_HISTORY)
    fresh, _ = export(new)
    assert ancestor.network != fresh
    assert transfer_to_onnx(ancestor.network, load_network(ancestor.archive, name), new) == fresh


@pytest.mark.parametrize("name", sorted(FOLDED))
def test_weights_that_are_no_constants_are_converted_anew(name: str) -> None:
    from recommender.training.weight_transfer import transfer_to_onnx, transferred_onnx

    old, new = network(name, 70, seed=1), network(name, 81, seed=2)
    exported, _ = export(old)
    assert transfer_to_onnx(exported, old, new) is None
    assert transferred_onnx(exported, old, new) == export(new)[0]


def test_weights_that_cannot_be_told_apart_are_converted_anew() -> None:
    from recommender.training.weight_transfer import transfer_to_onnx, transferred_onnx

    old, new = network("mf", 70, seed=1), network("mf", 70, seed=2)
    old.set_weights([np.ones_like(weights) for weights in old.get_weights()])
    exported, _ = export(old)
    assert transfer_to_onnx(exported, old, new) is None
    assert transferred_onnx(exported, old, new) == export(new)[0]


def test_the_export_of_another_network_is_no_ancestor() -> None:
    from recommender.training.weight_transfer import transfer_to_onnx

    old, other, new = (network("mf", 70, seed) for seed in (1, 2, 3))
    assert transfer_to_onnx(export(other)[0], old, new) is None
