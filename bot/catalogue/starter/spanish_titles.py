"""What starter films are called in Spanish, in Spain and in America: for searches alone."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from recommender.domain import MovieId


@cache
def load_spanish_titles() -> Mapping[MovieId, tuple[str, ...]]:
    """Return the titles by our own numbers of films; `make check` has proved them sound."""
    text = files(__package__).joinpath("titles_es.csv").read_text(encoding="utf-8")
    return {
        MovieId(int(row["movie_id"])): tuple(row["spanish"].split("|")) for row in csv.DictReader(text.splitlines())
    }
