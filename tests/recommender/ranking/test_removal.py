"""Taking each rating away at once is the same as asking anew without it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.domain import GENRES, Profile, Rating, Stars
from recommender.ranking.features import LONGEST_HISTORY, encode
from recommender.ranking.inputs import network_inputs
from recommender.ranking.removal import inputs_choosing, inputs_without_each
from recommender.ranking.retrieval import Retrieval
from recommender.training.tables import learn_tables
from tests.recommender.contract import contract_corpus

FILMS = np.array([3, 59, 17])
START = datetime(2001, 9, 9, tzinfo=UTC)


@cache
def learned() -> Retrieval:
    return learn_tables(contract_corpus())


def assert_same(profile: Profile, retrieval: Retrieval) -> None:
    """Compare with what is asked anew without each of the newest ratings, up to half precision's last bit."""
    person = encode(profile, retrieval.catalogue, LONGEST_HISTORY + 1)
    found = inputs_without_each(person, range(len(person.rows)), FILMS, retrieval)
    for place, gone in enumerate(reversed(profile.ratings[-LONGEST_HISTORY:]), start=1):
        others = tuple(rating for rating in profile.ratings if rating is not gone)
        anew = network_inputs(encode(replace(profile, ratings=others), retrieval.catalogue), FILMS, retrieval)
        assert found.keys() == anew.keys()
        for name, values in anew.items():
            assert found[name][-place] == pytest.approx(values, rel=2e-3, abs=2e-3), name
            assert found[name].dtype == values.dtype


def rated(rows: list[int], stars: list[float], genres: list[str], retrieval: Retrieval) -> Profile:
    movies = retrieval.catalogue.movies
    ratings = tuple(
        Rating(movies[row].id, Stars(star), START + timedelta(days=day))
        for day, (row, star) in enumerate(zip(rows, stars, strict=True))
    )
    chosen = tuple(genre for genre in GENRES if genre in genres)
    return Profile(chosen, ratings, asked_at=START + timedelta(days=len(rows)))


@settings(deadline=None)  # tables are learned in the first example
@given(
    st.lists(st.integers(0, 59), min_size=1, max_size=30, unique=True),
    st.lists(st.sampled_from(GENRES), max_size=3, unique=True),
    st.data(),
)
def test_without_each_is_as_asked_anew(rows: list[int], genres: list[str], data: st.DataObject) -> None:
    stars = data.draw(st.lists(st.sampled_from([0.5, 2.0, 3.5, 4.0, 5.0]), min_size=len(rows), max_size=len(rows)))
    assert_same(rated(rows, stars, genres, learned()), learned())


@pytest.mark.parametrize("count", [1, 2, LONGEST_HISTORY - 1, LONGEST_HISTORY, LONGEST_HISTORY + 1, 58])
def test_of_a_long_history_the_next_older_rating_comes_in(count: int) -> None:
    rows = list(range(count))
    assert_same(rated(rows, [0.5 + row % 10 / 2 for row in rows], ["Drama"], learned()), learned())


def test_some_ratings_are_taken_away_as_all_are() -> None:
    person = encode(
        rated(list(range(58)), [4.0, 1.0] * 29, ["War"], learned()), learned().catalogue, LONGEST_HISTORY + 1
    )
    everything = inputs_without_each(person, range(len(person.rows)), FILMS, learned())
    some = inputs_without_each(person, [7, 50], FILMS, learned())
    for name, values in some.items():
        assert values == pytest.approx(everything[name][[7, 50]], rel=2e-3, abs=2e-3)


@given(st.lists(st.sampled_from(GENRES), min_size=1, max_size=5, unique=True), st.booleans())
def test_other_genres_are_as_chosen_anew(genres: list[str], has_rated: bool) -> None:
    rows = [4, 40, 7] if has_rated else []
    people = [
        encode(rated(rows, [4.0] * len(rows), [one for one in genres if one != gone], learned()), learned().catalogue)
        for gone in (None, *genres)
    ]
    found = inputs_choosing(people, FILMS, learned())
    for place, person in enumerate(people):
        for name, values in network_inputs(person, FILMS, learned()).items():
            np.testing.assert_array_equal(found[name][place], values)
            assert found[name].dtype == values.dtype
