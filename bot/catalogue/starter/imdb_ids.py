"""What IMDb numbers the best known starter films: links and exports name films so."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from recommender.domain import MovieId


@cache
def load_imdb_ids() -> Mapping[MovieId, str]:
    """Return the ids by our own numbers of films; `make check` has proved their form."""
    text = files(__package__).joinpath("imdb.csv").read_text(encoding="utf-8")
    return {MovieId(int(row["movie_id"])): row["imdb_id"] for row in csv.DictReader(text.splitlines())}
