"""The recommender that a process serves: what is published, or popularity in the chosen genres."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import Final

import numpy as np
from threadpoolctl import threadpool_limits

from bot.locks import LockHeldError, retrain_lock
from bot.settings import Settings
from bot.storage import Store
from recommender.data.statistics import assume_statistics
from recommender.ranking.bundle import BundleStore
from recommender.ranking.live import LiveRecommender
from recommender.ranking.popularity import PopularInGenres

log = logging.getLogger(__name__)

# The catalogue knows which share of people rated a film; the floor's weights are made for counts.
CROWD: Final = 1000


def open_recommender(settings: Settings, store: Store) -> LiveRecommender:
    """Return what serves lists and questions, and learns of newer bundles by its `refresh`.

    From then on NumPy multiplies in one thread in this process: what a list multiplies is small, and threads that wait
    for one another made a question of the interview take six times as much processor time.
    """
    threadpool_limits(1, user_api="blas")
    return LiveRecommender(BundleStore(settings.bundles_dir), _fallback(store))


def sweep_half_bundles(settings: Settings) -> None:
    """Remove what a publish left that was cut off, unless a training is at it."""
    with suppress(LockHeldError), retrain_lock(settings.data_dir, settings.database_url):
        if swept := BundleStore(settings.bundles_dir).sweep():
            log.info("half bundles swept: %s", ", ".join(swept))


class CatalogueWatch:
    """Keeps the fallback of a recommender to the films there are, as others import them."""

    def __init__(self, store: Store, recommender: LiveRecommender) -> None:
        self._store = store
        self._recommender = recommender
        self._edition = self._read_edition()

    def refresh(self) -> bool:
        """Make the fallback anew when films have come or gone, or more is known of them; tell whether that happened."""
        edition = self._read_edition()
        if edition == self._edition:
            return False
        self._recommender.fall_back_on(_fallback(self._store))
        self._edition = edition
        return True

    def _read_edition(self) -> object:
        return self._store.read(lambda tx: (tx.movies.edition(), tx.facts.edition()))


def _fallback(store: Store) -> PopularInGenres:
    """Return the floor over the catalogue as it is now, from how well known each film is."""
    entries = store.read(lambda tx: tx.movies.catalogue())
    fame = np.array([CROWD * (entry.popularity or 0.0) for entry in entries])  # (movies,)
    return PopularInGenres([entry.movie for entry in entries], assume_statistics(fame), follows_likes=True)
