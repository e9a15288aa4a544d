"""MovieLens releases read straight from their CSV files, for tests alone."""

from __future__ import annotations

import csv
import os
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from recommender.corpus import Corpus, build_corpus
from recommender.domain import GENRES, Movie, MovieId


@cache
def movielens() -> Corpus:
    """Return the corpus REELMATE_MOVIELENS points at; skip the test without it."""
    folder = os.environ.get("REELMATE_MOVIELENS")
    if not folder:
        pytest.skip("needs REELMATE_MOVIELENS")
    columns = np.loadtxt(Path(folder, "ratings.csv"), delimiter=",", skiprows=1)  # (ratings, 4)
    users, movies, times = (columns[:, place].astype(np.int64) for place in (0, 1, 3))
    return build_corpus(_movies(Path(folder, "movies.csv")), users, movies, columns[:, 2], times)


def _movies(path: Path) -> list[Movie]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Movie(
                MovieId(int(line["movieId"])),
                line["title"],
                None,
                tuple(genre for genre in GENRES if genre in line["genres"].split("|")),
            )
            for line in csv.DictReader(file)
        ]
