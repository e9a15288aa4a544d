from __future__ import annotations

import numpy as np

from benchmarks.timeless import forget_profile_times, forget_times
from recommender.data.catalogue import Catalogue
from recommender.evaluation.ladder import read_newcomer
from tests.recommender.toys import toy_corpus


def test_nothing_but_the_order_of_ratings_is_left_of_their_times() -> None:
    one = toy_corpus(4, {1: [(0, 4.0), (1, 3.0), (2, 5.0)], 2: [(3, 4.0)]})
    forgotten = forget_times(one)
    np.testing.assert_array_equal(forgotten.movie_rows, one.movie_rows)
    assert forgotten.times[0] == forgotten.times[3]
    assert (np.diff(forgotten.times[:3]) == 1).all()


def test_a_profile_forgets_as_its_corpus_does() -> None:
    corpus = toy_corpus(4, {1: [(0, 4.0), (1, 3.0), (2, 5.0)]})
    catalogue = Catalogue(corpus.movies)
    profile, same = (read_newcomer(each, 0, 3, catalogue).profile(3) for each in (corpus, forget_times(corpus)))
    assert forget_profile_times(profile) == same
