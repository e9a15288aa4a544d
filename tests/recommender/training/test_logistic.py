"""Logistic regression."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from recommender.training.logistic import fit_logistic


def drawn(kernel: NDArray[np.float64], size: int = 40_000) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return features, the last of them constant, and likes that come true as these weights say."""
    generator = np.random.default_rng(1)
    design = np.concatenate([generator.normal(size=(size, len(kernel) - 1)), np.ones((size, 1))], axis=1)
    return design, generator.random(size) < 1 / (1 + np.exp(-design @ kernel))


def test_finds_the_weights_that_made_the_likes() -> None:
    kernel = np.array([1.5, -0.5, 0.3])
    assert fit_logistic(*drawn(kernel), ridge=1.0) == pytest.approx(kernel, abs=0.06)


def test_no_small_change_of_the_weights_is_better() -> None:
    design, liked = drawn(np.array([1.0, 0.2]), 500)
    found = fit_logistic(design, liked, ridge=3.0)

    def loss(kernel: NDArray[np.float64]) -> float:
        logits = design @ kernel
        return float(np.logaddexp(0, np.where(liked, -logits, logits)).sum() + 1.5 * (kernel**2).sum())

    assert all(loss(found) < loss(found + change) for change in 0.01 * np.vstack([np.eye(2), -np.eye(2)]))


def test_a_rating_that_counts_twice_is_two_ratings() -> None:
    design, liked = drawn(np.array([1.0, 0.2]), 60)
    twice = fit_logistic(np.vstack([design, design[:20]]), np.append(liked, liked[:20]), ridge=1.0)
    assert fit_logistic(design, liked, ridge=1.0, weights=1.0 + (np.arange(60) < 20)) == pytest.approx(twice)


@pytest.mark.filterwarnings("error")
def test_stays_finite_and_near_the_prior_without_both_outcomes() -> None:
    found = fit_logistic(np.ones((10, 1)), np.ones(10, dtype=np.bool_), ridge=1000.0, prior=np.array([-1.0]))
    assert found == pytest.approx([-1.0], abs=0.02)
