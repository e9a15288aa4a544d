"""Titles: spellings of one film are equal, different films are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalogue.titles import fold, normalise_title, split_year


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Matrix", "Matrix, The"),
        ("Amélie", "amelie"),
        ("L'Avventura", "Avventura, L'"),
        ("Les Misérables", "Misérables, Les"),
        ("WALL·E", "Wall E".replace(" ", "")),
        ("Fast & Furious", "Fast and Furious"),
        ("The Godfather: Part II", "Godfather Part 2"),
        ("8½", "8 1/2"),
        ("M*A*S*H", "MASH"),
        ("A.I. Artificial Intelligence", "AI: Artificial Intelligence"),
        ("Spider-Man", "spider man"),
        ("Kill Bill: Vol. 1", "Kill Bill Volume One"),
        ("Dr. No", "Doctor No"),
        ("Ocean’s Eleven", "Oceans Eleven"),
        ("Kiki's Delivery Service", "kikis delivery service"),
        ("𝐇eat", "heat"),
        ("Ǿ ＆ Ǽ", "o and ae"),
    ],
)
def test_spellings_of_one_title_are_equal(one: str, other: str) -> None:
    assert normalise_title(one) == normalise_title(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rocky II", "Rocky III"),
        ("Alien", "Aliens"),
        ("X", "Ten"),
        ("I, Robot", "1 Robot"),
        ("It", "Its"),
        ("A", "The"),
    ],
)
def test_different_titles_stay_different(one: str, other: str) -> None:
    assert normalise_title(one) != normalise_title(other)


def test_other_scripts_are_kept() -> None:
    assert normalise_title("千と千尋の神隠し") == fold("千と千尋の神隠し") != ""
    assert normalise_title("Брат 2") == "брат 2"


@given(st.text(max_size=80))
def test_the_normal_form_is_its_own_normal_form_after_folding(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("heat 1995", ("heat", 1995)),
        ("Heat (1995)", ("Heat", 1995)),
        ("Heat, 1995", ("Heat", 1995)),
        ("1984", ("1984", None)),
        ("2001: A Space Odyssey", ("2001: A Space Odyssey", None)),
        ("Blade Runner 2049", ("Blade Runner", 2049)),
        ("agent 007", ("agent 007", None)),
    ],
)
def test_a_year_behind_the_title_is_understood(query: str, expected: tuple[str, int | None]) -> None:
    assert split_year(query) == expected
