"""A ranker over an older catalogue as one over today's, so that the same ladder can judge both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from recommender.domain import ListRequest, Movie, Profile
from recommender.ranking.picking import Pick
from recommender.ranking.ranker import Ranker


class Aligned:
    """Scores today's films as the ranker does; films it does not know come last."""

    def __init__(self, ranker: Ranker, movies: Sequence[Movie]) -> None:
        self._ranker = ranker
        row_of = ranker.retrieval.catalogue.row_of
        self._rows = np.array([row_of.get(movie.id, -1) for movie in movies])  # (movies,)
        self._row_of = {movie.id: row for row, movie in enumerate(movies)}

    def score_many(self, profiles: Sequence[Profile]) -> NDArray[np.float32]:
        """Return one score per profile and movie of today.  (people, movies)"""
        scores = self._ranker.score_many(profiles)
        return np.where(self._rows >= 0, scores[:, self._rows], scores.min() - 1).astype(np.float32)

    def score(self, profile: Profile) -> NDArray[np.float32]:
        """Return one score per movie of today.  (movies,)"""
        return np.asarray(self.score_many([profile])[0])

    def pick(self, profile: Profile, k: int, request: ListRequest = ListRequest()) -> list[Pick]:
        """Return the ranker's list; films that are there no more are left out."""
        movies = self._ranker.retrieval.catalogue.movies
        picks = self._ranker.pick(profile, k, request)
        rows = ((pick, self._row_of.get(movies[pick.row].id)) for pick in picks)
        return [replace(pick, row=row) for pick, row in rows if row is not None]
