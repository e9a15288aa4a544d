"""Every model is held to the same: it learns, serves what was fitted, and keeps the Recommender's contract."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.domain import Filters, Recommender
from recommender.ranking.ranker import Ranker
from recommender.training.models import MODELS, build_model
from recommender.training.training import TrainingConfig
from tests.recommender.checkerboard import SIDE, assert_keeps_colours_apart
from tests.recommender.contract import FIRST_ID, PROFILES, RecommenderContract
from tests.recommender.training.models.pupils import RANKERS, pupil

pytestmark = pytest.mark.tensorflow

ALL_INPUTS = {"films", "genres", "history", "pairs", "person", "stars"}


@pytest.fixture(scope="module", params=RANKERS)
def recommender(request: pytest.FixtureRequest) -> Ranker:
    return pupil(request.param).ranker


class TestEveryRanker(RecommenderContract):
    """The contract over each of them."""

    def test_the_dial_turns_lists_toward_little_known_movies(self, recommender: Recommender) -> None:
        # A checkerboard knows its first movies all alike and the others not at all; some models doubt those so much,
        # they stay out of lists everywhere; but no list may turn the other way.
        def share_known(novelty: float) -> float:
            lists = [recommender.recommend(profile, 10, filters=Filters(novelty=novelty)) for profile in PROFILES]
            return float(np.mean([line.movie_id < FIRST_ID + SIDE for lines in lists for line in lines]))

        assert share_known(1.0) <= share_known(0.0)


def test_every_model_is_held_to_it() -> None:
    assert RANKERS.keys() == MODELS.keys()
    assert TrainingConfig().model in MODELS


def test_a_model_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match=r"model must be one of .*, courses, .*deepfm, .*\. Received: oracle"):
        build_model("oracle", None)  # type: ignore[arg-type]  # never looked at


@pytest.mark.parametrize("name", [name for name, steps in RANKERS.items() if steps])
def test_learns_the_checkerboard(name: str) -> None:
    assert_keeps_colours_apart(pupil(name).ranker)


@pytest.mark.parametrize("name", RANKERS)
def test_what_serves_is_what_was_fitted(name: str) -> None:
    import keras
    import onnxruntime

    from recommender.training.weight_transfer import load_network

    small = pupil(name)
    fitted = load_network(small.archive, name)
    session = onnxruntime.InferenceSession(small.network)
    names = [node.name for node in session.get_inputs()]
    assert names == sorted(node.name for node in fitted.inputs)
    feeds = {key: getattr(small.examples, key)[:7] for key in names}
    feeds = {key: array.astype(np.float32) if key == "pairs" else array for key, array in feeds.items()}
    served, expected = session.run(["choice", "liking"], feeds), fitted(feeds, training=False)
    for head, values in zip(("choice", "liking"), served, strict=True):
        assert np.ptp(values) > 0
        np.testing.assert_allclose(values, keras.ops.convert_to_numpy(expected[head]), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize(
    ("name", "unused"),
    [("courses", {"history", "stars"}), ("mf", {"genres"}), ("neural_cf", {"genres", "pairs", "person"})],
)
def test_a_network_asks_only_for_what_it_looks_at(name: str, unused: set[str]) -> None:
    import onnxruntime

    session = onnxruntime.InferenceSession(pupil(name).network)
    assert {node.name for node in session.get_inputs()} == ALL_INPUTS - unused
