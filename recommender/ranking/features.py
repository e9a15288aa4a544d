"""A profile as arrays: the one encoder of training and serving."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.data.catalogue import Catalogue, genre_mask
from recommender.data.corpus import Corpus
from recommender.domain import LIKE, Profile

# Longer histories are cut to the newest ratings: taste shows in far fewer, and arrays need a bound.
LONGEST_HISTORY: Final = 50
SECONDS_PER_YEAR: Final = 365.25 * 86_400
EPOCH_YEAR: Final = 1970


@dataclass(frozen=True, slots=True, eq=False)
class EncodedProfile:
    """What someone chose and rated, oldest first; rows index the catalogue.

    Attributes:
        genres: which were chosen.  (genres,)
        rows: rated movies.  (history,)
        stars: 0.5 to 5.  (history,)
        years: when, in years AD with fraction.  (history,)
    """

    genres: NDArray[np.bool_]
    rows: NDArray[np.int32]
    stars: NDArray[np.float32]
    years: NDArray[np.float32]

    @property
    def likes(self) -> NDArray[np.bool_]:
        """Return which ratings are likes.  (history,)"""
        return self.stars >= LIKE.value


def encode(profile: Profile, catalogue: Catalogue) -> EncodedProfile:
    """Encode a profile; ratings of movies outside the catalogue are left out."""
    known = [rating for rating in profile.ratings if rating.movie_id in catalogue.row_of][-LONGEST_HISTORY:]
    return EncodedProfile(
        genre_mask(profile.genres),
        np.array([catalogue.row_of[rating.movie_id] for rating in known], dtype=np.int32),
        np.array([rating.stars.value for rating in known], dtype=np.float32),
        years_ad(np.array([rating.rated_at.timestamp() for rating in known])),
    )


def encode_newcomer(corpus: Corpus, user_row: int, k: int, genres: tuple[str, ...]) -> EncodedProfile:
    """Encode someone of a corpus as they were after their first k ratings."""
    all_of = corpus.of_user(user_row)
    first = slice(
        max(all_of.start, min(all_of.start + k, all_of.stop) - LONGEST_HISTORY), min(all_of.start + k, all_of.stop)
    )
    return EncodedProfile(
        genre_mask(genres), corpus.movie_rows[first], corpus.stars[first], years_ad(corpus.times[first])
    )


def years_ad(seconds: NDArray[np.integer] | NDArray[np.floating]) -> NDArray[np.float32]:
    """Return times in seconds since 1970 as years AD with fraction."""
    return (EPOCH_YEAR + seconds / SECONDS_PER_YEAR).astype(np.float32)
