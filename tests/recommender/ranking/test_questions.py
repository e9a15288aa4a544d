"""Which films a newcomer is asked about, over a catalogue whose right questions are known."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from recommender.data.catalogue import Catalogue
from recommender.domain import LIKE, Movie, MovieId, Profile, Rating, Stars
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


def ask_after(answers: dict[int, float], *genres: str) -> int:
    """Return the next question after these films got these stars."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    ratings = tuple(Rating(MovieId(number), Stars(stars), at) for number, stars in answers.items())
    return int(choose_questions(Profile(genres, ratings), 1, MANY, MANY_KNOWN)[0])


# Every third film bears a rare genre, too, and the rarer it is the less known.
SIDES = ("Horror", "Western", "War", "Musical", "Crime", "Fantasy")
MANY = Catalogue(
    [
        Movie(
            MovieId(number),
            f"Film {number}",
            1990,
            ("Drama", SIDES[number // 3 % 6]) if number % 3 == 0 else ("Drama",),
        )
        for number in range(1, 61)
    ]
)
MANY_KNOWN = np.linspace(3.0, 1.0, 60)


def test_within_a_broad_genre_every_other_one_is_asked_about_by_the_seventh_card() -> None:
    answers: dict[int, float] = {}
    for _ in range(7):
        answers[ask_after(answers, "Drama")] = 2.0
    borne = {genre for number in answers for genre in MANY.movies[number - 1].genres}
    assert borne == {"Drama", *SIDES}


def test_once_likes_show_what_somebody_is_after_more_of_it_is_asked() -> None:
    answers: dict[int, float] = {}
    for _ in range(10):
        number = ask_after(answers, "Drama")
        answers[number] = 5.0 if "Western" in MANY.movies[number - 1].genres else 2.0
    assert sum(stars == 5.0 for stars in answers.values()) == sum("Western" in film.genres for film in MANY.movies)
