"""Several films in one message, over the starter catalogue."""

from __future__ import annotations

from functools import cache

import pytest

from bot.catalogue.film_names import FilmNames
from bot.catalogue.search import TitleIndex
from bot.catalogue.starter import load_starter, load_starter_films
from bot.service.several import MOST, find_several

TITLES = {movie.id: movie.title for movie in load_starter()}


@cache
def index() -> TitleIndex:
    fame = {film.movie.id: float(film.popularity) for film in load_starter_films()}
    return TitleIndex(load_starter(), fame, titles=FilmNames(load_starter()).titles())


def found(text: str) -> list[str]:
    return [TITLES[match.movie_id] for match in find_several(text, index().search)]


@pytest.mark.parametrize(
    "text",
    [
        "Alien\nJaws\nRocky",
        "1. Alien\n2. Jaws\n3. Rocky\n",
        "- Alien - 5\n- Jaws 4/5\n- Rocky ★★★",
        "Alien, Jaws, Rocky",
        "alien / jaws / rocky",
        "异形、大白鲨、洛奇",
        "Alien\nqwrtz uiop\nJaws\nAlien\nRocky",
    ],
)
def test_films_line_by_line_or_with_signs_between_are_found_each_once(text: str) -> None:
    assert found(text) == ["Alien", "Jaws", "Rocky"]


@pytest.mark.parametrize("text", ["The Godfather and Casablanca", "El padrino y Casablanca"])
def test_two_films_are_found_with_and_between(text: str) -> None:
    assert found(text) == ["The Godfather", "Casablanca"]


@pytest.mark.parametrize(
    "text", ["alien", "alien, qwrtz", "qwrtz and uiop", "", "\n\n", "alien\nqwrtz", "\n".join(["jaws"] * (MOST + 1))]
)
def test_what_lists_no_two_films_is_no_list(text: str) -> None:
    assert found(text) == []


def test_a_slip_brings_no_films_that_only_bear_a_tag() -> None:
    fame = {film.movie.id: float(film.popularity) for film in load_starter_films()}
    names = FilmNames(load_starter())
    whole = TitleIndex(load_starter(), fame, titles=names.titles(), names=names.names(), parts=names.parts())
    assert [TITLES[match.movie_id] for match in whole.meant("Alein", 50)] == [
        *("Alien", "Aliens", "Prometheus", "Alien: Romulus"),
    ]
    assert [TITLES[match.movie_id] for match in whole.meant("lord of the rings trilogy", 50)] == [
        "The Lord of the Rings: The Fellowship of the Ring",
        "The Lord of the Rings: The Two Towers",
        "The Lord of the Rings: The Return of the King",
    ]
