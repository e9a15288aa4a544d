"""Our ranker without the times of ratings, which no peer looks at: what its lead owes to knowing when somebody asks.

Each person's ratings become a second apart from one day on, the same for all: their order stays, the rest is gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.data.corpus import Corpus
from recommender.domain import Profile
from recommender.evaluation.registry import Hyperparameters, RankerEntry
from recommender.ranking.ranker import Ranker
from recommender.training.training import TrainingConfig, train

START: Final = datetime(2000, 1, 1, tzinfo=UTC)


def forget_times(corpus: Corpus) -> Corpus:
    """Return the corpus with nothing left of its times but everybody's order."""
    return replace(corpus, times=int(START.timestamp()) + corpus.places)


def forget_profile_times(profile: Profile) -> Profile:
    """Return the profile with nothing left of its times but their order."""
    ratings = enumerate(profile.ratings)
    moved = (replace(rating, rated_at=START + timedelta(seconds=place)) for place, rating in ratings)
    return replace(profile, ratings=tuple(moved), asked_at=START + timedelta(seconds=max(0, len(profile.ratings) - 1)))


class Timeless:
    """A ranker that is told no times."""

    def __init__(self, ranker: Ranker) -> None:
        self._ranker = ranker

    def score(self, profile: Profile) -> NDArray[np.float32]:
        """Return one score per movie row.  (movies,)"""
        return np.asarray(self.score_many([profile])[0])

    def score_many(self, profiles: Sequence[Profile]) -> NDArray[np.float32]:
        """Return `score` of each profile.  (people, movies)"""
        return self._ranker.score_many([forget_profile_times(profile) for profile in profiles])


def _fit(corpus: Corpus, settings: Hyperparameters) -> Timeless:
    return Timeless(train(forget_times(corpus), TrainingConfig(**settings)).ranker())


TIMELESS = RankerEntry(_fit)
