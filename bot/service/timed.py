"""A recommender whose every call is timed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.service.assignment import Divided
from bot.tally import Timings
from recommender.domain import GroupPick, GroupRequest, MovieId, Profile, Recommendation, Recommender
from recommender.ranking.challenge import Challenge


@dataclass(frozen=True, slots=True)
class TimedRecommender:
    """Passes everything on."""

    inner: Recommender
    timings: Timings

    @property
    def version(self) -> str:
        return self.inner.version

    @property
    def challenge(self) -> Challenge | None:
        return self.inner.challenge if isinstance(self.inner, Divided) else None

    @property
    def challenger(self) -> Recommender:
        return TimedRecommender(self.inner.challenger, self.timings) if isinstance(self.inner, Divided) else self

    @property
    def is_simulated(self) -> bool:
        return self.inner.is_simulated

    def recommend(self, profile: Profile, k: int, **options: Any) -> list[Recommendation]:
        """Return at most k movies, best first, as the Recommender protocol says."""
        with self.timings.timed():
            return self.inner.recommend(profile, k, **options)

    def together(self, profiles: Sequence[Profile], k: int, request: GroupRequest = GroupRequest()) -> list[GroupPick]:
        """Return movies for several people, as the Recommender protocol says."""
        with self.timings.timed():
            return self.inner.together(profiles, k, request)

    def alike(self, one: Profile, other: Profile) -> float | None:
        """Return how alike two people are, as the Recommender protocol says."""
        with self.timings.timed():
            return self.inner.alike(one, other)

    def questions(self, profile: Profile, k: int, **options: Any) -> list[MovieId]:
        """Return movies worth asking a rating for, as the Recommender protocol says."""
        with self.timings.timed():
            return self.inner.questions(profile, k, **options)

    def shelves(self, profile: Profile) -> list[tuple[MovieId, ...]]:
        """Return groups of movies to choose from, as the Recommender protocol says."""
        with self.timings.timed():
            return self.inner.shelves(profile)
