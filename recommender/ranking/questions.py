"""Which films to ask a newcomer about: well known, of the chosen genres, unlike one another."""

from __future__ import annotations

from collections.abc import Set
from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.data.catalogue import Catalogue
from recommender.domain import MovieId, Profile, require_positive
from recommender.ranking.lists import diversify

# How much a question loses for having the very genres of one already asked; log counts differ by about as much.
QUESTION_SAMENESS_WEIGHT: Final = 1.0
# Questions come from this many of the best known films per question asked for.
KNOWN_PER_QUESTION: Final = 10


def choose_questions(
    profile: Profile,
    k: int,
    catalogue: Catalogue,
    log_ratings: NDArray[np.floating],
    *,
    skipped: Set[MovieId] = frozenset(),
) -> list[MovieId]:
    """Return at most k of the best known movies of the chosen genres; of any genre where none of those is left.

    Args:
        log_ratings: log(1 + how many rated it) of each movie.  (movies,)

    Raises:
        ValueError: `k` is not positive.
    """
    require_positive(k)
    allowed = catalogue.unmet(profile, skipped)
    fits = catalogue.with_genres(profile.genres)
    if (allowed & fits).any():
        allowed &= fits
    rows = np.flatnonzero(allowed)
    places = diversify(
        log_ratings[rows],
        catalogue.genres[rows],
        k,
        sameness_weight=QUESTION_SAMENESS_WEIGHT,
        reach=KNOWN_PER_QUESTION,
    )
    return [catalogue.movies[row].id for row in rows[places]]
