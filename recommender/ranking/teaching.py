"""Which films somebody is likely to know, and what their answer would teach about what to recommend to them.

A person is a point among tastes, of whom nothing is known at first but that tastes are spread evenly (a Gaussian).
Every answer narrows that down along its film's tastes, so that what is like earlier answers teaches little.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.ranking.features import EncodedProfile
from recommender.ranking.retrieval import Retrieval

# How much of what EASE expects of neighbours is added to the log of a film's chance of being known, for each film that
# was known, and taken from it for each that was not, as far as that was a surprise (docs/experiments.md).
KNOWN_WEIGHT: Final = 4.0
# Among how many films that may be recommended an answer is to make a difference.
LIST_FILMS: Final = 200
# An answer that moves nothing is worth this little, so that logs stay finite.
LEAST_MOVE: Final = 1e-3
# Where nobody has tastes, an answer is still no certainty.
LEAST_NOISE: Final = 1e-9


def log_known(
    retrieval: Retrieval, person: EncodedProfile, genres: tuple[str, ...], unknown: NDArray[np.integer]
) -> NDArray[np.float64]:
    """Return the log of how many people like this one know each film, up to a constant.  (movies,)

    Args:
        unknown: films that the person has not seen: rows.  (skipped,)
    """
    known = retrieval.tables["log_count"].astype(np.float64)  # (movies,)
    if genres:
        known += retrieval.genre_priors(genres, np.arange(len(known))).mean(axis=0)
    rows = np.concatenate([person.rows, unknown])
    surprises = np.concatenate([np.ones(len(person.rows)), -np.exp(retrieval.tables["log_rating_rate"][unknown])])
    return np.asarray(known + KNOWN_WEIGHT * _neighbours(retrieval, rows, surprises))


def log_teaching(retrieval: Retrieval, person: EncodedProfile, allowed: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the log of how far an answer about each film would move the scores of what may be recommended.  (movies,)

    It is the root of the variance that an answer takes from these films' scores (Cohn, Ghahramani and Jordan 1996,
    section 3), each counted by how probably it is liked; all in closed form, whatever the answer will be.

    Args:
        allowed: which films may be recommended.  (movies,)
    """
    tastes = retrieval.tables["taste_out"].astype(np.float32)  # (movies, tastes)
    noise = _noise(retrieval, tastes)
    spread = _spread_left(tastes[person.rows], noise)  # (tastes, tastes)
    scores = np.where(allowed, retrieval.retrieval_scores(person), -np.inf)  # (movies,)
    rows = np.argpartition(-scores, min(LIST_FILMS, len(scores)) - 1)[:LIST_FILMS]  # (films,)
    narrowed = tastes @ spread  # (movies, tastes)
    moves = (narrowed @ tastes[rows].T) ** 2 @ np.exp(scores[rows])  # (movies,)
    variance = (narrowed * tastes).sum(axis=1) + noise  # of each answer.  (movies,)
    return np.asarray(np.log(np.sqrt(moves / variance) + LEAST_MOVE), dtype=np.float64)


def _noise(retrieval: Retrieval, tastes: NDArray[np.float32]) -> float:
    """Return how much of an answer is chance: as much as tastes account for, in films as people meet them."""
    rates = np.exp(retrieval.tables["log_rating_rate"])  # (movies,)
    return float(rates @ (tastes**2).sum(axis=1) / rates.sum()) + LEAST_NOISE


def _spread_left(answered: NDArray[np.float32], noise: float) -> NDArray[np.float32]:
    """Return the covariance of a person's tastes that these films' answers leave.  answered: (history, tastes)"""
    precision = np.eye(answered.shape[1]) + answered.T @ answered / noise
    return np.asarray(np.linalg.inv(precision), dtype=np.float32)


def _neighbours(retrieval: Retrieval, rows: NDArray[np.integer], weights: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return what EASE on all ratings expects of every film, these being as sure as their weights.  (movies,)

    Args:
        rows, weights: of films.  (films,) each
    """
    tables, expected = retrieval.tables, np.zeros(len(retrieval.catalogue))
    places = tables["ease_places"][rows]  # (films,)
    covered = places >= 0
    expected[tables["ease_rows"]] = weights[covered] @ tables["ease_ratings"][places[covered]].astype(np.float32)
    return expected
