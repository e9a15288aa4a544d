"""A collaborative peer over a floor; needs no library of the extra `bench`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.peer import Peer, TastePeer
from recommender.data.corpus import Corpus
from recommender.domain import Profile


class Blend(Peer):
    """A floor, the other's own unless given, plus a weight times its scores: as they are or each person's best as 1."""

    def __init__(
        self, corpus: Corpus, other: TastePeer, weight: float, *, is_scaled: bool, floor: Peer | None = None
    ) -> None:
        super().__init__(corpus)
        self._other, self._weight, self._is_scaled = other, weight, is_scaled
        self._floor = other.floor if floor is None else floor.score_many

    def score_many(self, profiles: Sequence[Profile]) -> NDArray[np.float32]:
        evidence = self._other.evidence(profiles)  # (people, movies)
        if self._is_scaled:
            evidence = evidence / np.maximum(evidence.max(axis=1, keepdims=True), 1e-9)
        scores: NDArray[np.float32] = (self._floor(profiles) + self._weight * evidence).astype(np.float32)
        return scores


def over_floor(corpus: Corpus, peer: TastePeer, weight: float | None) -> Peer:
    """Return a peer over popularity in genres, each person's best as one time the weight; alone without a weight."""
    return peer if weight is None else Blend(corpus, peer, weight, is_scaled=True)
