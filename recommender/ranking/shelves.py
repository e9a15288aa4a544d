"""Shelves: groups of well-known films that go together, each unlike the others, for somebody to say which is theirs.

Choosing among groups takes a newcomer half the time of rating film by film (Chang, Harper and Terveen 2015).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.data.catalogue import Catalogue
from recommender.domain import MovieId, Profile
from recommender.ranking.lists import likeness
from recommender.ranking.questions import askable
from recommender.ranking.retrieval import Retrieval

SHELVES: Final = 4
SHELF_FILMS: Final = 4
# Shelves are made of so many of the best known films of the chosen genres: who knows none of a shelf cannot choose it.
POOL: Final = 60


def shelves_by_taste(retrieval: Retrieval, profile: Profile) -> list[tuple[MovieId, ...]]:
    """Return four groups of four films that the same people like."""
    tables = retrieval.tables
    return choose_shelves(profile, retrieval.catalogue, tables["log_count"], tables["taste_out"])


def choose_shelves(
    profile: Profile,
    catalogue: Catalogue,
    known: NDArray[np.floating],
    tastes: NDArray[np.floating] | None = None,
) -> list[tuple[MovieId, ...]]:
    """Return four groups of four films, each led by its best example; none where too few films are left.

    Args:
        known: the log of how many people know each movie, up to a constant.  (movies,)
        tastes: a vector for each movie; None where nobody knows, and genres alone say what goes together.
    """
    allowed = askable(profile, catalogue, frozenset())
    rows = allowed[np.argsort(-known[allowed], kind="stable")[:POOL]]
    if len(rows) < SHELVES * SHELF_FILMS:
        return []
    alike = _likeness(catalogue.genres[rows], None if tastes is None else tastes[rows])  # (pool, pool)
    shelves = [[lead] for lead in _leads(alike)]
    free = np.ones(len(rows), dtype=np.bool_)
    free[[lead for (lead,) in shelves]] = False
    for _ in range(SHELF_FILMS - 1):
        for shelf in shelves:
            others = [film for other in shelves if other is not shelf for film in other]
            fits = alike[shelf].mean(axis=0) - alike[others].mean(axis=0)  # (pool,)
            best = int(np.where(free, fits, -np.inf).argmax())
            shelf.append(best)
            free[best] = False
    return [tuple(catalogue.movies[rows[film]].id for film in shelf) for shelf in shelves]


def _leads(alike: NDArray[np.float64]) -> list[int]:
    """Return the best known film and those least like any before; of equals the better known."""
    leads = [0]
    while len(leads) < SHELVES:
        closest = alike[leads].max(axis=0)  # (pool,)
        closest[leads] = np.inf
        leads.append(int(closest.argmin()))
    return leads


def _likeness(genres: NDArray[np.bool_], tastes: NDArray[np.floating] | None) -> NDArray[np.float64]:
    """Return how alike films are in genres, and as much in who likes them where that is known.  (films, films)"""
    alike = np.stack([likeness(one, genres) for one in genres])
    if tastes is None:
        return alike
    lengths = np.linalg.norm(tastes.astype(np.float64), axis=1, keepdims=True)
    directions = tastes / np.maximum(lengths, np.finfo(np.float32).tiny)
    return np.asarray(alike + directions @ directions.T)
