"""The recommender that a long-lived process holds: one ranker, swapped when a newer one is published, or two.

While a challenge is on it holds both its bundles, and what is published meanwhile waits for its end.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence, Set

from recommender.domain import (
    NOTHING_STALE,
    Filters,
    GroupPick,
    GroupRequest,
    MovieId,
    Profile,
    Recommendation,
    Recommender,
)
from recommender.errors import BundleError
from recommender.ranking.bundle import BundleStore
from recommender.ranking.challenge import Challenge
from recommender.ranking.new_films import NewFilms
from recommender.ranking.ranker import Ranker
from recommender.ranking.retrieval import Retrieval

log = logging.getLogger(__name__)

# What there is beside the films that tables were learned for; None for nothing.
FindNewFilms = Callable[[Retrieval], NewFilms | None]


class LiveRecommender:
    """Serves the published ranker; the last good one, or the fallback, when that cannot be loaded.

    Attributes:
        refusal: why the published bundle is not the one that serves; None when it is.
    """

    def __init__(
        self, bundles: BundleStore, fallback: Recommender, find_new_films: FindNewFilms = lambda known: None
    ) -> None:
        """Load what is published; the newest good bundle before stands in for a damaged one, or for a lost pointer.

        Args:
            find_new_films: asked of the films that a bundle knows; what it finds is in lists, too.
        """
        self._bundles, self._find_new_films = bundles, find_new_films
        # As published: what serves may know more films.
        self._champion: Ranker | None = None
        self._rival: Ranker | None = None
        self._fallback = self._held = fallback
        self._seen: str | None = None
        self._complaint = ""
        self._seen_challenge: Challenge | None = None
        self._challenge: Challenge | None = None
        self._challenger: Recommender = fallback
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
            challenge = self._bundles.challenge()
            was_swapped = self._swap(challenge.champion if challenge else self._bundles.current())
            was_divided = self._divide(challenge)
        except BundleError as error:
            self._refuse(str(error))
            return False
        return was_swapped or was_divided

    @property
    def challenge(self) -> Challenge | None:
        """Return the challenge whose bundles both are held; None while one serves everybody."""
        challenge = self._challenge
        return challenge if challenge and challenge.champion == self._held.version else None

    @property
    def challenger(self) -> Recommender:
        """Return what serves the challenger's people; as good as the champion for who asks as a challenge ends."""
        return self._held if self._challenge is None else self._challenger

    @property
    def knows_new_films(self) -> bool:
        """Tell whether what serves has films in its lists that came after its training."""
        return self._champion is not None and self._held is not self._champion

    def follow_catalogue(self, fallback: Recommender) -> None:
        """Take another fallback, as when films have come or gone, and have what is published find new films.

        Either serves at once.
        """
        self._held = fallback if self._champion is None else self._with_new_films(self._champion)
        if self._rival is not None:
            self._challenger = self._with_new_films(self._rival)
        self._fallback = fallback

    def recommend(
        self,
        profile: Profile,
        k: int,
        *,
        filters: Filters = Filters(),
        shown: Set[MovieId] = frozenset(),
        stale: Mapping[MovieId, int] = NOTHING_STALE,
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

    def _swap(self, serving: str | None) -> bool:
        """Hold what is to serve; tell whether that is another one."""
        if serving is None or serving == self._seen:
            self._settle(serving)
            return False
        self._seen = serving
        self._champion = self._held = self._bundles.load(serving)
        self.refusal, self._complaint = None, ""
        log.info("bundle loaded: %s", serving)
        self._held = self._with_new_films(self._champion)
        return True

    def _divide(self, challenge: Challenge | None) -> bool:
        """Hold a challenger, too, or no more; tell whether that changes anything."""
        if challenge == self._seen_challenge:
            return False
        self._seen_challenge, self._challenge = challenge, None
        self._challenger, self._rival = self._fallback, None
        if challenge is None:
            log.info("one bundle serves everybody again")
        else:
            self._rival = self._bundles.load(challenge.challenger)
            self._challenger = self._with_new_films(self._rival)
            self._challenge = challenge
            log.info("challenger loaded: %s, for %.0f %% of people", challenge.challenger, 100 * challenge.share)
        return True

    def _with_new_films(self, published: Ranker) -> Ranker:
        new = self._find_new_films(published.retrieval)
        return published if new is None else published.with_new_films(new)

    def _settle(self, current: str | None) -> None:
        """Forget why a pointer could not be read, once it names what serves again."""
        if current == self._held.version:
            self.refusal, self._complaint = None, ""

    def _refuse(self, complaint: str) -> None:
        """Say once what is wrong, and which bundle stands in where none is held."""
        if complaint == self._complaint:
            return
        log.error("bundle refused: %s", complaint)
        if self._champion is None:
            self._champion = self._bundles.load_stand_in()
            self._held = self._fallback if self._champion is None else self._with_new_films(self._champion)
        log.warning("serving meanwhile: %s", self._held.version)
        self._complaint, self.refusal = complaint, f"{complaint}. {self._held.version} serves meanwhile"
