"""Exams: who judges a ranker and what it may learn from, fold by fold over people, or block by block as time rolls on.

A fold deals people out at random: a ranker learns from the others, whenever they rated. A block is as life is: people
in the order in which they came, the later half of them in blocks, and learned from is what had been rated when a block
began.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from recommender.data.corpus import Corpus
from recommender.errors import CorpusError
from recommender.evaluation.ladder import FOLDS, VALIDATION_SHARE, Ladder, build_ladder, split_people

# How a corpus is split into exams.
Split = Literal["people", "rolling"]
# As many blocks as there are folds, of the later half of all people.
ROLLING_SHARE: Final = 0.5
# When everybody asks who asks today: later than any rating that a corpus holds.
TODAY: Final = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, eq=False)
class Exam:
    """What one ranker is fitted on, tuned on and judged by.

    Attributes:
        train: what it learns from.
        validation: rows of `train`'s people who choose its settings; the others teach meanwhile.  (people,)
        ladder: who judges it, none of them in `train`.
    """

    train: Corpus
    validation: NDArray[np.int64]
    ladder: Ladder

    @property
    def tuning(self) -> Corpus:
        """Return what teaches while settings are chosen: `train` without validation people."""
        return self.train.only(np.setdiff1d(np.arange(self.train.user_count), self.validation))


def set_exam(corpus: Corpus, split: Split, number: int, most_people: int | None = None) -> Exam:
    """Return one of five exams over a corpus.

    Args:
        most_people: as many judge at most, a seeded sample; None for all.

    Raises:
        CorpusError: nobody rated anything before the block began.
        ValueError: no such exam.
    """
    if split == "rolling":
        return _rolling(corpus, number, most_people)
    people = split_people(corpus.user_count, number)
    ladder = build_ladder(corpus, people.test, most=most_people)
    return Exam(corpus.only(people.train), np.searchsorted(people.train, people.validation), ladder)


def _rolling(corpus: Corpus, number: int, most_people: int | None) -> Exam:
    if not 0 <= number < FOLDS:
        raise ValueError(f"block must be 0 to {FOLDS - 1}. Received: block={number}")
    order = by_first_rating(corpus)
    judged = np.array_split(order[len(order) - int(ROLLING_SHARE * len(order)) :], FOLDS)[number]
    begins = corpus.times[corpus.starts[:-1][judged[:1]]]
    known = corpus.times < begins if len(begins) else np.zeros(corpus.rating_count, dtype=np.bool_)
    if not known.any():
        raise CorpusError(f"a block needs ratings from before it began. Received: none before block {number}")
    train = corpus.keeping(known)
    newest = by_first_rating(train)[train.user_count - int(VALIDATION_SHARE * train.user_count) :]
    return Exam(train, np.sort(newest), build_ladder(corpus, judged, most=most_people))


def by_first_rating(corpus: Corpus) -> NDArray[np.int64]:
    """Return the rows of people in the order in which they gave their first rating.  (users,)"""
    return np.argsort(corpus.times[corpus.starts[:-1]], kind="stable")


def ask_today(ladder: Ladder, today: datetime = TODAY) -> Ladder:
    """Return the ladder of the same people, who all ask today, however old the corpus is."""
    return replace(ladder, newcomers=tuple(replace(person, asked_at=today) for person in ladder.newcomers))
