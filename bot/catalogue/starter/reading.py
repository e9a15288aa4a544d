"""The starter films as written, one file a decade; `make check` has proved them sound."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Final, cast

from bot.catalogue.starter.film import Age, StarterFilm
from recommender.domain import GENRES, Movie, MovieId

COLUMNS: Final = (
    *("movie_id", "title", "year", "genres", "original_title", "zh_title", "other_titles", "directors", "cast"),
    *("countries", "languages", "runtime", "age", "popularity", "acclaim", "tags", "series", "part", "plot", "plot_zh"),
)
# What stands in `zh_title` where no Chinese title is in use.
NO_TITLE: Final = "-"
_GENRE_ORDER: Final = {genre: place for place, genre in enumerate(GENRES)}


def load_starter() -> tuple[Movie, ...]:
    """Return the starter catalogue's movies, by ascending id."""
    return tuple(film.movie for film in load_starter_films())


@cache
def load_starter_films() -> tuple[StarterFilm, ...]:
    """Return what is known of every starter film, by ascending id; the files are read once in a process."""
    return tuple(sorted((_film(row) for row in _rows()), key=lambda film: film.movie.id))


def find_starter_film(movie: Movie) -> StarterFilm | None:
    """Return what is known of a movie; one that bears another title or year under a starter film's id is another."""
    film = _by_id().get(movie.id)
    return film if film and (film.movie.title, film.movie.year) == (movie.title, movie.year) else None


@cache
def _by_id() -> Mapping[MovieId, StarterFilm]:
    return {film.movie.id: film for film in load_starter_films()}


def _rows() -> Iterator[list[str]]:
    for file in files(__package__).joinpath("films").iterdir():
        if file.name.endswith(".csv"):
            yield from islice(csv.reader(file.read_text(encoding="utf-8").splitlines()), 1, None)


def _film(row: list[str]) -> StarterFilm:
    number, title, year, genres, original, zh_title, others, directors, cast_, countries, languages, *rest = row
    runtime, age, popularity, acclaim, tags, series, part, plot, plot_zh = rest
    return StarterFilm(
        movie=Movie(MovieId(int(number)), title, int(year), _genres(genres)),
        original_title=original,
        zh_title=None if zh_title == NO_TITLE else zh_title,
        other_titles=_split(others),
        directors=_split(directors),
        cast=_split(cast_),
        countries=_split(countries),
        languages=_split(languages),
        runtime_min=int(runtime),
        age=cast(Age, age),
        popularity=int(popularity),
        acclaim=int(acclaim),
        tags=_split(tags),
        series=series,
        part=int(part) if part else None,
        plot=plot,
        plot_zh=plot_zh,
    )


@cache
def _genres(text: str) -> tuple[str, ...]:
    return tuple(sorted(_split(text), key=_GENRE_ORDER.__getitem__))


def _split(text: str) -> tuple[str, ...]:
    # Interned: tags, people and countries stand in many films.
    return tuple(map(sys.intern, text.split("|"))) if text else ()
