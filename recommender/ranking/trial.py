"""A ranker's trial before it serves: finite, not all alike, over the same vocabulary, and right about known answers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from recommender.data.catalogue import Catalogue
from recommender.domain import GENRES, LIKE, Profile, Rating
from recommender.errors import BundleError
from recommender.ranking.ranker import WARM_TIME, Ranker

VOCABULARY: Final = "vocabulary"
ANSWERS: Final = "known_answers"
# Films of the catalogue, evenly spread, whose scores are known answers.
ASKED: Final = 16
# The somebody who is asked about beside a newcomer: likes of this many films, the catalogue's first.
LIKED: Final = 5
# Processors round float32 differently; a wrong weight or table moves answers by more.
TOLERANCE: Final = 1e-3


def trial_record(ranker: Ranker) -> dict[str, Any]:
    """Return what a manifest keeps of a ranker, for `try_out` to compare."""
    answers = [[round(float(value), 6) for value in answer] for answer in _answers(ranker)]
    return {VOCABULARY: vocabulary(ranker.retrieval.catalogue), ANSWERS: answers}


def try_out(ranker: Ranker, manifest: Mapping[str, Any]) -> None:
    """Make sure that a ranker may serve; what its manifest does not know, as one of before trials, is not compared.

    Raises:
        BundleError: it answers NaN, the same for all films, or otherwise than when it was published.
    """
    if manifest.get(VOCABULARY, vocabulary(ranker.retrieval.catalogue)) != vocabulary(ranker.retrieval.catalogue):
        raise BundleError("a ranker must have this Reelmate's genres and its own films. Received: another vocabulary")
    answers = _answers(ranker)
    if not np.isfinite(answers).all():
        raise BundleError("a ranker must know finite chances. Received: NaN or infinity")
    if len(ranker.retrieval.catalogue) > 1 and not np.ptp(answers, axis=1).all():
        raise BundleError("a ranker must tell films apart. Received: one score for all")
    known = manifest.get(ANSWERS)
    if known is not None and not _are_near(answers, known):
        raise BundleError("a ranker must answer as when it was published. Received: other scores")
    ranker.warm()


def vocabulary(catalogue: Catalogue) -> str:
    """Return a hash of the genres and the films, in their order."""
    names = [list(GENRES), [movie.id for movie in catalogue.movies]]
    return hashlib.sha256(json.dumps(names).encode()).hexdigest()


def _answers(ranker: Ranker) -> NDArray[np.float64]:
    """Return a newcomer's scores and chances, then somebody's with likes.  (4, films)"""
    movies = ranker.retrieval.catalogue.movies
    rows = np.unique(np.linspace(0, len(movies) - 1, ASKED).astype(np.int64))
    ratings = tuple(Rating(movie.id, LIKE, WARM_TIME) for movie in movies[:LIKED])
    profiles = (Profile(), Profile(GENRES[:LIKED], ratings))
    choice, liking = ranker.run(ranker.feeds(profiles, np.stack([rows] * len(profiles))))
    with np.errstate(over="ignore"):  # a calibration out of all bounds shows as chances that are all alike
        chances = ranker.calibration.probabilities(liking)
    return np.stack([choice[0], chances[0], choice[1], chances[1]]).astype(np.float64)


def _are_near(answers: NDArray[np.float64], known: Any) -> bool:
    expected = np.asarray(known, dtype=np.float64)
    return expected.shape == answers.shape and np.allclose(answers, expected, rtol=TOLERANCE, atol=TOLERANCE)
