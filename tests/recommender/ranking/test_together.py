"""Films for several people: nobody is miserable, the mean decides, and alike is who is apart from everybody alike."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.data.catalogue import Catalogue
from recommender.domain import GroupRequest, MovieId, Profile
from recommender.ranking.together import MISERY, Members, alikeness, average_without_misery, choose_together
from tests.recommender.toys import toy_movies

# Ten films; both put the last one first but the other's favourite last.
ADA = np.array([0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0])
BOB = np.array([9.0, 0.0, 2.0, 1.0, 3.0, 5.0, 4.0, 7.0, 6.0, 8.0])


def members(*scores: np.ndarray) -> Members:
    table = np.stack(scores)
    return Members([Profile()] * len(scores), table, lambda rows: (table[:, rows], None))


def test_what_one_could_not_bear_comes_behind_whatever_the_mean() -> None:
    worth = average_without_misery(np.stack([ADA, BOB]), np.stack([ADA, BOB]))
    assert worth.argmax() == 9
    miserable = [film for film in range(10) if min(film, (BOB[film] > BOB).sum()) < MISERY * 10]
    assert 0 in miserable, "Bob's favourite is what Ada could not bear"
    assert max(worth[miserable]) < min(np.delete(worth, miserable))


def test_a_loud_voice_counts_no_more_than_a_quiet_one() -> None:
    quiet = average_without_misery(np.stack([ADA, BOB]), np.ones((2, 10)))
    loud = average_without_misery(np.stack([ADA * 100 + 7, BOB]), np.ones((2, 10)))
    assert loud == pytest.approx(quiet)


def test_what_is_carried_over_has_a_place_unless_somebody_is_against_it() -> None:
    catalogue = Catalogue(toy_movies(10))

    def listed(kept: int) -> set[int]:
        request = GroupRequest(kept=frozenset({MovieId(100 + kept)}))
        return {pick.movie_id - 100 for pick in choose_together(members(ADA, BOB), 3, request, catalogue)}

    assert 6 not in listed(9)
    assert 6 in listed(6)
    assert 0 not in listed(0)


def test_tastes_are_alike_as_far_as_they_are_apart_from_everybody() -> None:
    assert alikeness(ADA, ADA + 3) == pytest.approx(1.0)
    assert alikeness(ADA, -ADA) == pytest.approx(-1.0)
    assert alikeness(ADA, np.zeros(10)) is None


def test_of_a_series_one_film_comes_and_what_is_kept_comes_all_the_same() -> None:
    catalogue = Catalogue(toy_movies(10))
    series = {MovieId(100 + film): name for film, name in ((9, "one"), (7, "one"), (5, "two"), (3, "two"), (4, "two"))}

    def listed(*kept: int) -> list[int]:
        request = GroupRequest(kept=frozenset(MovieId(100 + film) for film in kept), series=series)
        return [pick.movie_id - 100 for pick in choose_together(members(ADA, BOB), 4, request, catalogue)]

    assert {9, 7} <= {pick.movie_id - 100 for pick in choose_together(members(ADA, BOB), 4, GroupRequest(), catalogue)}
    assert len(listed()) == 4
    assert len({5, 3, 4} & {*listed()}) <= 1
    assert 9 in listed()
    assert 7 not in listed()
    assert 7 in listed(7)
    assert 9 not in listed(7)
    assert {7, 9} <= {*listed(7, 9)}
