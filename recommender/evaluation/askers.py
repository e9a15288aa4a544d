"""Ways to choose an interview's next question that ours is measured beside, all among the films that ours may ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from recommender.data.catalogue import Catalogue
from recommender.data.corpus import Corpus
from recommender.domain import MovieId, Profile
from recommender.ranking.questions import askable

# How much an unknown film counts beside each number of stars (Rashid et al. 2008, section 4.1.2: half gave the best).
UNKNOWN_WEIGHT: Final = 0.5
# Stars are read as five grades, so that half stars split nothing.
GRADES: Final = 5
OURS: Final = "ours"


class Questioner(Protocol):
    """What knows which films to ask somebody about: a ranker or a floor."""

    def questions(self, profile: Profile, k: int, *, skipped: Set[MovieId] = frozenset()) -> list[MovieId]:
        """Return at most k films, those to be asked first."""
        ...


class Asker(Protocol):
    """A way to choose the next question."""

    def next_question(self, profile: Profile, skipped: Set[MovieId], draws: np.random.Generator) -> MovieId | None:
        """Return the film to ask about next; None where none is left.

        Args:
            profile: what is known by now, answers included.
            skipped: films asked about that the person had not seen.
            draws: the person's own chance.
        """
        ...


@dataclass(frozen=True, slots=True)
class Ours:
    """The bot's own questions."""

    questioner: Questioner

    def next_question(self, profile: Profile, skipped: Set[MovieId], draws: np.random.Generator) -> MovieId | None:
        return next(iter(self.questioner.questions(profile, 1, skipped=skipped)), None)


@dataclass(frozen=True, slots=True)
class AtRandom:
    """Any film of the chosen genres."""

    catalogue: Catalogue

    def next_question(self, profile: Profile, skipped: Set[MovieId], draws: np.random.Generator) -> MovieId | None:
        rows = askable(profile, self.catalogue, skipped)
        return self.catalogue.movies[draws.choice(rows)].id if len(rows) else None


@dataclass(frozen=True, slots=True, eq=False)
class InOrder:
    """The films of the chosen genres in one order for everybody, the largest values first.  values: (movies,)"""

    catalogue: Catalogue
    values: NDArray[np.floating]

    def next_question(self, profile: Profile, skipped: Set[MovieId], draws: np.random.Generator) -> MovieId | None:
        rows = askable(profile, self.catalogue, skipped)
        return self.catalogue.movies[rows[self.values[rows].argmax()]].id if len(rows) else None


def all_askers(train: Corpus, questioner: Questioner) -> dict[str, Asker]:
    """Return ours and what it is measured beside, by name."""
    catalogue = Catalogue(train.movies)
    orders = {name: InOrder(catalogue, order(_grade_counts(train), train.user_count)) for name, order in ORDERS.items()}
    return {OURS: Ours(questioner), "random": AtRandom(catalogue), **orders}


def popularity(counts: NDArray[np.float64], people: int) -> NDArray[np.float64]:
    """Return how many people rated each film.  counts: (movies, grades); returns (movies,)"""
    return np.asarray(counts.sum(axis=1))


def log_popularity_entropy(counts: NDArray[np.float64], people: int) -> NDArray[np.float64]:
    """Return the log of each film's ratings times the entropy of its stars (Rashid et al. 2002, section 3.4)."""
    ratings = counts.sum(axis=1)
    return np.asarray(np.log2(np.maximum(1, ratings)) * _entropy(counts / np.maximum(1, ratings)[:, None]).sum(axis=1))


def entropy0(counts: NDArray[np.float64], people: int) -> NDArray[np.float64]:
    """Return the entropy of what people could say of a film, "not seen" included (Rashid et al. 2008).  (movies,)"""
    unknown = people - counts.sum(axis=1)
    shares = np.column_stack([unknown, counts]) / people  # (movies, 1 + grades)
    weights = np.array([UNKNOWN_WEIGHT, *np.ones(GRADES)])
    return np.asarray(_entropy(shares) @ weights / weights.sum())


ORDERS: Final[Mapping[str, Callable[[NDArray[np.float64], int], NDArray[np.float64]]]] = {
    "popularity": popularity,
    "log popularity x entropy": log_popularity_entropy,
    "Entropy0": entropy0,
}


def _entropy(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    return -shares * np.log2(np.where(shares > 0, shares, 1))


def _grade_counts(train: Corpus) -> NDArray[np.float64]:
    """Return how many people gave each film one star or less, two, and so on.  (movies, grades)"""
    grades = np.ceil(train.stars).astype(np.int64) - 1
    places = train.movie_rows * GRADES + grades
    return np.bincount(places, minlength=len(train.movies) * GRADES).reshape(-1, GRADES).astype(np.float64)
