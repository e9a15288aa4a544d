"""The recommender that a long-lived process holds: one ranker, swapped when a newer one is published."""

from __future__ import annotations

import logging
from collections.abc import Sequence, Set

from recommender.domain import Filters, GroupPick, GroupRequest, MovieId, Profile, Recommendation, Recommender
from recommender.errors import BundleError
from recommender.ranking.bundle import BundleStore

log = logging.getLogger(__name__)


class LiveRecommender:
    """Serves the published ranker; the last good one, or the fallback, when that cannot be loaded.

    Attributes:
        refusal: why the published bundle is not the one that serves; None when it is.
    """

    def __init__(self, bundles: BundleStore, fallback: Recommender) -> None:
        """Load what is published; the newest good bundle before stands in for a damaged one, or for a lost pointer."""
        self._bundles = bundles
        self._fallback = self._held = fallback
        self._seen: str | None = None
        self._complaint = ""
        self.refusal: str | None = None
        self.refresh()

    @property
    def version(self) -> str:
        return self._held.version

    @property
    def is_simulated(self) -> bool:
        return self._held.is_simulated

    def refresh(self) -> bool:
        """Load the published bundle aside and swap it in if it is another one; tell whether that happened.

        A bundle that cannot be loaded is tried once: the held one keeps serving, and `refusal` says why.
        """
        try:
            current = self._bundles.current()
            if current is None or current == self._seen:
                self._settle(current)
                return False
            self._seen = current
            self._held, self.refusal, self._complaint = self._bundles.load(current), None, ""
        except BundleError as error:
            self._refuse(str(error))
            return False
        log.info("bundle loaded: %s", current)
        return True

    def fall_back_on(self, fallback: Recommender) -> None:
        """Take another fallback, as when films have come or gone; it serves at once where the old one does."""
        if self._held is self._fallback:
            self._held = fallback
        self._fallback = fallback

    def recommend(
        self,
        profile: Profile,
        k: int,
        *,
        filters: Filters = Filters(),
        shown: Set[MovieId] = frozenset(),
        stale: Set[MovieId] = frozenset(),
        draw: int | None = None,
    ) -> list[Recommendation]:
        """Return at most k movies, best first, as the Recommender protocol says."""
        return self._held.recommend(profile, k, filters=filters, shown=shown, stale=stale, draw=draw)

    def together(self, profiles: Sequence[Profile], k: int, request: GroupRequest = GroupRequest()) -> list[GroupPick]:
        """Return at most k movies for several people, as the Recommender protocol says."""
        return self._held.together(profiles, k, request)

    def alike(self, one: Profile, other: Profile) -> float | None:
        """Return how alike two people are, as the Recommender protocol says."""
        return self._held.alike(one, other)

    def questions(self, profile: Profile, k: int, *, skipped: Set[MovieId] = frozenset()) -> list[MovieId]:
        """Return movies worth asking a rating for, as the Recommender protocol says."""
        return self._held.questions(profile, k, skipped=skipped)

    def shelves(self, profile: Profile) -> list[tuple[MovieId, ...]]:
        """Return groups of movies to choose from, as the Recommender protocol says."""
        return self._held.shelves(profile)

    def _settle(self, current: str | None) -> None:
        """Forget why a pointer could not be read, once it names what serves again."""
        if current == self._held.version:
            self.refusal, self._complaint = None, ""

    def _refuse(self, complaint: str) -> None:
        """Say once what is wrong, and which bundle stands in where none is held."""
        if complaint == self._complaint:
            return
        log.error("bundle refused: %s", complaint)
        if self._held is self._fallback:
            self._held = self._bundles.load_stand_in() or self._fallback
        log.warning("serving meanwhile: %s", self._held.version)
        self._complaint, self.refusal = complaint, f"{complaint}. {self._held.version} serves meanwhile"
