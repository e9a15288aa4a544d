"""The recommender that a process serves."""

from __future__ import annotations

import numpy as np

from bot.settings import Settings
from bot.storage import Store
from recommender.baselines import PopularInGenres
from recommender.statistics import assume_statistics

# The catalogue knows which share of people rated a film; the floor's weights are made for counts.
CROWD = 1000


class PopularOnly(PopularInGenres):
    """The floor over the catalogue, for as long as nothing was published."""

    def refresh(self) -> bool:
        """Tell that nothing newer was loaded."""
        return False


def open_recommender(settings: Settings, store: Store) -> PopularOnly:
    """Return what serves lists and questions."""
    entries = store.read(lambda tx: tx.movies.catalogue())
    fame = np.array([CROWD * (entry.popularity or 0.0) for entry in entries])
    return PopularOnly([entry.movie for entry in entries], assume_statistics(fame))
