"""The same people in two corpora are found by what they rated and when, whatever their numbers."""

from __future__ import annotations

import numpy as np

from bot.catalogue.rating_rows import RatingRows
from bot.catalogue.same_people import find_same_people, join_identities


def rows(*ratings: tuple[int, int, float, int]) -> RatingRows:
    users, movies, stars, times = zip(*ratings, strict=True)
    return RatingRows(
        np.array(users, np.int32), np.array(movies, np.int32), np.array(stars, np.float32), np.array(times, np.int64)
    )


ADA = [(1, 4.0, 1000), (2, 3.0, 1007), (3, 5.0, 1100)]
BOB = [(1, 4.0, 2000), (2, 3.0, 2007), (3, 5.0, 2100)]


def of(user: int, ratings: list[tuple[int, float, int]]) -> list[tuple[int, int, float, int]]:
    return [(user, *rating) for rating in ratings]


def test_people_are_found_under_other_numbers_and_in_another_order() -> None:
    here, there = rows(*of(1, ADA), *of(2, BOB)), rows(*of(9, BOB[::-1]), *of(8, ADA))
    assert find_same_people(here, there) == [(1, 8), (2, 9)]


def test_who_rated_more_since_or_changed_their_mind_is_found() -> None:
    later = [*ADA[:2], (3, 1.0, 9000), (4, 2.0, 9001)]
    assert find_same_people(rows(*of(1, ADA)), rows(*of(7, later))) == [(1, 7)]
    long = [*ADA, *((film, 4.0, 10_000 + film) for film in range(10, 60))]
    assert find_same_people(rows(*of(1, long)), rows(*of(7, ADA))) == [(1, 7)]


def test_the_same_taste_at_other_times_is_another_person() -> None:
    assert find_same_people(rows(*of(1, ADA)), rows(*of(7, BOB))) == []


def test_one_rating_in_common_proves_nothing() -> None:
    assert find_same_people(rows(*of(1, ADA[:1])), rows(*of(7, ADA[:1]))) == []
    assert find_same_people(rows(*of(1, ADA)), rows(*of(7, [ADA[0], *BOB[1:]]))) == []


def test_a_crowd_that_rated_the_same_at_once_is_not_taken_for_one_person() -> None:
    crowd = rows(*(rating for user in range(1, 101) for rating in of(user, ADA)))
    assert find_same_people(crowd, crowd) == []


def test_everybody_is_found_once() -> None:
    twice = rows(*of(1, ADA), *of(2, ADA))
    assert len(find_same_people(twice, rows(*of(7, ADA)))) == 1


def test_identities_join_over_several_corpora() -> None:
    assert set(join_identities([(1, 2), (5, 6), (2, 3)])) == {frozenset({1, 2, 3}), frozenset({5, 6})}
    assert join_identities([]) == []
