"""Reasons judged: which kind a list gives, and whether each holds when what it cites is taken away again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from recommender.data.catalogue import Catalogue
from recommender.data.corpus import Corpus
from recommender.domain import Because, Profile, Recommendation
from recommender.evaluation.ladder import Ladder
from recommender.ranking.features import LONGEST_HISTORY
from recommender.ranking.lists import PAGE_SIZE
from recommender.ranking.reasons import LEAST_DROP, MOST_RATINGS

# What a line of a list may say: a film that was liked, a genre that was chosen and moves the chance, one whose choosers
# like the film, or nothing.
KINDS: Final = ("film", "genre", "liked_with", "nothing")
# Every rating of everybody is taken away once: so many people tell enough.
MOST_PEOPLE: Final = 60
# A chance told twice differs by rounding.
ROUNDING: Final = 1e-6


@runtime_checkable
class Explaining(Protocol):
    """What makes lists with reasons, and tells the chances that they are read off."""

    def recommend(self, profile: Profile, k: int) -> list[Recommendation]:
        """Return at most k films with why they are there."""
        ...

    def like_probabilities(self, profile: Profile, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the chance of a like of each of these films.  (films,)"""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class ReasonsResult:
    """What reasons came to.

    Attributes:
        kinds: how many lines gave each of KINDS.  (rungs, kinds)
        held: how many lines cited a film or a genre whose removal does lower the chance as is said.  (rungs,)
    """

    kinds: NDArray[np.int64]
    held: NDArray[np.int64]

    @property
    def shares(self) -> NDArray[np.float64]:
        """Return the share of each kind among all lines.  (rungs, kinds)"""
        return np.asarray(self.kinds / np.maximum(1, self.kinds.sum(axis=1, keepdims=True)))

    @property
    def holding(self) -> float:
        """Return the share of lines that hold among those that cite a film or a genre; 1 where none does."""
        cited = int(self.kinds[:, :2].sum())
        return float(self.held.sum() / cited) if cited else 1.0


def judge_reasons(ranker: Explaining, ladder: Ladder, train: Corpus, most_people: int = MOST_PEOPLE) -> ReasonsResult:
    """Judge the reasons of everybody's first page at every rung, of so many people at most."""
    catalogue = Catalogue(train.movies)
    kinds = np.zeros((len(ladder.rungs), len(KINDS)), dtype=np.int64)
    held = np.zeros(len(ladder.rungs), dtype=np.int64)
    for rung, k in enumerate(ladder.rungs):
        for person in ladder.newcomers[:most_people]:
            profile = person.profile_for_lists(k)
            for line in ranker.recommend(profile, PAGE_SIZE):
                kinds[rung, KINDS.index(kind_of(line.because))] += 1
                row = catalogue.row_of[line.movie_id]
                held[rung] += _holds(ranker, profile, row, line.because)
    return ReasonsResult(kinds, held)


def pool_reasons(results: Sequence[ReasonsResult]) -> ReasonsResult:
    """Return the folds of one ranker as one result."""
    return ReasonsResult(sum(found.kinds for found in results), sum(found.held for found in results))  # type: ignore[arg-type]  # never empty


def kind_of(because: Because) -> str:
    """Return which of KINDS a reason is."""
    given = (because.movie_id, because.genre, because.liked_with)
    return next((kind for kind, cited in zip(KINDS, given, strict=False) if cited is not None), KINDS[-1])


def _holds(ranker: Explaining, profile: Profile, row: int, because: Because) -> bool:
    """Return whether a reason that cites a film or a genre is true; False for any other."""

    def chance(variant: Profile) -> float:
        return float(ranker.like_probabilities(variant, np.array([row]))[0])

    if because.genre is not None:
        others = tuple(genre for genre in profile.genres if genre != because.genre)
        return chance(profile) - chance(replace(profile, genres=others)) >= LEAST_DROP - ROUNDING
    if because.movie_id is None:
        return False
    whole, ratings = chance(profile), profile.ratings
    drops = {
        gone.movie_id: whole - chance(replace(profile, ratings=tuple(one for one in ratings if one is not gone)))
        for gone in ratings[-LONGEST_HISTORY:]
    }
    drop = drops[because.movie_id]
    stronger = sum(abs(other) > abs(drop) + ROUNDING for other in drops.values())
    return drop >= LEAST_DROP - ROUNDING and stronger < MOST_RATINGS
