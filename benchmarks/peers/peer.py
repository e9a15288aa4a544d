"""What peers share: they score many people at once, and fall back on popularity in genres where they know nothing."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from benchmarks.peers.tastes import profile_tastes
from recommender.data.catalogue import Catalogue
from recommender.data.corpus import Corpus
from recommender.domain import Profile
from recommender.evaluation.floors import fit_popular_in_genres
from recommender.ranking.popularity import PopularInGenres

# What the floor weighs beside a peer's own score: enough to order the films the peer has no evidence for.
TIE_BREAK = 1e-6


class Peer(ABC):
    """A fitted ranker of another library."""

    def __init__(self, corpus: Corpus) -> None:
        self.catalogue = Catalogue(corpus.movies)

    def score(self, profile: Profile) -> NDArray[np.float32]:
        """Return one score per movie row.  (movies,)"""
        scores: NDArray[np.float32] = self.score_many([profile])[0]
        return scores

    @abstractmethod
    def score_many(self, profiles: Sequence[Profile]) -> NDArray[np.float32]:
        """Return `score` of each profile.  (people, movies)"""


class TastePeer(Peer):
    """A peer that scores rows of a taste matrix; people without a row entry get the floor."""

    def __init__(self, corpus: Corpus, *, likes_only: bool) -> None:
        super().__init__(corpus)
        self._likes_only = likes_only
        self._floor: PopularInGenres = fit_popular_in_genres(corpus)

    def score_many(self, profiles: Sequence[Profile]) -> NDArray[np.float32]:
        return (self.evidence(profiles) + TIE_BREAK * self.floor(profiles)).astype(np.float32)

    def floor(self, profiles: Sequence[Profile]) -> NDArray[np.float32]:
        """Return popularity in genres.  (people, movies)"""
        return np.stack([self._floor.score(profile) for profile in profiles])

    def evidence(self, profiles: Sequence[Profile]) -> NDArray[np.float64]:
        """Return the peer's own scores, all 0 for people who have no taste yet.  (people, movies)"""
        tastes = profile_tastes(self.catalogue, profiles, likes_only=self._likes_only)
        known = np.diff(tastes.indptr) > 0  # (people,)
        scores = np.zeros(tastes.shape)
        if known.any():
            scores[known] = self.score_tastes(tastes[known])
        return scores

    @abstractmethod
    def score_tastes(self, tastes: csr_matrix) -> NDArray[np.floating]:
        """Return scores of people with at least one entry.  (people, movies)"""
