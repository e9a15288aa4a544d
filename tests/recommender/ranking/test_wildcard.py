"""The wildcard's manners, and its draw."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from numpy.typing import NDArray

from recommender.data.catalogue import genre_mask
from recommender.domain import GENRES
from recommender.ranking.wildcard import (
    DRAWN_FROM,
    FAMILY,
    GROWN_UPS,
    MOST,
    ODDS,
    Wildcard,
    age_groups,
    draw_wildcard,
    is_welcome,
)

NOTHING = np.empty((0, len(GENRES)), dtype=np.bool_)


def films(*genres: tuple[str, ...]) -> NDArray[np.bool_]:
    """Return films of these genres.  (films, genres)"""
    return np.stack([genre_mask(each) for each in genres])


def welcome(
    candidates: NDArray[np.bool_], chosen: tuple[str, ...], rated: NDArray[np.bool_] = NOTHING, *stars: float
) -> list[bool]:
    """Return which candidates would not offend."""
    found: list[bool] = is_welcome(candidates, genre_mask(chosen), rated, np.array(stars)).tolist()
    return found


def test_whom_films_are_for() -> None:
    kinds = films(("Children", "Comedy"), ("Animation",), ("Drama",), ("Children", "Horror"), ("War", "Drama"))
    assert age_groups(kinds).tolist() == [FAMILY, FAMILY, MOST, GROWN_UPS, GROWN_UPS]


def test_it_has_none_of_the_genres_chosen_or_liked_twice() -> None:
    candidates = films(("Comedy",), ("Drama",), ("Western",), ("Romance",))
    rated = films(("Drama",), ("Drama",), ("Western",))
    assert welcome(candidates, ("Comedy",), rated, 5, 5, 4) == [False, False, True, True]


def test_it_is_of_no_genre_that_is_rated_low() -> None:
    rated = films(("Comedy",), ("Comedy",), ("Romance",), ("Romance",), ("Western",))
    assert welcome(films(("Romance",), ("Western",), ("Drama",)), ("Comedy",), rated, 5, 5, 2, 2, 1) == [
        False,
        True,  # one film alone proves nothing
        True,
    ]


def test_it_is_never_for_older_people_than_what_they_like() -> None:
    candidates = films(("Horror",), ("Drama",), ("Animation",))
    assert welcome(candidates, ("Children",)) == [False, False, True]
    assert welcome(candidates, ("Comedy",)) == [False, True, True]
    assert welcome(candidates, ("Crime",)) == [True, True, True]
    assert welcome(candidates, ("Comedy", "Crime"), films(("Children",)), 5) == [False, False, True]


def test_who_has_no_path_has_none_to_leave() -> None:
    assert welcome(films(("Drama",), ("Comedy",)), ()) == [False, False]


def test_it_is_probably_liked_and_drawn_evenly_from_the_best() -> None:
    scores, chances = np.arange(100.0), np.linspace(1, 0, 100)
    drawn = [
        draw_wildcard(np.random.default_rng(seed), scores, chances, np.ones(100, dtype=np.bool_)) for seed in range(500)
    ]
    found = Counter(wildcard.film for wildcard in drawn if wildcard is not None)
    assert set(found) <= set(range(50 - DRAWN_FROM, 50))  # above the median chance, and of these the best scores
    assert max(found.values()) < 0.1 * 500
    assert [wildcard.propensity for wildcard in drawn if wildcard] == pytest.approx([ODDS / DRAWN_FROM] * 500)


def test_propensities_are_as_true_as_the_odds_that_it_is_drawn_by() -> None:
    odds, everything = np.array([0.5, 0.3, 0.2]), np.ones(6, dtype=np.bool_)
    chances = np.array([0.1, 0.1, 0.1, 0.9, 0.9, 0.9])

    def draw(seed: int) -> Wildcard | None:
        rng = np.random.default_rng(seed)
        return draw_wildcard(rng, np.arange(6.0), chances, everything, lambda places: odds)

    drawn = Counter(draw(seed) for seed in range(2_000))
    assert {card.film: card.propensity for card in drawn if card} == {5: ODDS * 0.5, 4: ODDS * 0.3, 3: ODDS * 0.2}
    for card, times in drawn.items():
        assert card is not None
        assert times / 2_000 == pytest.approx(card.propensity / ODDS, abs=0.03)


def test_there_is_none_where_none_is_welcome() -> None:
    nobody = np.zeros(3, dtype=np.bool_)
    assert draw_wildcard(np.random.default_rng(0), np.ones(3), np.ones(3), nobody) is None
