"""What questions would teach, over films whose neighbours and tastes are known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recommender.data.catalogue import Catalogue
from recommender.domain import Movie, MovieId
from recommender.ranking.features import EncodedProfile
from recommender.ranking.retrieval import Retrieval
from recommender.ranking.teaching import log_known, log_teaching

FILMS = 6
# Two tastes of three films each; the last of each is of its taste alone by half.
TASTES = np.array([[2, 0], [2, 0], [1, 0], [0, 2], [0, 2], [0, 1]], dtype=np.float16)
NOBODY = np.array([], dtype=np.int64)


def retrieval(like_rates: Sequence[float] = (0.2,) * FILMS) -> Retrieval:
    """Return tables of six films, each taste's neighbours of one another."""
    alike = ((TASTES @ TASTES.T > 0) & ~np.eye(FILMS, dtype=np.bool_)).astype(np.float16)
    tables = {
        "log_count": np.zeros(FILMS, dtype=np.float32),
        "log_rating_rate": np.full(FILMS, np.log(0.5), dtype=np.float32),
        "log_like_rate": np.log(np.array(like_rates, dtype=np.float32)),
        "ease_rows": np.arange(FILMS, dtype=np.int32),
        "ease_places": np.arange(FILMS, dtype=np.int32),
        "ease_likes": 0 * alike,
        "ease_ratings": alike,
        "taste_out": TASTES,
    }
    return Retrieval(Catalogue([Movie(MovieId(row), f"Film {row}", 1990, ()) for row in range(FILMS)]), tables)


def somebody(*rows: int) -> EncodedProfile:
    nothing = np.zeros(18, dtype=np.bool_)
    return EncodedProfile(nothing, np.array(rows, dtype=np.int32), np.full(len(rows), 5, dtype=np.float32), np.nan)


def teaching(*rated: int, like_rates: Sequence[float] = (0.2,) * FILMS) -> NDArray[np.float64]:
    return log_teaching(retrieval(like_rates), somebody(*rated), np.arange(FILMS), np.ones(FILMS, dtype=np.bool_))


def test_what_was_known_makes_its_neighbours_likelier_known() -> None:
    known = log_known(retrieval(), somebody(0), (), NOBODY)
    assert known[1] == known[2] > known[3] == known[4]


def test_not_having_seen_a_film_makes_its_neighbours_less_likely_known_by_as_much_as_it_surprises() -> None:
    known = log_known(retrieval(), somebody(), (), np.array([0]))
    assert known[1] == known[2] < known[3] == known[4] == 0
    seen = log_known(retrieval(), somebody(0), (), NOBODY)
    assert -known[1] == seen[1] / 2  # every second person has seen it


def test_a_film_of_strong_taste_teaches_more() -> None:
    found = teaching()
    assert found[0] == found[3] > found[2] == found[5]


def test_an_answer_makes_those_like_it_teach_less_and_no_others() -> None:
    before, after = teaching(), teaching(0)
    assert after[1] < before[1]
    assert np.allclose(after[3:], before[3:])


def test_what_moves_films_that_are_liked_teaches_more_than_what_moves_films_that_are_not() -> None:
    found = teaching(like_rates=(0.4, 0.4, 0.4, 0.01, 0.01, 0.01))
    assert found[0] > found[3]


def test_films_that_may_not_be_recommended_move_nothing() -> None:
    found = log_teaching(retrieval(), somebody(), np.arange(FILMS), np.arange(FILMS) < 3)
    assert found[0] > found[3]
