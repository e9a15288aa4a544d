"""The retrieval tables, where people are many."""

from __future__ import annotations

import numpy as np

from recommender.tables import learn_tables
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
