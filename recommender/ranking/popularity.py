"""The floors every ranker must beat; the last but one, PopularInGenres, also serves when nothing better can.

Each is a Scorer for the ladder and a Recommender for people, built from plain statistics.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.data.catalogue import Catalogue
from recommender.data.statistics import PRIOR_RATINGS, Statistics
from recommender.domain import (
    NOTHING_STALE,
    Because,
    Filters,
    GroupPick,
    GroupRequest,
    ListRequest,
    Movie,
    MovieId,
    Profile,
    Recommendation,
    require_positive,
)
from recommender.ranking.features import encode
from recommender.ranking.lists import likeness
from recommender.ranking.novelty import rerank_by_novelty
from recommender.ranking.picking import Pick, Scored, pick_list, shown_chances, taste_of
from recommender.ranking.questions import choose_questions
from recommender.ranking.shelves import choose_shelves
from recommender.ranking.together import Members, alikeness, choose_together

# What a chosen genre is worth beside log(1 + likes): chosen on validation people from 0 to 2 (docs/quality.md).
GENRE_WEIGHT: Final = 0.5
# The same beside a mean of 0.5 to 5 stars.
MEAN_GENRE_WEIGHT: Final = 0.5
# What having all genres of a chosen shelf is worth: as much as a chosen genre, which it speaks for more softly.
LEANING_WEIGHT: Final = 0.5


class GenreFloor:
    """A score by movie plus a bonus when the movie has a chosen genre: the shape of every floor here."""

    def __init__(
        self,
        movies: Sequence[Movie],
        statistics: Statistics,
        *,
        name: str,
        scores: NDArray[np.float64],  # (movies,)
        genre_weight: float,
        follows_likes: bool = False,
    ) -> None:
        """Prepare the scores.

        Args:
            follows_likes: whether lists hold more of the genres that likes show; a floor to be judged by does not.
        """
        self._catalogue = Catalogue(movies)
        self._are_assumed = statistics.are_assumed
        self._name = name
        self._scores = scores
        self._genre_weight = genre_weight
        self._follows_likes = follows_likes
        self._known = np.log1p(statistics.ratings)  # (movies,)
        self._like_rates = statistics.like_rates  # (movies,)

    @property
    def version(self) -> str:
        return self._name

    @property
    def is_simulated(self) -> bool:
        return False

    def score(self, profile: Profile, novelty: float = 0.0) -> NDArray[np.float32]:
        """Return one score per movie row.  (movies,)"""
        fits = self._catalogue.with_genres(profile.genres)
        turned = rerank_by_novelty(self._scores, self._like_rates, self._known, self._known, novelty)
        if profile.leanings:
            turned = turned + LEANING_WEIGHT * self._like_shelf(profile.leanings)
        return (turned + self._genre_weight * fits).astype(np.float32)

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
        """Return at most k movies, page by page, best first, as the Recommender protocol says."""
        picks = self.pick(profile, k, ListRequest(filters, shown, stale, draw))
        chances = shown_chances(picks)
        return [self._recommendation(pick, chance, profile) for pick, chance in zip(picks, chances, strict=True)]

    def pick(self, profile: Profile, k: int, request: ListRequest = ListRequest()) -> list[Pick]:
        """Return what recommend returns before it is explained; no wildcard, since popularity is nobody's path."""
        require_positive(k)
        filters = request.filters
        catalogue = self._catalogue
        person = encode(profile, catalogue)
        taste = taste_of(person, filters, catalogue, self._known if self._follows_likes else None)
        rows = np.flatnonzero(catalogue.unmet(profile, request.shown) & catalogue.matching(filters))
        scores = self.score(profile, filters.novelty)[rows]
        chances = None if self._are_assumed else self._like_rates[rows]
        return pick_list(Scored(rows, scores, chances, catalogue.counts(request.stale)[rows]), catalogue, taste, k)

    def together(self, profiles: Sequence[Profile], k: int, request: GroupRequest = GroupRequest()) -> list[GroupPick]:
        """Return at most k movies for several people, as the Recommender protocol says."""
        first = np.array([self.score(profile) for profile in profiles])  # (people, movies)

        def judge(rows: NDArray[np.int64]) -> tuple[NDArray[np.floating], NDArray[np.floating] | None]:
            rates = np.tile(self._like_rates[rows], (len(first), 1))
            return first[:, rows], None if self._are_assumed else rates

        return choose_together(Members(profiles, first, judge), k, request, self._catalogue)

    def alike(self, one: Profile, other: Profile) -> float | None:
        """Return how alike the genres are that two people chose; ratings say nothing here."""
        anybody = self.score(Profile())
        return alikeness(self.score(one) - anybody, self.score(other) - anybody)

    def questions(self, profile: Profile, k: int, *, skipped: Set[MovieId] = frozenset()) -> list[MovieId]:
        """Return at most k of the best known movies of the chosen genres, unlike one another."""
        return choose_questions(profile, k, self._catalogue, self._known, skipped=skipped)

    def shelves(self, profile: Profile) -> list[tuple[MovieId, ...]]:
        """Return groups of well-known movies of like genres."""
        return choose_shelves(profile, self._catalogue, self._known)

    def _like_shelf(self, leanings: Iterable[MovieId]) -> NDArray[np.float64]:
        """Return how like each movie is to those of a chosen shelf, in genres.  (movies,)"""
        genres, rows = self._catalogue.genres, self._catalogue.rows(leanings)
        alike = [likeness(genres[row], genres) for row in rows]
        return np.asarray(np.mean(alike, axis=0)) if alike else np.zeros(len(genres))

    def _recommendation(self, pick: Pick, chance: float | None, profile: Profile) -> Recommendation:
        movie = self._catalogue.movies[pick.row]
        shared = [genre for genre in profile.genres if genre in movie.genres]
        # Only the loss of a movie's single chosen genre would lower its score.
        because = Because(genre=shared[0]) if len(shared) == 1 and self._genre_weight else Because()
        return Recommendation(movie.id, pick.score, chance, because, pick.slot)


class MostPopular(GenreFloor):
    """The movies with the most likes, whoever asks."""

    def __init__(self, movies: Sequence[Movie], statistics: Statistics) -> None:
        super().__init__(movies, statistics, name="most_popular", scores=np.log1p(statistics.likes), genre_weight=0.0)


class PopularInGenres(GenreFloor):
    """The most liked movies, those of a chosen genre ahead."""

    def __init__(
        self,
        movies: Sequence[Movie],
        statistics: Statistics,
        *,
        mean_weight: float = 0.0,
        genre_weight: float = GENRE_WEIGHT,
        follows_likes: bool = False,
    ) -> None:
        scores = np.log1p(statistics.likes) + mean_weight * statistics.bayesian_means()
        super().__init__(
            movies,
            statistics,
            name="popular_in_genres",
            scores=scores,
            genre_weight=genre_weight,
            follows_likes=follows_likes,
        )


class BayesianMeanInGenres(GenreFloor):
    """The movies with the best mean, those of a chosen genre ahead."""

    def __init__(
        self,
        movies: Sequence[Movie],
        statistics: Statistics,
        *,
        prior: float = PRIOR_RATINGS,
        genre_weight: float = MEAN_GENRE_WEIGHT,
    ) -> None:
        super().__init__(
            movies,
            statistics,
            name="bayesian_mean_in_genres",
            scores=statistics.bayesian_means(prior),
            genre_weight=genre_weight,
        )
