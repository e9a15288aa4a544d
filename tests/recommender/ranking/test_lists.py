"""Diversity and the wildcard, over scores whose best lists are known."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from recommender.ranking.lists import diversify, wildcard


def test_diversity_puts_an_equal_film_of_another_kind_first() -> None:
    genres = np.array([[1, 0], [1, 0], [0, 1]], dtype=np.bool_)
    assert diversify(np.array([1.0, 0.95, 0.9]), genres, 2) == [0, 2]
    assert diversify(np.array([1.0, 0.95, 0.5]), genres, 2) == [0, 1]


@given(st.integers(1, 40), st.integers(1, 30), st.integers(0, 2**32 - 1))
def test_diversity_lists_each_film_once_and_starts_with_the_best(count: int, k: int, seed: int) -> None:
    generator = np.random.default_rng(seed)
    scores, genres = generator.normal(size=count), generator.random((count, 18)) < 0.2
    picked = diversify(scores, genres, k)
    assert len(picked) == len(set(picked)) == min(k, count)
    assert picked[0] == scores.argmax()


def test_the_wildcard_is_the_likeliest_little_known_film_off_the_path() -> None:
    liking, known = np.array([0.9, 0.8, 0.7, 0.6]), np.array([5.0, 1.0, 1.0, 9.0])
    assert wildcard(liking, known, np.array([True, False, True, True]), []) == 2
    assert wildcard(liking, known, np.array([True, True, True, True]), [1]) == 2
    assert wildcard(liking, known, np.array([True, False, False, True]), []) is None


def test_no_wildcard_is_a_film_that_would_more_likely_be_disliked() -> None:
    chances, known = np.array([0.9, 0.49, 0.48, 0.6]), np.array([5.0, 1.0, 1.0, 9.0])
    assert wildcard(chances, known, np.array([True, True, True, True]), []) is None
