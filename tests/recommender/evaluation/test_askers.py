"""Ways of asking, over counts small enough to compute by hand."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.data.catalogue import Catalogue
from recommender.domain import Movie, MovieId, Profile
from recommender.evaluation.askers import AtRandom, InOrder, entropy0, log_popularity_entropy, popularity

CATALOGUE = Catalogue(
    [Movie(MovieId(row), f"Film {row}", 1990, ("Drama",) if row < 3 else ("War",)) for row in range(4)]
)
DRAWS = np.random.default_rng(1)
# Of ten people: two say one star and two say five; eight all say five; nobody knows the third; one says three.
COUNTS = np.array([[2, 0, 0, 0, 2], [0, 0, 0, 0, 8], [0, 0, 0, 0, 0], [0, 0, 1, 0, 0]], dtype=np.float64)


def test_popularity_counts_ratings() -> None:
    assert popularity(COUNTS, 10).tolist() == [4, 8, 0, 1]


def test_what_everybody_agrees_on_teaches_nothing_by_entropy() -> None:
    assert log_popularity_entropy(COUNTS, 10).tolist() == pytest.approx([2.0, 0, 0, 0])


def test_entropy0_counts_not_knowing_as_half_an_answer() -> None:
    mixed = -0.5 * 0.6 * np.log2(0.6) - 2 * 0.2 * np.log2(0.2)
    agreed = -0.5 * 0.2 * np.log2(0.2) - 0.8 * np.log2(0.8)
    assert entropy0(COUNTS, 10)[:3] == pytest.approx(np.array([mixed, agreed, 0]) / 5.5)


def test_an_order_goes_through_the_chosen_genres_first() -> None:
    asker = InOrder(CATALOGUE, np.array([1.0, 3.0, 2.0, 9.0]))
    asked, profile = list[MovieId](), Profile(genres=("Drama",))
    while (found := asker.next_question(profile, frozenset(asked), DRAWS)) is not None:
        asked.append(found)
    assert asked == [1, 2, 0, 3]


def test_chance_asks_every_film_of_the_chosen_genres_some_time() -> None:
    asker = AtRandom(CATALOGUE)
    found = {asker.next_question(Profile(genres=("Drama",)), frozenset(), DRAWS) for _ in range(60)}
    assert found == {0, 1, 2}
    assert asker.next_question(Profile(), frozenset(MovieId(row) for row in range(4)), DRAWS) is None
