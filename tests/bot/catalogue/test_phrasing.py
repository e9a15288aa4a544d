"""What people say around a title, and what of it is the title."""

from __future__ import annotations

import pytest

from bot.catalogue.phrasing import bare_title, says_seen, series_name


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("trailer for Dune", "Dune"),
        ("is there a sequel to Top Gun?", "Top Gun"),
        ("what’s the plot of Memento", "Memento"),
        ("when did The Matrix come out?", "The Matrix"),
        ("where can I watch Heat", "Heat"),
        ("Inception ending explained", "Inception"),
        ("rate Alien 5", "Alien"),
        ("give Heat a 4.5", "Heat"),
        ("give Heat 4 stars", "Heat"),
        ("the trailer", "the trailer"),
        ("异形好不好看", "异形"),
        ("不好看", "不好看"),
        ("le doy un 5 a Roma", "Roma"),
        ("¿De qué trata Roma?", "Roma"),
        ("dónde puedo ver Roma", "Roma"),
        ("异形的导演是谁", "异形"),
        ("异形讲的是什么？", "异形"),
        ("在哪看异形", "异形"),
        ("看过异形了", "异形"),
        ("guárdame Alien", "Alien"),
        ("ponle 4 estrellas a Alien", "Alien"),
        ("I already saw Alien", "Alien"),
    ],
)
def test_a_question_about_a_film_is_bared_to_its_title(said: str, title: str) -> None:
    assert bare_title(said) == title


@pytest.mark.parametrize(
    ("text", "is_seen"),
    [
        ("I already saw Alien", True),
        ("I’ve already seen Heat", True),
        ("ya vi Roma", True),
        ("看过异形了", True),
        ("already", False),
        ("I saw Alien, what next", False),
        ("I already saw Alien, something like it", False),
        ("看过异形，想看类似的", False),
    ],
)
def test_who_has_seen_a_film_wants_none_like_it(text: str, is_seen: bool) -> None:
    assert says_seen(text) == is_seen


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("lord of the rings trilogy", "lord of the rings"),
        ("mission impossible series", "mission impossible"),
        ("哈利波特系列", "哈利波特"),
        ("korean series", "korean series"),
        ("horror collection", "horror collection"),
        ("The Series", "The Series"),
    ],
)
def test_only_a_series_of_films_is_asked_for_by_its_name(query: str, name: str) -> None:
    assert series_name(query) == name
