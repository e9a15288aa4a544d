"""What the ranker sees of films."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from recommender.data.catalogue import Catalogue
from recommender.data.content import build_content
from recommender.data.corpus import Corpus
from recommender.domain import LIKE, Profile, Rating
from recommender.ranking.features import encode, encode_newcomer
from recommender.ranking.retrieval import PAIR_FEATURES, Retrieval
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


def test_what_shares_content_with_likes_is_told_from_what_shares_it_with_dislikes() -> None:
    names = [["tag:heist", "director:Mann"], ["tag:heist"], ["tag:space"], ["director:Mann"], []] * 8
    corpus = toy_corpus(40, {user: [(row, 3.0) for row in range(40)] for user in range(40)})
    retrieval = learn_tables(corpus.knowing(build_content(names)))
    fan = encode_newcomer(toy_corpus(40, {1: [(0, 5.0), (2, 1.0)]}), 0, 2, ())
    met, given = (
        retrieval.pair_features(fan, np.arange(5, 10))[:, PAIR_FEATURES.index(name)]
        for name in ("content_ratings", "content_stars")
    )
    assert given[0] > given[1] > given[4] == 0 > given[2]
    assert met[0] > met[3] > 0 < met[2]
    assert met[4] == 0


def _two_eras() -> Corpus:
    """Return people of two eras, ten years apart, who like the first or the second half of the films."""
    films = {user: [((user % 2) * 20 + (user + place) % 20, 5.0) for place in range(20)] for user in range(40)}
    corpus = toy_corpus(40, films)
    seconds = 1_000_000_000 + (corpus.user_rows % 2) * 10 * 31_557_600 + corpus.places
    return replace(corpus, times=seconds.astype(np.int64))


def _asking(corpus: Corpus, asked_at: datetime | None) -> NDArray[np.float32]:
    return learn_tables(corpus).pair_features(
        encode(Profile(asked_at=asked_at), Catalogue(corpus.movies)), np.arange(40)
    )


def test_who_has_rated_nothing_is_of_the_time_in_which_they_ask() -> None:
    corpus, place = _two_eras(), PAIR_FEATURES.index("era_of_asking")
    before, after = (_asking(corpus, datetime(year, 9, 9, tzinfo=UTC))[:, place] for year in (2001, 2011))
    assert before[:20].min() > 0 > before[20:].max()
    assert after[20:].min() > 0 > after[:20].max()
    assert not _asking(corpus, None)[:, place].any()


def test_nobody_asks_later_than_the_last_rating_that_was_learned_from() -> None:
    corpus = _two_eras()
    years = learn_tables(corpus).tables["until"]
    assert 2011 < years < 2012
    now, later = (_asking(corpus, datetime(year, 12, 31, tzinfo=UTC)) for year in (2011, 2031))
    assert np.array_equal(now, later)


def test_tables_of_before_the_time_of_asking_was_learned_know_it_of_raters_alone() -> None:
    corpus, place = _two_eras(), PAIR_FEATURES.index("age_when_asked")
    whole = learn_tables(corpus)
    old = Retrieval(whole.catalogue, {name: table for name, table in whole.tables.items() if name != "until"})
    asked_at = datetime(2005, 1, 1, tzinfo=UTC)
    rated = Profile(ratings=(Rating(corpus.movies[0].id, LIKE, asked_at),), asked_at=asked_at)
    new, known = (encode(profile, whole.catalogue) for profile in (Profile(asked_at=asked_at), rated))
    assert whole.pair_features(new, np.arange(40))[:, place].any()
    assert not old.pair_features(new, np.arange(40))[:, place].any()
    assert np.array_equal(whole.pair_features(known, np.arange(40)), old.pair_features(known, np.arange(40)))
