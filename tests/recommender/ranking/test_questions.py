"""Which films a newcomer is asked about, over a catalogue whose right questions are known."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from recommender.data.catalogue import Catalogue
from recommender.domain import LIKE, Movie, MovieId, Profile, Rating
from recommender.ranking.questions import choose_questions

# By how well each is known.
KINDS = (
    *(("Comedy",), ("Comedy",), ("Comedy", "Romance"), ("Drama",), ("Comedy", "War"), ("War",), ("Horror", "War")),
    ("Drama", "Horror"),
)
CATALOGUE = Catalogue([Movie(MovieId(row + 1), f"Film {row + 1}", 1990, kind) for row, kind in enumerate(KINDS)])
KNOWN = np.linspace(3.0, 2.3, len(KINDS))


def ask(*genres: str, rated: tuple[int, ...] = (), k: int = 3, excluded: str = "") -> list[int]:
    ratings = tuple(Rating(MovieId(number), LIKE, datetime(2026, 1, 1, tzinfo=UTC)) for number in rated)
    profile = Profile(genres, ratings, excluded=frozenset({excluded} - {""}))
    return [int(movie_id) for movie_id in choose_questions(profile, k, CATALOGUE, KNOWN)]


def test_the_best_known_come_first_and_differ() -> None:
    assert ask(k=2) == [1, 4]


def test_what_is_like_the_latest_answer_waits() -> None:
    assert ask("Comedy", rated=(1,), k=1) == [3]


def test_a_genre_not_asked_about_yet_goes_before_what_is_better_known() -> None:
    assert ask("Comedy", "War", rated=(1, 2), k=1) == [6]


def test_four_genres_fit_into_three_cards() -> None:
    asked = ask("Comedy", "Drama", "War", "Horror")
    assert {"Comedy", "Drama", "War", "Horror"} <= {genre for number in asked for genre in KINDS[number - 1]}


@pytest.mark.parametrize("genres", [("Comedy",), ("Comedy", "War"), ()])
def test_an_excluded_genre_is_never_asked_about(genres: tuple[str, ...]) -> None:
    assert not {5, 6, 7} & set(ask(*genres, k=8, excluded="War"))


def test_a_genre_that_no_film_is_left_of_holds_nothing_up() -> None:
    assert ask("Documentary", "Drama", k=2) == [4, 8]
    assert ask("Documentary", k=2) == [1, 4]
