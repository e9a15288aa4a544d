"""Chances and log odds, to the ends of what floats hold."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.data.odds import logit, sigmoid


def test_each_undoes_the_other() -> None:
    odds = np.linspace(-30, 30, 61)
    assert logit(sigmoid(odds)) == pytest.approx(odds, abs=1e-2)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_odds_beyond_all_bounds_are_chances_without_a_warning(kind: type[np.floating]) -> None:
    chances = sigmoid(np.array([-1e30, -100, 0, 100, 1e30], dtype=kind))
    assert chances.dtype == kind
    assert chances.tolist() == pytest.approx([0, 0, 0.5, 1, 1])
