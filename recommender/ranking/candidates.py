"""The films that the network chooses a list from: what was asked for, and what else a list needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.ranking.features import EncodedProfile
from recommender.ranking.inputs import CANDIDATES
from recommender.ranking.lists import PAGE_SIZE, Taste
from recommender.ranking.retrieval import Retrieval

# Films beside those that were asked for, for seats, wildcards, and where what was asked for runs out.
OTHERS: Final = 200
# Films of each genre that likes show somebody to be after, so that a list of them can be chosen.
OF_AN_INTEREST: Final = 40


def choose_candidates(
    retrieval: Retrieval,
    person: EncodedProfile,
    allowed: NDArray[np.bool_],
    taste: Taste,
    k: int,
    novelty: float,
    *,
    with_others: bool,
) -> NDArray[np.int64]:
    """Return the rows of what was asked for, and of others where a list needs them.

    Args:
        allowed: which films may be listed.  (movies,)
    """
    fits = allowed & retrieval.catalogue.with_any(taste.chosen) if taste.chosen.any() else allowed
    rows = retrieval.candidates(person, CANDIDATES, fits, novelty)
    for interest in taste.interests:
        of_it = fits & retrieval.catalogue.genres[:, interest.genre]
        of_it[rows] = False
        rows = np.concatenate([rows, retrieval.candidates(person, OF_AN_INTEREST, of_it, novelty)])
    if not taste.chosen.any() or (len(rows) >= k and not with_others and not taste.seats(PAGE_SIZE)):
        return rows
    return np.concatenate([rows, retrieval.candidates(person, OTHERS, allowed & ~fits, novelty)])


def level(rows: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Return lists of rows as long as the longest, shorter ones from their start again.  (people, films)"""
    longest = max(len(each) for each in rows)
    return np.stack([np.resize(each, longest) for each in rows])


def unrated(person: EncodedProfile, movies: int) -> NDArray[np.bool_]:
    """Return which films somebody has not rated.  (movies,)"""
    mask = np.ones(movies, dtype=np.bool_)
    mask[person.rows] = False
    return mask
