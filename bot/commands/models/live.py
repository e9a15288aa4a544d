"""The recommender that a process serves: what is published, or popularity in the chosen genres."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
from threadpoolctl import threadpool_limits

from bot.catalogue.film_content import features_of_films
from bot.catalogue.film_counts import corpora_edition, read_counts
from bot.locks import LockHeldError, retrain_lock
from bot.settings import Settings
from bot.storage import Store
from recommender.data.statistics import FilmCounts, assume_statistics
from recommender.domain import MovieId
from recommender.ranking.bundle import BundleStore
from recommender.ranking.live import LiveRecommender
from recommender.ranking.new_films import NewFilms
from recommender.ranking.popularity import PopularInGenres
from recommender.ranking.retrieval import Retrieval

log = logging.getLogger(__name__)

# The catalogue knows which share of people rated a film; the floor's weights are made for counts.
CROWD: Final = 1000
LOOK_AT_CHAT_EVERY_S: Final = 3600.0
# One person in ten judges trainings, and takes no part in them: those who rate a film are never all among them.
RATED_SINCE: Final = 10


def open_recommender(settings: Settings, store: Store) -> LiveRecommender:
    """Return what serves lists and questions, and learns of newer bundles by its `refresh`.

    From then on NumPy multiplies in one thread in this process: what a list multiplies is small, and threads that wait
    for one another made a question of the interview take six times as much processor time.
    """
    threadpool_limits(1, user_api="blas")
    films = partial(find_new_films, settings.data_dir, store)
    return LiveRecommender(BundleStore(settings.bundles_dir), _fallback(store), films)


def sweep_half_bundles(settings: Settings) -> None:
    """Remove what a publish left that was cut off, unless a training is at it."""
    with suppress(LockHeldError), retrain_lock(settings.data_dir, settings.database_url):
        if swept := BundleStore(settings.bundles_dir).sweep():
            log.info("half bundles swept: %s", ", ".join(swept))


class CatalogueWatch:
    """Keeps what a recommender knows to the films there are and to what is known of them, as others import them."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        recommender: LiveRecommender,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Look at what there is now; the clock counts seconds."""
        self._data_dir, self._store = settings.data_dir, store
        self._recommender, self._clock = recommender, clock
        self._edition, self._looked_at = self._read_edition(), clock()

    def refresh(self) -> bool:
        """Tell the recommender when films have come or gone, or more is known of them; tell whether that happened.

        What people of the chat have said of new films is looked at once an hour: of others trainings learn it.
        """
        edition, now = self._read_edition(), self._clock()
        is_due = now - self._looked_at >= LOOK_AT_CHAT_EVERY_S and self._recommender.knows_new_films
        if edition == self._edition and not is_due:
            return False
        self._recommender.follow_catalogue(_fallback(self._store))
        self._edition, self._looked_at = edition, now
        return True

    def _read_edition(self) -> object:
        films = self._store.read(lambda tx: (tx.movies.edition(), tx.facts.edition()))
        return films, corpora_edition(self._data_dir)


def find_new_films(data_dir: Path, store: Store, known: Retrieval) -> NewFilms | None:
    """Return the films of the catalogue that a ranker does not know, and what was said of them; None for none.

    Films that it knows, and nobody had rated when it was trained, are among them once a corpus has ratings of theirs.
    """
    ids, twins = store.read(lambda tx: (tx.movies.ids(), tx.twins.kept_by_gone()))
    id_of = {int(gone): int(kept) for gone, kept in twins.items()}
    sources = [counts.under(id_of) for counts in read_counts(data_dir)]
    new = [*(movie_id for movie_id in ids if movie_id not in known.catalogue.row_of), *_rated_since(known, sources)]
    if not new:
        return None
    found, facts, chat = store.read(lambda tx: (tx.movies.many(new), tx.facts.many(new), tx.ratings.film_counts()))
    movies = list(found.values())
    log.info("films that came after the training: %d", len(movies))
    return NewFilms(movies, [*sources, *([chat] if chat else [])], features_of_films(movies, facts))


def _rated_since(known: Retrieval, sources: Sequence[FilmCounts]) -> list[MovieId]:
    """Return the films that nobody had rated in a training, and that corpora have ratings of by now."""
    unrated = np.array(known.unrated, dtype=np.int64)
    ratings = sum((counts.of(unrated)[0] for counts in sources), np.zeros(len(unrated)))
    return [MovieId(int(movie_id)) for movie_id in unrated[ratings >= RATED_SINCE]]


def _fallback(store: Store) -> PopularInGenres:
    """Return the floor over the catalogue as it is now, from how well known each film is."""
    entries = store.read(lambda tx: tx.movies.catalogue())
    fame = np.array([CROWD * (entry.popularity or 0.0) for entry in entries])  # (movies,)
    return PopularInGenres([entry.movie for entry in entries], assume_statistics(fame), follows_likes=True)
