"""The starter catalogue as read: complete, in order, and of one mind with MovieLens where that is present."""

from __future__ import annotations

import os
import time
import timeit
from collections import Counter
from pathlib import Path

import pytest

from bot.catalogue.archive import open_archive
from bot.catalogue.film_files import read_csv_films
from bot.catalogue.film_rows import FilmRow
from bot.catalogue.starter import load_starter, load_starter_films
from bot.catalogue.titles import normalise_title
from recommender.domain import GENRES, Movie

# Titles that MovieLens' small release gives to another film alone (a remake, or a namesake).
NAMESAKES = {"Great Expectations", "The Ballad of Narayama", "Oldboy", "Leviathan", "Secret"}


def test_holds_a_catalogue_of_films_of_every_decade() -> None:
    movies = load_starter()
    decades = Counter((movie.year or 0) // 10 * 10 for movie in movies)
    assert len(movies) >= 2000
    assert set(decades) == set(range(1920, 2030, 10))
    assert min(decades.values()) >= 10
    # The last ten years are as dense as the nineties.
    assert sum(2016 <= (movie.year or 0) <= 2025 for movie in movies) >= decades[1990]


def test_ids_run_from_one_without_a_gap() -> None:
    assert [movie.id for movie in load_starter()] == list(range(1, len(load_starter()) + 1))


def test_ids_never_move() -> None:
    by_id = {movie.id: movie.label for movie in load_starter()}
    fixed = {
        1: "The Shawshank Redemption (1994)",
        300: "North by Northwest (1959)",
        700: "Tootsie (1982)",
        1300: "Burn After Reading (2008)",
        1700: "Cruella (2021)",
        1914: "The Long Walk (2025)",
    }
    assert {number: label for number, label in by_id.items() if number in fixed} == fixed


def test_every_film_has_a_natural_title_and_its_genres_in_order() -> None:
    for film in load_starter_films():
        assert film.movie.title == film.movie.title.strip()
        assert not film.movie.title.endswith((", The", ", A", ", An", ", La", ", Le"))
        assert film.movie.genres
        assert film.movie.genres == tuple(genre for genre in GENRES if genre in film.movie.genres)


def test_all_that_is_known_of_a_film_is_read() -> None:
    film = next(film for film in load_starter_films() if film.movie.title == "Seven Samurai")
    assert film.movie == Movie(film.movie.id, "Seven Samurai", 1954, ("Action", "Adventure", "Drama"))
    assert (film.original_title, film.zh_title) == ("七人の侍", "七武士")
    assert film.directors == ("Akira Kurosawa",)
    assert film.cast[:2] == ("Toshiro Mifune", "Takashi Shimura")
    assert (film.countries, film.languages, film.runtime_min) == (("JP",), ("ja",), 207)
    assert 40 <= film.popularity <= 70
    assert film.acclaim >= 90
    assert "feudal Japan" in film.tags
    assert (film.series, film.part) == ("", None)


def test_a_series_numbers_its_films_and_a_missing_chinese_title_is_none() -> None:
    films = {film.movie.label: film for film in load_starter_films()}
    second = films["The Godfather: Part II (1974)"]
    assert (second.series, second.part) == ("The Godfather", 2)
    assert films["The Long Walk (2025)"].zh_title is None


def test_the_whole_is_read_in_a_tenth_of_a_second() -> None:
    assert min(timeit.repeat(load_starter_films, timer=time.process_time, number=1, repeat=5)) < 0.1


def test_no_film_is_there_twice() -> None:
    keys = Counter((normalise_title(movie.title), movie.year) for movie in load_starter())
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_genre_has_films_to_start_with() -> None:
    counts = Counter(genre for movie in load_starter() for genre in movie.genres)
    assert all(counts[genre] >= 60 for genre in GENRES)


def test_many_films_are_known_to_nearly_everybody() -> None:
    famous = [film for film in load_starter_films() if film.popularity >= 80]
    assert len(famous) >= 60
    assert {genre for film in famous for genre in film.movie.genres} >= {"Action", "Comedy", "Drama", "Horror"}


@pytest.fixture(scope="module")
def pairs() -> list[tuple[Movie, FilmRow | None]]:
    """Pair films up to 2015 with MovieLens' film of the same normalised title, the nearest in year."""
    folder = os.environ.get("REELMATE_MOVIELENS")
    if not folder:
        pytest.skip("REELMATE_MOVIELENS is not set")
    by_title: dict[str, list[FilmRow]] = {}
    for film in read_csv_films(open_archive(Path(folder))):
        for title in {film.movie.title, *film.other_titles}:
            by_title.setdefault(normalise_title(title), []).append(film)
    return [
        (movie, min(found, key=lambda film: abs((film.movie.year or 0) - (movie.year or 0)), default=None))
        for movie in load_starter()
        if (movie.year or 0) <= 2015
        for found in [by_title.get(normalise_title(movie.title), [])]
    ]


@pytest.mark.movielens
def test_titles_are_those_of_movielens(pairs: list[tuple[Movie, FilmRow | None]]) -> None:
    assert sum(film is not None for _, film in pairs) >= 0.8 * len(pairs)


@pytest.mark.movielens
def test_years_are_those_of_movielens(pairs: list[tuple[Movie, FilmRow | None]]) -> None:
    matched = [(movie, film) for movie, film in pairs if film and movie.title not in NAMESAKES]
    differing = [movie.label for movie, film in matched if movie.year != film.movie.year]
    assert len(differing) < 0.02 * len(matched), differing


@pytest.mark.movielens
def test_genres_differ_from_movielens_in_taste_only(pairs: list[tuple[Movie, FilmRow | None]]) -> None:
    same = [
        (movie, film)
        for movie, film in pairs
        if film
        and film.movie.genres
        and movie.title not in NAMESAKES
        and abs((film.movie.year or 0) - (movie.year or 0)) <= 3
    ]
    overlaps = [_jaccard(movie, film.movie) for movie, film in same]
    assert [movie.label for (movie, _), overlap in zip(same, overlaps, strict=True) if overlap == 0] == []
    assert sum(overlaps) / len(overlaps) >= 0.75


def _jaccard(one: Movie, other: Movie) -> float:
    mine, theirs = set(one.genres), set(other.genres)
    return len(mine & theirs) / len(mine | theirs)
