"""A row finds its film by number or by title and year, in any language; what is not sure is not guessed."""

from __future__ import annotations

from functools import cache

import pytest

from bot.catalogue.film_names import FilmNames
from bot.catalogue.search import TitleIndex
from bot.catalogue.starter import load_starter, load_starter_films
from bot.histories import Entry, find_film
from bot.storage import CatalogueMovie
from recommender.domain import Movie, MovieId

MOVIES = {movie.id: movie for movie in load_starter()}


@cache
def _index() -> TitleIndex:
    names = FilmNames(MOVIES.values())
    return TitleIndex(list(MOVIES.values()), titles=names.titles(), names=names.names(), parts=names.parts())


def _match(title: str, year: int | None, original: str = "") -> MovieId | None:
    entry = Entry(title, year, "seen", original_title=original)
    called = dict.fromkeys([*_index().called(title), *(_index().called(original) if original else ())])
    return find_film(
        entry,
        linked=(),
        called=[CatalogueMovie(MOVIES[one]) for one in called],
        headed=[CatalogueMovie(MOVIES[one]) for one in _index().headed(title)],
    )


def _label(movie_id: MovieId | None) -> str:
    return MOVIES[movie_id].label if movie_id else ""


@pytest.mark.parametrize(
    ("title", "year", "label"),
    [
        ("The Matrix", 1999, "The Matrix (1999)"),
        ("Matrix, The", 1999, "The Matrix (1999)"),
        ("the matrix", 1998, "The Matrix (1999)"),
        ("Matrix, The (1999)", None, "The Matrix (1999)"),
        ("Se7en", 1995, "Se7en (1995)"),
        ("Seven", 1995, "Se7en (1995)"),
        ("七宗罪", 1995, "Se7en (1995)"),
        ("The Godfather Part II", 1974, "The Godfather: Part II (1974)"),
        ("The Godfather 2", 1974, "The Godfather: Part II (1974)"),
        ("The Godfather", 1972, "The Godfather (1972)"),
        ("Back to the Future 2", 1989, "Back to the Future Part II (1989)"),
        ("Kill Bill Vol. 2", 2004, "Kill Bill: Vol. 2 (2004)"),
        ("Star Wars", 1977, "Star Wars: Episode IV - A New Hope (1977)"),
        (
            "Star Wars: Episode V – The Empire Strikes Back",
            1980,
            "Star Wars: Episode V - The Empire Strikes Back (1980)",
        ),
        ("Dune", 1984, "Dune (1984)"),
        ("Dune", 2021, "Dune: Part One (2021)"),
        ("Dune: Part Two", 2024, "Dune: Part Two (2024)"),
        ("Amélie", 2001, "Amelie (2001)"),
        ("Le Fabuleux Destin d'Amélie Poulain", 2001, "Amelie (2001)"),
        ("Seven Samurai (Shichinin no samurai)", 1954, "Seven Samurai (1954)"),
        ("肖申克的救赎", 1994, "The Shawshank Redemption (1994)"),
        ("砂の女", 1964, "Woman in the Dunes (1964)"),
    ],
)
def test_a_film_is_found_however_it_is_written(title: str, year: int | None, label: str) -> None:
    assert _label(_match(title, year)) == label


def test_every_film_of_the_starter_catalogue_finds_itself_by_each_of_its_titles() -> None:
    lost = [
        title
        for film in load_starter_films()
        for title in (film.movie.title, film.original_title, film.zh_title, *film.other_titles)
        if title and _match(title, film.movie.year) != film.movie.id
    ]
    assert lost == []


def test_an_original_title_finds_a_film_whose_other_title_is_not_known() -> None:
    assert _label(_match("Die Sandfrau", 1964, original="砂の女")) == "Woman in the Dunes (1964)"


@pytest.mark.parametrize(
    ("title", "year"),
    [("The Matrix", 2003), ("Heat", 1972), ("The Godfather 9", 1972), ("Rocky 2: The Making", 1979), ("Qwrtz", 1999)],
)
def test_another_year_or_part_is_another_film(title: str, year: int) -> None:
    assert _match(title, year) is None


def test_a_name_of_several_films_without_a_year_is_not_guessed() -> None:
    assert _match("Cape Fear", None) is None
    assert _label(_match("Cape Fear", 1962)) == "Cape Fear (1962)"


HEAT = CatalogueMovie(Movie(MovieId(1), "Heat", 1995, ()), imdb_id="tt0113277", tmdb_id=949)
RONIN = CatalogueMovie(Movie(MovieId(2), "Ronin", 1998, ()), imdb_id="tt0122690", tmdb_id=8195)


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        (Entry("Heat", 1995, "seen", imdb_id="tt0113277"), 1),
        (Entry("Hitze", 1996, "seen", imdb_id="tt0113277"), 1),
        (Entry("", None, "seen", imdb_id="tt0113277"), 1),
        (Entry("Hitze", 1972, "seen", imdb_id="tt0113277"), None),
        (Entry("Ronin", 1998, "seen", imdb_id="tt0113277"), 2),
        (Entry("Ronin", 1998, "seen", tmdb_id=949), 2),
    ],
)
def test_a_number_counts_where_title_or_year_agree(entry: Entry, found: int | None) -> None:
    assert find_film(entry, linked=[HEAT], called=[RONIN] if entry.title == "Ronin" else []) == found


def test_a_title_whose_number_says_another_film_is_not_taken() -> None:
    assert find_film(Entry("Heat", 1995, "seen", imdb_id="tt9999999"), linked=[], called=[HEAT]) is None


def test_of_two_films_of_one_name_and_year_neither_is_guessed_but_for_the_one_so_written() -> None:
    other = CatalogueMovie(Movie(MovieId(3), "The Heat", 1995, ()))
    twin = CatalogueMovie(Movie(MovieId(4), "Heat", 1995, ()))
    assert find_film(Entry("Heat", 1995, "seen"), linked=[], called=[other, HEAT]) == 1
    assert find_film(Entry("Heat", 1995, "seen"), linked=[], called=[twin, HEAT]) is None


def test_our_own_number_of_another_bot_is_not_trusted_by_the_year_alone() -> None:
    theirs, ours = (Entry(title, 1995, "seen", movie_id=MovieId(1)) for title in ("Casino", "Heat"))
    assert find_film(theirs, linked=[HEAT], called=[]) is None
    assert find_film(ours, linked=[HEAT], called=[]) == 1
