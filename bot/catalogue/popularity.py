"""How well known films are once a corpus is gone: as the corpora that are left say, or the starter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np

from bot.catalogue.corpora import corpus_folder, corpus_names, load_rows
from bot.catalogue.errors import CorpusFolderError
from bot.catalogue.known_movies import CatalogueWriter, starter_movies
from recommender.domain import MovieId


def films_of(data_dir: Path, name: str) -> frozenset[MovieId]:
    """Return the films that a corpus has ratings of; none where it is damaged."""
    try:
        rated = np.unique(load_rows(corpus_folder(data_dir, name)).movie_ids)
    except CorpusFolderError:
        return frozenset()
    return frozenset(map(MovieId, rated.tolist()))


def settle_popularity(data_dir: Path, writer: CatalogueWriter, films: Iterable[MovieId]) -> int:
    """Let go of what only a corpus said that is gone: films of it are as well known as the others say.

    Returns:
        How many are less known now.
    """
    gone = {*films}
    known = [one for one in writer.movies() if one.movie.id in gone]
    shares = {one.movie.id: one.popularity or 0.0 for one in starter_movies()} | _shares(data_dir)
    lower = [one for one in known if shares.get(one.movie.id, 0.0) < (one.popularity or 0.0)]
    if lower:
        writer.add([replace(one, popularity=shares.get(one.movie.id, 0.0)) for one in lower])
    return len(lower)


def _shares(data_dir: Path) -> dict[MovieId, float]:
    """Return the greatest share of a corpus's people who rated each film, to four places; of films in any corpus."""
    best: dict[MovieId, float] = {}
    for name in corpus_names(data_dir):
        try:
            rows = load_rows(corpus_folder(data_dir, name))
        except CorpusFolderError:
            continue  # a training that meets it says so
        ids, counts = np.unique(rows.movie_ids, return_counts=True)
        people = len(np.unique(rows.user_ids))
        for movie_id, count in zip(ids.tolist(), counts.tolist(), strict=True):
            best[MovieId(movie_id)] = max(best.get(MovieId(movie_id), 0.0), round(count / people, 4))
    return best
