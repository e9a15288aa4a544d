from __future__ import annotations

import numpy as np
import pytest

from recommender.data.statistics import assume_statistics, count_statistics
from tests.recommender.toys import toy_corpus


def test_counts_ratings_likes_and_stars_of_each_movie() -> None:
    statistics = count_statistics(toy_corpus(3, {1: [(0, 5.0), (1, 2.0)], 2: [(0, 4.0)]}))
    assert statistics.ratings.tolist() == [2, 1, 0]
    assert statistics.likes.tolist() == [2, 0, 0]
    assert statistics.star_sums.tolist() == [9, 2, 0]


def test_few_ratings_are_drawn_to_the_overall_mean() -> None:
    statistics = count_statistics(toy_corpus(3, {1: [(0, 5.0), (1, 2.0)], 2: [(0, 4.0)]}))
    overall = 11 / 3
    assert statistics.bayesian_means() == pytest.approx([(9 + 5 * overall) / 7, (2 + 5 * overall) / 6, overall])
    assert statistics.like_rates == pytest.approx([(2 + 5 * 2 / 3) / 7, (5 * 2 / 3) / 6, 2 / 3])
    assert statistics.bayesian_means(prior=1e9) == pytest.approx([overall] * 3, abs=1e-6)


def test_fame_alone_gives_every_movie_the_usual_mean() -> None:
    statistics = assume_statistics(np.array([1000.0, 0.0]))
    assert statistics.bayesian_means() == pytest.approx([3.5, 3.5])
    assert statistics.like_rates == pytest.approx([0.5, 0.5])
    assert statistics.likes[0] > statistics.likes[1]
