"""What the ranker sees of films."""

from __future__ import annotations

import numpy as np

from recommender.catalogue import Catalogue
from recommender.domain import Profile
from recommender.features import encode
from recommender.tables import learn_tables
from tests.recommender.toys import toy_corpus


def test_no_feature_tells_how_many_people_the_tables_were_learned_from() -> None:
    rng = np.random.default_rng(4)
    habits = [[(int(row), float(rng.integers(2, 11)) / 2) for row in rng.permutation(40)[:20]] for _ in range(60)]
    some = toy_corpus(40, dict(enumerate(habits)))
    doubled = toy_corpus(40, dict(enumerate([*habits, *habits])))
    newcomer = encode(Profile(("Drama",)), Catalogue(some.movies))
    one, other = (learn_tables(corpus).pair_features(newcomer, np.arange(40)) for corpus in (some, doubled))
    assert np.abs(one - other).max() < np.log(2) / 2
