"""What each model adds, by a lesson that only it, or its kind, can learn in so few steps."""

from __future__ import annotations

from functools import cache

import pytest

from tests.recommender.training.models.lessons import crosses, newest_of_a_kind, share_first, share_learned, successors

pytestmark = pytest.mark.tensorflow


@pytest.mark.parametrize("model", ["afm", "dcn", "deep_crossing", "ffm", "fm", "mlr", "nfm", "pnn"])
def test_learns_what_a_film_is_to_a_person(model: str) -> None:
    assert share_learned(model, crosses(2), steps=60) > 0.9


def test_crosses_of_pairs_know_nothing_of_three() -> None:
    assert share_learned("fm", crosses(3), steps=60) == pytest.approx(0.5, abs=0.06)


@pytest.mark.parametrize(("model", "steps"), [("dcn_v2", 100), ("xdeepfm", 160)])
def test_layers_of_crosses_learn_three_before_an_mlp_of_their_size(model: str, steps: int) -> None:
    assert share_learned(model, crosses(3, sizes=True), steps) > 0.85 > 0.75 > an_mlp_after_as_many()


@cache
def an_mlp_after_as_many() -> float:
    return share_learned("wide_deep", crosses(3, sizes=True), steps=160)


@pytest.mark.parametrize(("model", "steps"), [("sasrec", 150), ("bert4rec", 150)])
def test_sequences_know_which_film_came_last(model: str, steps: int) -> None:
    assert share_first(model, successors(), steps) > 0.8 > 0.4 > what_mf_knows_after(steps)


@cache
def what_mf_knows_after(steps: int) -> float:
    return share_first("mf", successors(), steps)


def test_interests_evolve_toward_the_newest_of_a_kind() -> None:
    assert share_learned("dien", newest_of_a_kind(), steps=150) > 0.95
