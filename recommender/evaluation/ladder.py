"""The cold-start ladder: who is judged, what each rung reveals of them, and what they went on to like."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.data.catalogue import Catalogue
from recommender.data.corpus import Corpus
from recommender.data.onboarding import onboarding_genres
from recommender.domain import LIKE, Profile, Rating, Stars, UserId
from recommender.errors import CorpusError

# How many ratings each rung reveals; the last is also all that a profile may ever be made of.
RUNGS: Final = (0, 1, 3, 5, 10, 20)
FOLDS: Final = 5
VALIDATION_SHARE: Final = 0.15
FOLD_SEED: Final = 42
VALIDATION_SEED: Final = 43  # plus the fold
SAMPLE_SEED: Final = 44


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """Who trains, who tunes and who judges in one fold: user rows, ascending; `validation` is part of `train`."""

    train: NDArray[np.int64]
    validation: NDArray[np.int64]
    test: NDArray[np.int64]

    @property
    def tuning(self) -> NDArray[np.int64]:
        """Return who trains while settings are chosen: `train` without `validation`."""
        return np.setdiff1d(self.train, self.validation)


@dataclass(frozen=True, slots=True, eq=False)
class Newcomer:
    """A person the ranker has never seen.

    Attributes:
        genres: what they would have chosen at onboarding.
        ratings: their first ones, oldest first; all a profile may be made of.
        history_rows: movie rows of `ratings`, no candidates at any rung.  (history,)
        target_rows: movie rows liked after that.  (targets,)
        asked_at: when they ask at every rung; None for when they rated last, or came to rate anything.
    """

    user_id: UserId
    genres: tuple[str, ...]
    ratings: tuple[Rating, ...]
    history_rows: NDArray[np.int32]
    target_rows: NDArray[np.int32]
    asked_at: datetime | None = None

    def profile(self, k: int) -> Profile:
        """Return what is known of them at rung k."""
        asked_at = self.asked_at or self.ratings[max(0, min(k, len(self.ratings)) - 1)].rated_at
        return Profile(genres=self.genres, ratings=self.ratings[:k], asked_at=asked_at)

    def profile_for_lists(self, k: int) -> Profile:
        """Return the same for lists: what the person rated after the rung is kept out, as at every rung."""
        return replace(self.profile(k), hidden=frozenset(rating.movie_id for rating in self.ratings))


@dataclass(frozen=True, slots=True, eq=False)
class Ladder:
    """The newcomers one ranker is judged on, and the rungs at which it is."""

    newcomers: tuple[Newcomer, ...]
    rungs: tuple[int, ...]
    movie_count: int

    @property
    def user_ids(self) -> NDArray[np.int64]:
        return np.array([newcomer.user_id for newcomer in self.newcomers], dtype=np.int64)


def split_people(user_count: int, fold: int) -> Split:
    """Split user rows (people sorted by id) for one fold of five.

    Raises:
        ValueError: no such fold.
    """
    if not 0 <= fold < FOLDS:
        raise ValueError(f"fold must be 0 to {FOLDS - 1}. Received: fold={fold}")
    test = np.sort(np.random.default_rng(FOLD_SEED).permutation(user_count)[fold::FOLDS])
    train = np.setdiff1d(np.arange(user_count), test)
    shuffled = np.random.default_rng(VALIDATION_SEED + fold).permutation(train)
    return Split(train, np.sort(shuffled[: int(VALIDATION_SHARE * len(train))]), test)


def build_ladder(
    corpus: Corpus, user_rows: NDArray[np.integer], rungs: tuple[int, ...] = RUNGS, *, most: int | None = None
) -> Ladder:
    """Build the ladder of these people; those without a later like are left out.

    Args:
        most: where more people remain, a seeded sample of this many; None for all.
    """
    catalogue, rows = Catalogue(corpus.movies), np.unique(user_rows)
    if most is not None and most < len(rows):
        rows = np.intersect1d(rows, newcomer_rows(corpus, max(rungs)))
        rows = np.sort(np.random.default_rng(SAMPLE_SEED).permutation(rows)[:most])
    everyone = (read_newcomer(corpus, int(row), max(rungs), catalogue) for row in rows)
    return Ladder(tuple(person for person in everyone if len(person.target_rows)), rungs, len(corpus.movies))


def ask_one_genre(ladder: Ladder, catalogue: Catalogue) -> Ladder:
    """Return the asked ladder: the same people, who choose the genre they like most and want films of it.

    Who chose none, or goes on to like no film of it, is left out.
    """
    asked = (_asking(person, catalogue) for person in ladder.newcomers if person.genres)
    return replace(ladder, newcomers=tuple(person for person in asked if len(person.target_rows)))


def _asking(person: Newcomer, catalogue: Catalogue) -> Newcomer:
    genres = person.genres[:1]
    targets = person.target_rows
    return replace(person, genres=genres, target_rows=targets[catalogue.with_genres(genres)[targets]])


def newcomer_rows(corpus: Corpus, history: int = max(RUNGS)) -> NDArray[np.int32]:
    """Return the rows of all people a ladder would judge: those with a like after so many ratings, ascending."""
    return np.unique(corpus.user_rows[(corpus.places >= history) & corpus.likes])


def count_newcomers(corpus: Corpus) -> int:
    """Return how many people a ladder would judge."""
    return len(newcomer_rows(corpus))


def read_newcomer(corpus: Corpus, user_row: int, history: int, catalogue: Catalogue) -> Newcomer:
    """Return one person as the ranker would meet them; without a later like they have no targets.

    Args:
        history: how many of their first ratings a profile may be made of.
    """
    all_of = corpus.of_user(user_row)
    first, later = (
        slice(all_of.start, min(all_of.start + history, all_of.stop)),
        slice(all_of.start + history, all_of.stop),
    )
    rows = corpus.movie_rows[first]
    return Newcomer(
        UserId(int(corpus.user_ids[user_row])),
        onboarding_genres(catalogue.genres[rows], corpus.stars[first] >= LIKE.value),
        tuple(_rating(corpus, place) for place in range(first.start, first.stop)),
        rows,
        corpus.movie_rows[later][corpus.stars[later] >= LIKE.value],
    )


def refuse_leak(train: Corpus, ladder: Ladder) -> None:
    """Raise unless no judged person trains.

    Raises:
        CorpusError: a newcomer's ratings are in `train`.
    """
    refuse_judges(train, ladder.user_ids)


def refuse_judges(train: Corpus, judges: NDArray[np.integer]) -> None:
    """Raise unless none of these people trains.

    Args:
        judges: their ids.  (judges,)

    Raises:
        CorpusError: ratings of one of them are in `train`.
    """
    both = np.intersect1d(train.user_ids, judges)
    if len(both):
        raise CorpusError(f"judged people must not train. Received: {len(both)} of them in both, first {both[0]}")


def _rating(corpus: Corpus, place: int) -> Rating:
    moment = datetime.fromtimestamp(int(corpus.times[place]), UTC)
    return Rating(corpus.movies[corpus.movie_rows[place]].id, Stars(float(corpus.stars[place])), moment)
