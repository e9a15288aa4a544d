"""Small releases in every layout that MovieLens ever had, of people enough for the ladder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np

from tests.bot.catalogue.fakes import write_files

PEOPLE: Final = 40
FILMS: Final = 60
RATED: Final = 30
GENRES: Final = ("Action", "Comedy", "Drama", "Thriller")
# The places of GENRES among the nineteen flags of u.item, the first of which is "unknown".
FLAGS: Final = (1, 5, 8, 16)

Row = tuple[int, int, int, int]  # person, film, stars, time


def rating_rows(seed: int = 6) -> list[Row]:
    """Return ratings of people who like every second film, the better known rated more often."""
    generator = np.random.default_rng(seed)
    known = 1 / np.arange(3, FILMS + 3)  # (films,)
    rows = []
    for person in range(1, PEOPLE + 1):
        films = 1 + generator.choice(FILMS, RATED, replace=False, p=known / known.sum())
        rows += [
            (person, int(film), 5 - 3 * int((film + person) % 2), 1_000_000 + 100 * place)
            for place, film in enumerate(films)
        ]
    return rows


def write_tab_layout(folder: Path) -> Path:
    """Write as ml-100k is written: u.data and u.item."""
    items = [f"{film}|Film {film} ({1950 + film})|01-Jan-1995||http://example.org|{_flags(film)}" for film in _films()]
    return write_files(folder, {"u.data": _lines("\t"), "u.item": "\n".join(items) + "\n"}, "latin-1")


def write_dat_layout(folder: Path) -> Path:
    """Write as ml-1m is written: movies.dat and ratings.dat."""
    movies = [f"{film}::Film {film} ({1950 + film})::{_genre(film)}" for film in _films()]
    return write_files(folder, {"ratings.dat": _lines("::"), "movies.dat": "\n".join(movies) + "\n"}, "latin-1")


def write_half_star_dat_layout(folder: Path) -> Path:
    """Write as ml-10M100K is written: .dat with halves of stars, and tags beside."""
    text = "".join(f"{person}::{film}::{stars - 0.5}::{time}\n" for person, film, stars, time in rating_rows())
    folder = write_dat_layout(folder)
    return write_files(folder, {"ratings.dat": text, "tags.dat": "1::1::slow::1000\n"})


def write_csv_layout(folder: Path) -> Path:
    """Write as ml-20m, 25m, 32m and latest are written: movies.csv and ratings.csv."""
    movies = ["movieId,title,genres", *(f'{film},"Film {film} ({1950 + film})",{_genre(film)}' for film in _films())]
    ratings = f"userId,movieId,rating,timestamp\n{_lines(',')}"
    return write_files(folder, {"movies.csv": "\n".join(movies) + "\n", "ratings.csv": ratings})


LAYOUTS: Final[dict[str, Callable[[Path], Path]]] = {
    "ml-100k": write_tab_layout,
    "ml-1m": write_dat_layout,
    "ml-10M100K": write_half_star_dat_layout,
    "ml-latest": write_csv_layout,
}


def _lines(delimiter: str) -> str:
    return "".join(f"{delimiter.join(map(str, row))}\n" for row in rating_rows())


def _films() -> range:
    return range(1, FILMS + 1)


def _genre(film: int) -> str:
    return GENRES[film % len(GENRES)]


def _flags(film: int) -> str:
    return "|".join(str(int(place == FLAGS[film % len(GENRES)])) for place in range(19))
