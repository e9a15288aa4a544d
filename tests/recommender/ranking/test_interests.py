"""What ratings show that somebody is after: beyond what anybody likes, and beyond chance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from recommender.domain import GENRES
from recommender.ranking.interests import genre_odds, read_interests, usual_shares

COMEDY, DRAMA, HORROR, WAR = (GENRES.index(genre) for genre in ("Comedy", "Drama", "Horror", "War"))


def films(*kinds: tuple[int, ...]) -> NDArray[np.bool_]:
    """Return films with these genres.  (films, genres)"""
    table = np.zeros((len(kinds), len(GENRES)), dtype=np.bool_)
    for row, kind in enumerate(kinds):
        table[row, list(kind)] = True
    return table


# What anybody meets: dramas for the most part, now and then horror.
USUAL = usual_shares(films(*[(DRAMA,)] * 6, *[(COMEDY,)] * 3, (HORROR,)), np.zeros(10))


def read(liked: Sequence[tuple[int, ...]], met: Sequence[tuple[int, ...]]) -> list[tuple[int, int]]:
    likes = np.arange(len(liked) + len(met)) < len(liked)
    return [(one.genre, one.likes) for one in read_interests(films(*liked, *met), likes, USUAL)]


def test_who_likes_horror_and_nothing_else_is_after_it() -> None:
    assert read([(HORROR, DRAMA)] * 3, [(DRAMA,), (COMEDY,), (DRAMA,)]) == [(HORROR, 3)]


def test_what_everybody_likes_shows_nothing() -> None:
    assert read([(DRAMA,)] * 4 + [(COMEDY,)] * 2, []) == []


def test_one_like_is_no_taste() -> None:
    assert read([(HORROR,)], [(DRAMA,)] * 9) == []


def test_of_two_tastes_each_accounts_for_its_own_likes() -> None:
    assert sorted(read([(HORROR,)] * 4 + [(WAR,)] * 3, [(DRAMA,)] * 5)) == [(HORROR, 4), (WAR, 3)]


def test_what_is_disliked_as_often_is_nothing_to_be_after() -> None:
    assert read([(HORROR,)] * 3, [(HORROR,)] * 5) == []


def test_films_that_many_know_weigh_more_in_what_is_usual() -> None:
    shares = usual_shares(films((DRAMA,), (HORROR,)), np.log([3.0, 1.0]))
    assert (shares[DRAMA], shares[HORROR]) == (0.75, 0.25)


@given(st.integers(0, 2**32 - 1), st.integers(0, 30))
def test_no_like_is_counted_twice_and_odds_are_finite(seed: int, count: int) -> None:
    generator = np.random.default_rng(seed)
    rated, likes = generator.random((count, len(GENRES))) < 0.2, generator.random(count) < 0.5
    assert sum(one.likes for one in read_interests(rated, likes, USUAL)) <= likes.sum()
    assert np.isfinite(genre_odds(rated, likes, USUAL)).all()
