"""What the ranker sees of films."""

from __future__ import annotations

import numpy as np

from recommender.data.catalogue import Catalogue
from recommender.data.corpus import Corpus
from recommender.domain import Profile
from recommender.ranking.features import encode, encode_newcomer
from recommender.ranking.retrieval import PAIR_FEATURES
from recommender.training.tables import learn_tables
from tests.recommender.toys import toy_corpus


def _once_and_twice() -> tuple[Corpus, Corpus]:
    """Return a crowd, and the same crowd twice over."""
    rng = np.random.default_rng(4)
    user_biases = [[(int(row), float(rng.integers(2, 11)) / 2) for row in rng.permutation(40)[:20]] for _ in range(60)]
    return toy_corpus(40, dict(enumerate(user_biases))), toy_corpus(40, dict(enumerate([*user_biases, *user_biases])))


def test_no_feature_tells_how_many_people_the_tables_were_learned_from() -> None:
    some, doubled = _once_and_twice()
    newcomer = encode(Profile(("Drama",)), Catalogue(some.movies))
    one, other = (learn_tables(corpus).pair_features(newcomer, np.arange(40)) for corpus in (some, doubled))
    assert np.abs(one - other).max() < np.log(2) / 2


def test_tastes_do_not_fade_as_the_crowd_grows() -> None:
    place = PAIR_FEATURES.index("taste_match")
    spreads = [
        learn_tables(corpus).pair_features(encode_newcomer(corpus, 0, 10, ()), np.arange(40))[:, place].std()
        for corpus in _once_and_twice()
    ]
    assert 0.85 < spreads[1] / spreads[0] < 1.18  # by the root of 2 would be 0.71


def test_generosity_is_told_in_stars_beside_what_others_give() -> None:
    corpus = toy_corpus(40, {user: [(row, 3.0) for row in range(40)] for user in range(40)})
    retrieval, asked = learn_tables(corpus), toy_corpus(40, {1: [(0, 5.0), (1, 4.5)], 2: [(0, 1.0)], 3: [(0, 3.5)]})
    people = [encode_newcomer(asked, user, 2, ()) for user in range(3)]
    place = PAIR_FEATURES.index("user_star_bias")
    fan, critic, usual = (retrieval.pair_features(person, np.arange(40))[:, place] for person in people)
    assert np.ptp(fan) == 0  # of the person alone
    assert fan[0] > usual[0] == 0 > critic[0]
