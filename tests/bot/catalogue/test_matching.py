"""Matching: films of a release find their movie, and never two the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.catalogue.film_rows import FilmRow
from bot.catalogue.known_movies import FIRST_IMPORTED_ID, KnownMovie
from bot.catalogue.matching import Matched, find_twins, match_films
from bot.catalogue.starter import load_starter
from recommender.domain import Movie, MovieId


def known(number: int, title: str, year: int | None, **ids: int | str) -> KnownMovie:
    return KnownMovie(Movie(MovieId(number), title, year, ("Drama",)), **ids)  # type: ignore[arg-type]  # ids by name


def film(number: int, title: str, year: int | None, *others: str, imdb_id: str = "") -> FilmRow:
    return FilmRow(Movie(MovieId(number), title, year, ("Crime",)), others, imdb_id)


def match(films: list[FilmRow], movies: list[KnownMovie], *, shared_ids: bool = True) -> Matched:
    return match_films(films, movies, [0.1] * len(films), shared_ids=shared_ids)


def ids(matched: Matched) -> list[int]:
    return [movie.movie.id for movie in matched.movies]


@pytest.mark.parametrize(
    "candidate",
    [
        film(6, "Heat", 1995),
        film(6, "HEAT", 1996),
        film(6, "Heat", 1994),
        film(6, "Fuego contra fuego", 1995, "Heat"),
    ],
)
def test_title_and_year_give_or_take_one_find_the_movie(candidate: FilmRow) -> None:
    matched = match([candidate], [known(3, "Heat", 1995)])
    assert ids(matched) == [3]
    assert matched.updated == (known(3, "Heat", 1995, movielens_id=6, popularity=0.1),)  # type: ignore[arg-type]


@pytest.mark.parametrize("candidate", [film(6, "Heat", 1997), film(6, "Heat", None), film(6, "The Big Heat", 1995)])
def test_other_films_get_new_ids_above_the_starter_files(candidate: FilmRow) -> None:
    matched = match([candidate], [known(3, "Heat", 1995)])
    assert ids(matched) == [FIRST_IMPORTED_ID]
    assert len(matched.added) == 1
    assert matched.updated == ()


def test_an_id_finds_the_movie_where_title_or_year_agree() -> None:
    movies = [known(3, "Heat", 1995, movielens_id=6), known(4, "Ran", 1985, imdb_id="tt0089881")]
    movies += [known(5, "Alien", 1979, movielens_id=7), known(8, "Up", 2009, movielens_id=9)]
    films = [film(6, "Heat", 2001), film(99, "Lear", 1986, imdb_id="tt0089881"), film(7, "Alien 1", 1979)]
    assert ids(match([*films, film(9, "Up", None)], movies)) == [3, 4, 5, 8]


def test_an_id_whose_title_and_year_disagree_is_no_match() -> None:
    movies = [known(3, "Heat", 1995, movielens_id=6), known(4, "Ran", 1985, imdb_id="tt0089881")]
    movies += [known(5, "Up", 2009, movielens_id=9)]
    films = [film(9, "Up", 2009), film(6, "Fuego", 2001), film(99, "Lear", 1999, imdb_id="tt0089881")]
    matched = match(films, movies)
    assert ids(matched) == [5, FIRST_IMPORTED_ID, FIRST_IMPORTED_ID + 1]
    assert [movie.imdb_id for movie in matched.movies] == [None, None, None]  # one movie alone may bear an id


def test_numbers_that_mostly_name_other_titles_are_of_another_scheme() -> None:
    movies = [known(3, "Heat", 1995, movielens_id=1), known(4, "Ran", 1985, movielens_id=2)]
    films = [film(1, "Seven", 1995), film(2, "Brazil", 1985), film(7, "Heat", 1995), film(8, "Up", 2009)]
    matched = match(films, movies)
    assert ids(matched) == [FIRST_IMPORTED_ID, FIRST_IMPORTED_ID + 1, 3, FIRST_IMPORTED_ID + 2]
    assert [movie.movielens_id for movie in matched.movies] == [None, None, 1, None]


def test_an_id_that_differs_parts_namesakes() -> None:
    movies = [known(3, "Pinocchio", 2022, imdb_id="tt1488589")]
    assert ids(match([film(6, "Pinocchio", 2022, imdb_id="tt4593060")], movies)) == [FIRST_IMPORTED_ID]
    numbered = [known(3, "Pinocchio", 2022, movielens_id=7)]
    assert ids(match([film(6, "Pinocchio", 2021)], numbered)) == [FIRST_IMPORTED_ID]


def test_the_same_title_and_year_is_the_same_film_whatever_its_number() -> None:
    assert ids(match([film(6, "Heat", 1995)], [known(3, "Heat", 1995, movielens_id=7)])) == [3]


def test_the_exact_year_goes_before_the_one_beside() -> None:
    films = [film(1, "Heat", 1996), film(2, "Heat", 1995)]
    assert ids(match(films, [known(3, "Heat", 1995)])) == [FIRST_IMPORTED_ID, 3]


def test_a_movie_is_matched_once() -> None:
    films = [film(1, "Emma", 1996, imdb_id="tt0116191"), film(2, "Emma", 1996, imdb_id="tt0118308")]  # two, indeed
    assert ids(match(films, [known(3, "Emma", 1996)])) == [3, FIRST_IMPORTED_ID]


def test_numbers_of_another_scheme_are_not_taken_for_ids() -> None:
    matched = match([film(6, "Ran", 1985)], [known(3, "Heat", 1995, movielens_id=6)], shared_ids=False)
    assert ids(matched) == [FIRST_IMPORTED_ID]
    assert matched.movies[0].movielens_id is None


def test_of_two_films_with_one_imdb_id_the_first_keeps_it() -> None:
    films = [film(1, "One", 1990, imdb_id="tt0000001"), film(2, "Two", 1991, imdb_id="tt0000001")]
    assert [movie.imdb_id for movie in match(films, []).movies] == ["tt0000001", None]


def test_what_the_catalogue_says_of_a_movie_stays() -> None:
    [movie] = match([film(6, "HEAT", 1996)], [known(3, "Heat", 1995)]).movies
    assert movie.movie == known(3, "Heat", 1995).movie


def test_new_ids_go_on_from_the_highest() -> None:
    assert ids(match([film(6, "Ran", 1985)], [known(FIRST_IMPORTED_ID + 5, "Heat", 1995)])) == [FIRST_IMPORTED_ID + 6]


def test_one_film_under_two_numbers_is_one_movie() -> None:
    films = [film(1, "Glass Orchard, The", 1999), film(2, "Ran", 1985), film(3, "The Glass Orchard", 1999)]
    matched = match_films(films, [], [0.1, 0.2, 0.3], shared_ids=True)
    assert ids(matched) == [FIRST_IMPORTED_ID, FIRST_IMPORTED_ID + 1, FIRST_IMPORTED_ID]
    assert [movie.movie.id for movie in matched.unique_movies] == [FIRST_IMPORTED_ID, FIRST_IMPORTED_ID + 1]
    assert [movie.popularity for movie in matched.added] == [0.3, 0.2]


def test_twins_find_the_movie_that_the_catalogue_has() -> None:
    films = [film(1, "Leon", 1994), film(2, "Léon", 1994)]
    assert ids(match(films, [known(3, "Léon", 1994)])) == [3, 3]


def test_films_of_one_name_stay_two_where_year_or_id_differ() -> None:
    assert (
        find_twins([film(1, "Heat", 1995), film(2, "Heat", 1986), film(3, "Heat", None), film(4, "Heat", None)]) == {}
    )
    assert find_twins([film(1, "Hero", 2002, imdb_id="tt1"), film(2, "Hero", 2002, imdb_id="tt2")]) == {}
    three = [
        film(1, "Hero", 2002, imdb_id="tt1"),
        film(2, "Hero", 2002, imdb_id="tt2"),
        film(3, "HERO", 2002, imdb_id="tt2"),
    ]
    assert find_twins(three) == {2: 1}


STARTER = {movie.label: movie for movie in load_starter()}


@pytest.mark.parametrize(
    ("label", "title"),
    [
        ("City of God (2002)", "Cidade de Deus"),
        ("Seven Samurai (1954)", "七人の侍"),
        ("Seven Samurai (1954)", "Shichinin no samurai"),
        ("Farewell My Concubine (1993)", "霸王别姬"),
        ("Monsieur Hulot's Holiday (1953)", "Les Vacances de Monsieur Hulot"),
    ],
)
def test_a_starter_film_is_found_by_its_titles_in_other_languages(label: str, title: str) -> None:
    movie = STARTER[label]
    assert ids(match([film(6, title, movie.year)], [KnownMovie(movie)])) == [movie.id]
    assert ids(match([film(6, title, (movie.year or 0) + 3)], [KnownMovie(movie)])) == [FIRST_IMPORTED_ID]


def test_a_film_of_that_very_title_goes_before_one_that_is_called_so_elsewhere() -> None:
    movie = STARTER["City of God (2002)"]
    namesake = known(FIRST_IMPORTED_ID, "Cidade de Deus", 2002)
    assert ids(match([film(6, "Cidade de Deus", 2002)], [KnownMovie(movie), namesake])) == [FIRST_IMPORTED_ID]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (film(1, "City of God", 2002, "Cidade de Deus"), film(2, "Cidade de Deus", 2002)),
        (film(1, "Cidade de Deus", 2002), film(2, "City of God", 2002, "Cidade de Deus")),
        (film(1, "Seven", 1995, "Se7en"), film(2, "Se7en", 1995)),
        (film(1, "霸王别姬", 1993), film(2, "Farewell My Concubine", 1993, "霸王别姬")),
    ],
)
def test_one_film_under_two_of_its_titles_is_one(one: FilmRow, other: FilmRow) -> None:
    assert find_twins([one, other]) == {1: 0}
    apart = [replace(one, imdb_id="tt0000001"), replace(other, imdb_id="tt0000002")]
    assert find_twins(apart) == {}
