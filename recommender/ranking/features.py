"""A profile as arrays: the one encoder of training and serving."""

from __future__ import annotations

from dataclasses import dataclass, field
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
        asked: when they ask, in years AD with fraction; NaN where nobody knows.
        leanings: movies of chosen shelves.  (leanings,)
    """

    genres: NDArray[np.bool_]
    rows: NDArray[np.int32]
    stars: NDArray[np.float32]
    asked: float
    leanings: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    @property
    def likes(self) -> NDArray[np.bool_]:
        """Return which ratings are likes.  (history,)"""
        return self.stars >= LIKE.value


def encode(profile: Profile, catalogue: Catalogue, longest: int = LONGEST_HISTORY) -> EncodedProfile:
    """Encode a profile, the newest ratings of it; those of movies outside the catalogue are left out."""
    known = [rating for rating in profile.ratings if rating.movie_id in catalogue.row_of][-longest:]
    moments = [profile.asked_at] if profile.asked_at else [rating.rated_at for rating in profile.ratings[-1:]]
    return EncodedProfile(
        genre_mask(profile.genres),
        np.array([catalogue.row_of[rating.movie_id] for rating in known], dtype=np.int32),
        np.array([rating.stars.value for rating in known], dtype=np.float32),
        float(years_ad(np.array([moment.timestamp() for moment in moments]))[0]) if moments else np.nan,
        catalogue.rows(sorted(profile.leanings)),
    )


def encode_newcomer(corpus: Corpus, user_row: int, k: int, genres: tuple[str, ...]) -> EncodedProfile:
    """Encode someone of a corpus as they were when they had given their first k ratings, or came to give any."""
    all_of = corpus.of_user(user_row)
    end = min(all_of.start + k, all_of.stop)
    first = slice(max(all_of.start, end - LONGEST_HISTORY), end)
    asked = float(years_ad(corpus.times[max(all_of.start, end - 1)]))
    return EncodedProfile(genre_mask(genres), corpus.movie_rows[first], corpus.stars[first], asked)


def years_ad(seconds: NDArray[np.integer] | NDArray[np.floating] | np.integer) -> NDArray[np.float32]:
    """Return times in seconds since 1970 as years AD with fraction."""
    return np.asarray(EPOCH_YEAR + seconds / SECONDS_PER_YEAR, dtype=np.float32)
