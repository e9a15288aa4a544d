"""What was shown lately steps back, and chances are told so that people believe them."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.data.catalogue import Catalogue, genre_mask
from recommender.ranking.lists import read_taste
from recommender.ranking.picking import STALE_PENALTY, Pick, Scored, pick_list, shown_chances
from tests.recommender.toys import toy_movies

CATALOGUE = Catalogue(toy_movies(36))
ANYTHING = read_taste(genre_mask(()), CATALOGUE.genres[:0])


def picked(scores: list[float], stale: set[int], k: int) -> list[int]:
    """Return the rows of a list of k films with these scores."""
    rows = np.arange(len(scores))
    films = Scored(rows, np.array(scores), None, np.isin(rows, list(stale)).astype(np.int64))
    return [pick.row for pick in pick_list(films, CATALOGUE, ANYTHING, k)]


def test_what_was_left_alone_comes_after_everything_fresh_of_comparable_score() -> None:
    assert picked([3.4, 3.3, 3.0, 2.5], {0, 1}, 4) == [2, 3, 0, 1]
    assert picked([5.0 + STALE_PENALTY, 4.0, 3.0], {0}, 2) == [0, 1]


def test_the_oftener_a_film_was_left_alone_the_further_it_steps_back() -> None:
    scores, shown, lists = np.array([4.5, 4.0, 3.0, 2.9, 2.0, 0.0]), np.zeros(6, dtype=np.int64), []
    for _ in range(6):
        rows = [pick.row for pick in pick_list(Scored(np.arange(6), scores, None, shown), CATALOGUE, ANYTHING, 2)]
        shown[rows] += 1
        lists.append(rows)
    assert lists[:3] == [[0, 1], [0, 1], [2, 3]]  # the best are e times as good, and then no longer
    assert all(lists[at] != lists[at + 1] for at in range(1, 5))  # nothing stays in front for good


def test_the_score_told_is_the_films_own() -> None:
    films = Scored(np.arange(2), np.array([1.5, 1.0]), None, np.array([1, 0]))
    assert [(pick.row, pick.score) for pick in pick_list(films, CATALOGUE, ANYTHING, 2)] == [(1, 1.0), (0, 1.5)]


def told(*chances: float | None, wildcard: bool = False) -> list[float | None]:
    """Return what is told of films with these chances, the last one being a wildcard or not."""
    picks = [Pick(row, 0.0, chance) for row, chance in enumerate(chances)]
    if wildcard:
        picks[-1] = Pick(len(chances), 0.0, chances[-1], "wildcard", 0.1)
    return shown_chances(picks)


def test_nothing_is_told_as_certain() -> None:
    assert told(0.999, 0.001) == [0.95, 0.05]


def test_a_page_falls_and_the_next_one_begins_anew() -> None:
    assert told(0.6, 0.8, 0.5, 0.5, 0.4, 0.9) == pytest.approx([0.7, 0.7, 0.5, 0.5, 0.4, 0.9])


def test_a_wildcard_is_told_below_the_page_it_closes() -> None:
    assert told(0.8, 0.6, 0.9, wildcard=True) == [0.8, 0.6, 0.6]
    assert told(0.8, 0.6, 0.3, wildcard=True) == [0.8, 0.6, 0.3]


def test_nothing_is_told_where_nobody_knows() -> None:
    assert told(None, None) == [None, None]
    assert told() == []
