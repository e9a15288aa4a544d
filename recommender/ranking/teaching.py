"""Which films somebody is likely to know, and what their answer would teach about what to recommend to them.

A person is a point among tastes, of whom nothing is known at first but that tastes are spread evenly (a Gaussian).
Every answer narrows that down along its film's tastes, so that what is like earlier answers teaches little.
"""

from __future__ import annotations

from collections.abc import Set
from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.domain import MovieId, Profile
from recommender.ranking.features import EncodedProfile, encode
from recommender.ranking.questions import WELL_KNOWN, askable, choose_questions
from recommender.ranking.retrieval import Retrieval

# How much of what EASE expects of neighbours is added to the log of a film's chance of being known, for each film that
# was known, and taken from it for each that was not, as far as that was a surprise (docs/experiments.md).
KNOWN_WEIGHT: Final = 4.0
# Among how many films that may be recommended an answer is to make a difference.
LIST_FILMS: Final = 200
# An answer that moves nothing is worth this little, so that logs stay finite.
LEAST_MOVE: Final = 1e-3
# The films that people mostly answer about.
USUAL_FILMS: Final = 300
# Where nobody has tastes, an answer is still no certainty.
LEAST_NOISE: Final = 1e-9


def ask_what_teaches(retrieval: Retrieval, profile: Profile, k: int, skipped: Set[MovieId]) -> list[MovieId]:
    """Return at most k films to ask somebody about, by how probably they know each and what its answer teaches."""
    catalogue = retrieval.catalogue
    person = encode(profile, catalogue)
    known = log_known(retrieval, person, profile.genres, catalogue.rows(skipped))
    rows = askable(profile, catalogue, skipped)
    best = rows[np.argsort(-known[rows], kind="stable")[:WELL_KNOWN]]
    teaching = np.zeros(len(known))  # (movies,)
    teaching[best] = log_teaching(retrieval, person, best, catalogue.unmet(profile))
    return choose_questions(profile, k, catalogue, known, teaching=teaching, skipped=skipped)


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


def log_teaching(
    retrieval: Retrieval, person: EncodedProfile, asked: NDArray[np.integer], allowed: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return the log of how far an answer about each film would move the scores of what may be recommended.  (asked,)

    It is the root of the variance that an answer takes from these films' scores (Cohn, Ghahramani and Jordan 1996,
    section 3), each counted by how probably it is liked; all in closed form, whatever the answer will be.

    Args:
        asked: films that might be asked about: rows.  (asked,)
        allowed: which films may be recommended.  (movies,)
    """
    tastes = retrieval.tables["taste_out"].astype(np.float32)  # (movies, tastes)
    noise = _noise(retrieval, tastes)
    spread = _spread_left(tastes[person.rows], noise)  # (tastes, tastes)
    scores = np.where(allowed, retrieval.retrieval_scores(person), -np.inf)  # (movies,)
    rows = np.argpartition(-scores, min(LIST_FILMS, len(scores)) - 1)[:LIST_FILMS]  # (films,)
    narrowed = tastes[asked] @ spread  # (asked, tastes)
    moves = (narrowed @ tastes[rows].T) ** 2 @ np.exp(scores[rows])  # (asked,)
    known = np.maximum((narrowed * tastes[asked]).sum(axis=1), 0)  # rounding may leave nothing below nought
    variance = known + noise  # of each answer.  (asked,)
    return np.asarray(np.log(np.sqrt(moves / variance) + LEAST_MOVE), dtype=np.float64)


def _noise(retrieval: Retrieval, tastes: NDArray[np.float32]) -> float:
    """Return how much of an answer is chance: as much as tastes account for in a film that many people know."""
    known = np.argsort(-retrieval.tables["log_rating_rate"], kind="stable")[:USUAL_FILMS]
    return float(np.median((tastes[known] ** 2).sum(axis=1))) + LEAST_NOISE


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
