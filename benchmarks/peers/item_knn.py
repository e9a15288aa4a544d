"""Item-to-item neighbours from implicit (Sarwar et al. 2001); the floor where nothing was liked yet."""

from __future__ import annotations

import warnings

import numpy as np
from implicit.nearest_neighbours import ItemItemRecommender, TFIDFRecommender
from implicit.utils import ParameterWarning
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from benchmarks.peers.once import once
from benchmarks.peers.peer import TastePeer
from benchmarks.peers.tastes import corpus_tastes
from recommender.data.corpus import Corpus
from recommender.evaluation.registry import Hyperparameters, RankerEntry


class ItemKnn(TastePeer):
    """Sums the similarities of what a person liked to every movie."""

    def __init__(self, corpus: Corpus, settings: Hyperparameters) -> None:
        super().__init__(corpus, likes_only=True)
        kind = TFIDFRecommender if settings["kind"] == "tfidf" else ItemItemRecommender
        similarity = once(_learn, corpus, kind=kind, neighbours=settings["neighbours"])  # (movies, movies)
        self._similarity = shrunk_cosine(similarity, settings["shrink"]) if settings["kind"] == "cosine" else similarity

    def score_tastes(self, tastes: csr_matrix) -> NDArray[np.floating]:
        scores: NDArray[np.floating] = (tastes @ self._similarity).toarray()
        return scores


def _learn(corpus: Corpus, *, kind: type[ItemItemRecommender], neighbours: int) -> csr_matrix:
    model = kind(K=neighbours, num_threads=1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ParameterWarning)  # it converts a matrix that it made itself, and says so
        model.fit(corpus_tastes(corpus, likes_only=True), show_progress=False)
    return model.similarity.tocsr()


def shrunk_cosine(counts: csr_matrix, shrink: float) -> csr_matrix:
    """Turn counts of common likes into cosines, small counts drawn to 0 (Bell and Koren 2007, section 4.1)."""
    likes = np.sqrt(np.maximum(counts.diagonal(), 1))  # (movies,)
    values = np.empty(len(counts.data))
    for movie in range(counts.shape[0]):  # 87,000 movies with 2,500 neighbours each leave no room for more copies
        row = slice(counts.indptr[movie], counts.indptr[movie + 1])
        values[row] = counts.data[row] / (likes[movie] * likes[counts.indices[row]] + shrink)
    return csr_matrix((values, counts.indices, counts.indptr), shape=counts.shape)


# BM25 weights and all ratings instead of likes alone were tried too: .05 to .10 below on validation people.
GRID: list[Hyperparameters] = [
    *({"kind": "cosine", "shrink": shrink, "neighbours": n} for n in (500, 2500) for shrink in (0, 30, 100, 300)),
    {"kind": "tfidf", "neighbours": 2500},
    {"kind": "counts", "neighbours": 2500},
]
ITEM_KNN = RankerEntry(ItemKnn, GRID)
