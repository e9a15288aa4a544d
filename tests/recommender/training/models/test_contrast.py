"""Losses of histories, by answers that can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

pytestmark = pytest.mark.tensorflow

PEOPLE, SIZE = 8, 8


def test_who_knows_nothing_is_as_surprised_as_by_a_draw() -> None:
    from recommender.training.models.contrast import OTHERS, contrast_loss

    nothing, rows = np.zeros((PEOPLE, 1, SIZE), np.float32), np.arange(PEOPLE)[:, None]
    loss = float(contrast_loss(nothing, nothing, rows, np.ones((PEOPLE, 1), np.float32)))
    assert loss == pytest.approx(np.log(1 + OTHERS))


def test_the_film_itself_is_no_other_film_and_padding_is_none() -> None:
    from recommender.training.models.contrast import contrast_loss

    vectors = np.ones((PEOPLE, 1, SIZE), np.float32)
    same, counts = np.zeros((PEOPLE, 1), np.int32), np.ones((PEOPLE, 1), np.float32)
    assert float(contrast_loss(vectors, vectors, same, counts)) == pytest.approx(0, abs=1e-6)
    alone = np.eye(PEOPLE, 1, dtype=np.float32)
    assert float(contrast_loss(vectors, vectors, np.arange(PEOPLE)[:, None], alone)) == pytest.approx(0, abs=1e-6)


def test_a_film_sampled_more_often_is_held_back_as_much() -> None:
    from recommender.training.models.two_tower import BatchSoftmax

    nothing, rows = np.zeros((4, SIZE), np.float32), np.array([0, 0, 1, 2])
    loss = float(BatchSoftmax().loss(nothing, nothing, rows, np.ones(4, np.float32)))
    # Film 0 was sampled twice of four, the others once: logits are log 2, log 4 and log 4, the second film 0 removed.
    expected = (2 * np.log(1 + 2 + 2) + 2 * np.log((2 + 2 + 4 + 4) / 4)) / 4
    assert loss == pytest.approx(expected, rel=1e-5)
