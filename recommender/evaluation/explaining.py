"""Reasons judged: which kind a list gives, and whether each holds when what it cites is taken away again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from recommender.data.catalogue import Catalogue
from recommender.data.content import Content
from recommender.data.corpus import Corpus
from recommender.domain import Because, Profile, Rating, Recommendation
from recommender.evaluation.ladder import Ladder
from recommender.ranking.features import LONGEST_HISTORY
from recommender.ranking.lists import PAGE_SIZE
from recommender.ranking.reasons import LEAST_DROP, LEAST_PLACES, MOST_RATINGS, Outcomes

# What a line of a list may say: a film that was liked and what the two share, such a film alone, a genre that was
# chosen and moves the film, one whose choosers like it, or nothing.
KINDS: Final = ("shared", "film", "genre", "liked_with", "nothing")
# How many of these are held to what they cite.
CITING: Final = 3
# Every rating of everybody is taken away once: so many people tell enough.
MOST_PEOPLE: Final = 60
# A chance told twice differs by rounding.
ROUNDING: Final = 1e-6


@runtime_checkable
class Explaining(Protocol):
    """What makes lists with reasons, and tells the scores and chances that they are read off."""

    def recommend(self, profile: Profile, k: int) -> list[Recommendation]:
        """Return at most k films with why they are there."""
        ...

    def contenders(self, profile: Profile, k: int) -> NDArray[np.int64]:
        """Return the films that such a list is chosen from.  (films,)"""
        ...

    def outcomes(self, profiles: Sequence[Profile], rows: NDArray[np.int64]) -> Outcomes:
        """Return the scores that lists are chosen by, and chances of a like, of these films."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class ReasonsResult:
    """What reasons came to.

    Attributes:
        kinds: how many lines gave each of KINDS.  (rungs, kinds)
        held: how many lines cited a film or a genre whose removal does lower the chance or the place as is said.
            (rungs,)
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
        cited = int(self.kinds[:, :CITING].sum())
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
                held[rung] += _is_shared(catalogue, train.content, row, line.because) and _holds(
                    ranker, profile, row, line.because
                )
    return ReasonsResult(kinds, held)


def pool_reasons(results: Sequence[ReasonsResult]) -> ReasonsResult:
    """Return the folds of one ranker as one result."""
    return ReasonsResult(sum(found.kinds for found in results), sum(found.held for found in results))  # type: ignore[arg-type]  # never empty


def kind_of(because: Because) -> str:
    """Return which of KINDS a reason is."""
    given = (because.shared, because.movie_id, because.genre, because.liked_with)
    return next((kind for kind, cited in zip(KINDS, given, strict=False) if cited is not None), KINDS[-1])


def _holds(ranker: Explaining, profile: Profile, row: int, because: Because) -> bool:
    """Return whether a reason that cites a film or a genre is true; False for any other."""
    if because.genre is not None:
        others = tuple(genre for genre in profile.genres if genre != because.genre)
        return _matters(ranker, profile, replace(profile, genres=others), row)
    if because.movie_id is None:
        return False
    without = {gone.movie_id: _without(profile, gone) for gone in profile.ratings[-LONGEST_HISTORY:]}
    chances = ranker.outcomes([profile, *without.values()], np.array([row])).chances[:, 0]
    moves = dict(zip(without, np.abs(chances[0] - chances[1:]), strict=True))
    stronger = sum(bool(move > moves[because.movie_id] + ROUNDING) for move in moves.values())
    return stronger < MOST_RATINGS and _matters(ranker, profile, without[because.movie_id], row)


def _is_shared(catalogue: Catalogue, content: Content | None, row: int, because: Because) -> bool:
    """Return whether what a reason says that two films share is so; True where it says nothing of the kind."""
    if because.shared is None or because.movie_id is None:
        return because.shared is None
    if content is None:
        return False
    films = (row, catalogue.row_of[because.movie_id])
    return all(because.shared in {content.names[feature] for feature in content.of(film)} for film in films)


def _without(profile: Profile, gone: Rating) -> Profile:
    return replace(profile, ratings=tuple(rating for rating in profile.ratings if rating is not gone))


def _matters(ranker: Explaining, profile: Profile, without: Profile, row: int) -> bool:
    """Return whether the film falls by LEAST_DROP, or by LEAST_PLACES among all that the list is chosen from."""
    rows = ranker.contenders(profile, PAGE_SIZE)
    told = ranker.outcomes([profile, without], rows)
    film = int(np.flatnonzero(rows == row)[0])
    above = (told.scores > told.scores[:, [film]]).sum(axis=1)  # (2,)
    drop = told.chances[0, film] - told.chances[1, film]
    return bool(drop >= LEAST_DROP - ROUNDING or above[1] - above[0] >= LEAST_PLACES)
