"""The retrieval tables, where people are many."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.training.tables import EASE_HIDDEN, EASE_RIDGE, learn_tables
from tests.recommender.contract import contract_corpus
from tests.recommender.toys import toy_corpus


def test_beyond_a_number_of_people_a_sample_says_who_likes_what_and_everybody_counts() -> None:
    corpus = contract_corpus()
    whole, sampled = learn_tables(corpus).tables, learn_tables(corpus, most_people=corpus.user_count // 2).tables
    for name in ("log_like_rate", "log_count", "mean_stars"):
        np.testing.assert_array_equal(sampled[name], whole[name])
    for name in ("genre_prior", "ease_likes", "taste_in"):
        assert not np.array_equal(sampled[name], whole[name])
        assert np.isfinite(sampled[name]).all()


def test_a_film_is_no_worse_for_the_harsh_people_who_rate_it() -> None:
    usual = range(2, 30)
    harsh = {user: [(0, 3.0), *((row, 2.0) for row in usual)] for user in range(30)}
    generous = {user: [(1, 4.0), *((row, 5.0) for row in usual)] for user in range(30, 60)}
    better, worse = learn_tables(toy_corpus(30, harsh | generous)).tables["mean_stars"][:2]
    assert better > worse + 0.5


@pytest.mark.parametrize("films", [12, 90])
def test_item_weights_are_least_squares_under_dropout(films: int) -> None:
    rng = np.random.default_rng(3)
    seen = {user: [(int(row), 5.0) for row in rng.permutation(films)[:9]] for user in range(40)}
    tables = learn_tables(toy_corpus(films, seen)).tables
    likes = np.zeros((len(seen), films))
    for user, rated in seen.items():
        likes[user, [row for row, _ in rated]] = 1
    gram, left = likes.T @ likes, 1 - EASE_HIDDEN
    # In the mean over what dropout leaves of the input, a film's own column kept out by its multiplier.
    shown = left**2 * (gram + EASE_RIDGE * np.eye(films)) + EASE_HIDDEN * left * np.diag(np.diag(gram))
    for film in range(films):
        others = np.delete(np.arange(films), film)
        expected = np.linalg.solve(shown[np.ix_(others, others)], left * gram[others, film])
        np.testing.assert_allclose(tables["ease_likes"][others, film], expected, rtol=5e-3, atol=1e-6)
