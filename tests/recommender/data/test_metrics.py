"""The highest scores of a row, however long it is and however many are equal."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.data.metrics import RUN, top_rows

SIZES = (1, 7, RUN, 5 * RUN - 1, 40 * RUN + 3)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("k", [1, 10, 39, 5_000])
def test_they_are_what_sorting_all_would_give(size: int, k: int, kind: type[np.floating]) -> None:
    rng = np.random.default_rng(size + k)
    scores = rng.normal(size=size).astype(kind)
    few = np.where(np.arange(size) % 17 == 3, scores, kind(-9))
    levels = np.round(scores)
    unknown = np.where(scores > 1, scores, kind(-np.inf))
    for row in (scores, few, levels, unknown, np.sort(scores), np.sort(scores)[::-1], np.zeros_like(scores)):
        expected = np.lexsort((np.arange(size), -row))[:k]
        assert top_rows(row, k).tolist() == expected.tolist()
