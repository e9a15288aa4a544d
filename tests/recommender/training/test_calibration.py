"""Platt scaling."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from recommender.ranking.calibration import Calibration
from recommender.training.calibration import fit_calibration


def drawn(slope: float, offset: float, size: int = 40_000) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return logits, and likes that come true as a known scaling of them says."""
    generator = np.random.default_rng(1)
    logits = generator.normal(0.5, 2.0, size)
    return logits, generator.random(size) < Calibration(slope, offset).probabilities(logits)


@pytest.mark.parametrize(("slope", "offset"), [(1.0, 0.0), (0.4, -0.7), (2.5, 1.0)])
def test_finds_the_scaling_that_made_the_likes(slope: float, offset: float) -> None:
    found = fit_calibration(*drawn(slope, offset))
    assert found.slope == pytest.approx(slope, abs=0.06)
    assert found.offset == pytest.approx(offset, abs=0.06)


def test_scaled_probabilities_come_true_in_every_tenth() -> None:
    logits, liked = drawn(0.5, 0.3)
    chances = fit_calibration(logits, liked).probabilities(logits)
    for tenth in np.array_split(np.argsort(chances), 10):
        assert chances[tenth].mean() == pytest.approx(liked[tenth].mean(), abs=0.03)


@pytest.mark.parametrize("liked", [[], [True, True], [False]])
def test_leaves_logits_alone_without_both_outcomes(liked: list[bool]) -> None:
    assert fit_calibration(np.zeros(len(liked)), np.array(liked, dtype=np.bool_)) == Calibration()


@pytest.mark.filterwarnings("error")
def test_stays_finite_when_likes_are_perfectly_separated() -> None:
    logits = np.concatenate([np.full(50, -30.0), np.full(50, 30.0)])
    found = fit_calibration(logits, logits > 0)
    assert np.isfinite([found.slope, found.offset]).all()
    assert found.slope > 0
    assert found.probabilities(logits)[-1] > 0.99


def test_more_logit_is_never_less_chance() -> None:
    found = fit_calibration(*drawn(0.7, 0.1))
    assert (np.diff(found.probabilities(np.linspace(-50, 50, 200))) >= 0).all()
