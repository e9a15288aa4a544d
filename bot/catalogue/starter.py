"""The starter catalogue: films people know, written by this project, under ids that are never reused."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib.resources import files

from recommender.domain import GENRES, Movie, MovieId


@dataclass(frozen=True, slots=True)
class StarterFilm:
    """One line of `starter.csv`.

    Attributes:
        movie: under our own fixed id.
        fame: how widely known the film is, 1 (connoisseurs) to 5 (nearly everybody): our own estimate.
        imdb_id, tmdb_id: empty and None rather than guessed.
    """

    movie: Movie
    fame: int
    imdb_id: str = ""
    tmdb_id: int | None = None


def load_starter() -> tuple[Movie, ...]:
    """Return the starter catalogue's movies, by ascending id."""
    return tuple(film.movie for film in load_starter_films())


def load_starter_films() -> tuple[StarterFilm, ...]:
    """Return the starter catalogue with each film's fame, by ascending id."""
    text = files("bot.catalogue").joinpath("starter.csv").read_text(encoding="utf-8")
    return tuple(_film(row) for row in csv.DictReader(text.splitlines()))


def _film(row: dict[str, str]) -> StarterFilm:
    names = row["genres"].split("|")
    genres = tuple(genre for genre in GENRES if genre in names)
    movie = Movie(MovieId(int(row["movie_id"])), row["title"], int(row["year"]), genres)
    return StarterFilm(movie, int(row["fame"]), row["imdb_id"], int(row["tmdb_id"]) if row["tmdb_id"] else None)
