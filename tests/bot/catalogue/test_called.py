"""Films by what they are called, to the letter of the normal form."""

from __future__ import annotations

import pytest

from bot.catalogue.search import TitleIndex
from recommender.domain import Movie, MovieId

TITLES = (
    "The Matrix",
    "Dune: Part One",
    "Dune: Part Two",
    "Alien",
    "Alien³",
    "Die Hard",
    "Seven Samurai",
    "The Dark Knight",
)


def _index() -> TitleIndex:
    movies = [Movie(MovieId(number), title, 1980 + number, ()) for number, title in enumerate(TITLES, 1)]
    return TitleIndex(movies, titles=[("黑客帝国", MovieId(1))], parts=[("Batman by Nolan", 2, MovieId(8))])


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Matrix, The", [1]),
        ("黑客帝国", [1]),
        ("the MATRIX (1999)", [1]),
        ("Dune 2", [3]),
        ("Dune Part 1", [2]),
        ("Alien 3", [5]),
        ("Batman by Nolan 2", [8]),
        ("Seven Samurai (Shichinin no samurai)", [7]),
        ("Shichinin no samurai (a.k.a. Seven Samurai) (1954)", [7]),
        ("Matrx", []),
        ("Dune 2: The Making", []),
        ("", []),
        ("...", []),
    ],
)
def test_a_film_is_called_so_or_not(title: str, found: list[int]) -> None:
    assert _index().called(title) == found


def test_what_stands_before_a_colon_is_a_name_of_its_own() -> None:
    assert _index().headed("Dune") == [2, 3]
    assert _index().headed("Alien") == []
    assert _index().called("Dune") == []


@pytest.mark.parametrize(("title", "says"), [("Alien 3", True), ("dune 2", True), ("alien", True), ("alien 5", False)])
def test_a_title_says_its_part_itself(title: str, says: bool) -> None:
    assert _index().says_part(title) == says
    assert not _index().says_part("Batman by Nolan 2")  # its series says so
