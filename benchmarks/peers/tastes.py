"""People as rows of a sparse matrix, the form in which most libraries want them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from recommender.data.catalogue import Catalogue
from recommender.data.corpus import Corpus
from recommender.domain import LIKE, Profile

SEED = 11
# Libraries that walk over ratings one by one would take days over 200,000 people: they learn from so many.
MOST_PEOPLE = 20_000


def some_people(corpus: Corpus, most: int = MOST_PEOPLE) -> Corpus:
    """Return a seeded sample of so many people with all they rated; the corpus itself where they are fewer."""
    if corpus.user_count <= most:
        return corpus
    return corpus.only(np.random.default_rng(SEED).permutation(corpus.user_count)[:most])


def corpus_tastes(corpus: Corpus, *, likes_only: bool) -> csr_matrix:
    """Return 1 where a person rated (or liked) a movie.  (people, movies)"""
    kept = corpus.likes if likes_only else np.ones(corpus.rating_count, dtype=np.bool_)
    places = (corpus.user_rows[kept], corpus.movie_rows[kept])
    shape = (corpus.user_count, len(corpus.movies))
    return csr_matrix((np.ones(int(kept.sum()), dtype=np.float64), places), shape=shape)


def most_liked(tastes: csr_matrix, *, fewest: int, most: int) -> NDArray[np.int64]:
    """Return the movies that `fewest` people like at least, ascending; of more than `most`, about the most liked."""
    counts = np.asarray(tastes.sum(axis=0)).ravel()  # (movies,)
    return np.flatnonzero(counts >= max(fewest, np.sort(counts)[-min(most, len(counts))]))


def profile_tastes(catalogue: Catalogue, profiles: Sequence[Profile], *, likes_only: bool) -> csr_matrix:
    """Return 1 where a profile holds a rating (or a like) of a movie.  (people, movies)"""
    pairs = [
        (person, catalogue.row_of[rating.movie_id])
        for person, profile in enumerate(profiles)
        for rating in profile.ratings
        if rating.stars >= LIKE or not likes_only
    ]
    people, rows = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return csr_matrix((np.ones(len(pairs)), (people, rows)), shape=(len(profiles), len(catalogue)))
