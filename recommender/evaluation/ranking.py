"""Rankers judged on the ladder: what a scorer's lists are worth to people it has never seen, rung by rung."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from recommender.data.corpus import Corpus
from recommender.data.metrics import LIST_LENGTH, are_targets, first_rank, ndcg, top_rows
from recommender.domain import Profile
from recommender.evaluation.ladder import Ladder, Newcomer, refuse_leak

# People scored at once: 64 x 87,000 movies in float32 are 22 MB.
BATCH: Final = 64
METRICS: Final = ("ndcg", "recall", "hit", "mrr", "novelty")


class Scorer(Protocol):
    """What the ladder judges: a score for every movie of the corpus it was fitted on, for any person."""

    def score(self, profile: Profile) -> NDArray[np.float32]:
        """Return one score per movie row, higher is better, none NaN.  (movies,)"""
        ...


@runtime_checkable
class BatchScorer(Protocol):
    """A scorer that is faster with many people at once."""

    def score_many(self, profiles: Sequence[Profile]) -> NDArray[np.float32]:
        """Return `score` of each profile.  (people, movies)"""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class LadderResult:
    """One ranker's result: each person's values are kept, so that rankers can be compared in pairs.

    Attributes:
        user_ids: who judged, in the order of the people axis.  (people,)
        lists: movie rows of each top ten, best first.  (rungs, people, 10)
        ndcg, recall, hit, mrr, novelty: (rungs, people) each
        coverage: share of the catalogue in any list, fold by fold averaged.  (rungs,)
    """

    rungs: tuple[int, ...]
    user_ids: NDArray[np.int64]
    lists: NDArray[np.int32]
    ndcg: NDArray[np.float64]
    recall: NDArray[np.float64]
    hit: NDArray[np.float64]
    mrr: NDArray[np.float64]
    novelty: NDArray[np.float64]
    coverage: NDArray[np.float64]

    def metric(self, name: str) -> NDArray[np.float64]:
        """Return a metric's values by its name in METRICS.  (rungs, people)"""
        values: NDArray[np.float64] = getattr(self, name)
        return values


def evaluate(
    scorer: Scorer, ladder: Ladder, train: Corpus, *, on_batch: Callable[[int], None] = lambda people: None
) -> LadderResult:
    """Judge a fitted scorer at every rung of the ladder.

    Args:
        train: what the scorer learned from: judged people must be absent, and novelty is measured by it.
        on_batch: called with the number of people just judged, for progress.

    Raises:
        CorpusError: a judged person is in `train`.
        ValueError: scores of another shape than (movies,), or NaN.
    """
    refuse_leak(train, ladder)
    surprise, result = self_information(train), blank_result(ladder)
    for rung, k in enumerate(ladder.rungs):
        for start in range(0, len(ladder.newcomers), BATCH):
            people = ladder.newcomers[start : start + BATCH]
            _judge(result, (rung, slice(start, start + len(people))), people, _scores(scorer, people, k, ladder))
            on_batch(len(people))
        result.coverage[rung] = len(np.unique(result.lists[rung])) / ladder.movie_count
    result.novelty[:] = surprise[result.lists].mean(axis=2)
    return result


def pool(results: Sequence[LadderResult]) -> LadderResult:
    """Return the folds of one ranker as one result, people one after another."""
    return LadderResult(
        results[0].rungs,
        np.concatenate([result.user_ids for result in results]),
        np.concatenate([result.lists for result in results], axis=1),
        **{name: np.concatenate([result.metric(name) for result in results], axis=1) for name in METRICS},
        coverage=np.mean([result.coverage for result in results], axis=0),
    )


def blank_result(ladder: Ladder) -> LadderResult:
    """Return room for a result, all zeros."""
    shape = (len(ladder.rungs), len(ladder.newcomers))
    length = max(1, min(LIST_LENGTH, ladder.movie_count - max(ladder.rungs)))
    lists = np.zeros((*shape, length), dtype=np.int32)
    values = {name: np.zeros(shape) for name in METRICS}
    return LadderResult(ladder.rungs, ladder.user_ids, lists, **values, coverage=np.zeros(shape[0]))


def _scores(scorer: Scorer, people: Sequence[Newcomer], k: int, ladder: Ladder) -> NDArray[np.float32]:
    """Return checked scores with everything the person has already met taken out.  (people, movies)"""
    profiles = [person.profile(k) for person in people]
    if isinstance(scorer, BatchScorer):
        scores = np.array(scorer.score_many(profiles))
    else:
        scores = np.stack([scorer.score(profile) for profile in profiles])
    if scores.shape != (len(people), ladder.movie_count) or np.isnan(scores).any():
        expected = (len(people), ladder.movie_count)
        raise ValueError(f"scores must be {expected} without NaN. Received: shape {scores.shape}")
    for place, person in enumerate(people):
        scores[place, person.history_rows] = -np.inf
    return scores


def _judge(
    result: LadderResult, where: tuple[int, slice], people: Sequence[Newcomer], scores: NDArray[np.float32]
) -> None:
    """Write one batch's lists and metrics into the result.

    Args:
        where: the rung and the people's places.
        scores: (people, movies)
    """
    length = result.lists.shape[2]
    lists = np.stack([top_rows(row, length) for row in scores])  # (people, length)
    hits = np.stack([are_targets(top, person.target_rows) for top, person in zip(lists, people, strict=True)])
    possible = np.minimum(LIST_LENGTH, [len(person.target_rows) for person in people])  # (people,)
    ranks = np.array([first_rank(row, person.target_rows) for row, person in zip(scores, people, strict=True)])
    result.lists[where] = lists
    result.ndcg[where] = ndcg(hits, possible)
    result.recall[where] = hits.sum(axis=1) / possible
    result.hit[where] = hits.any(axis=1)
    result.mrr[where] = 1 / ranks


def self_information(train: Corpus) -> NDArray[np.float64]:
    """Return each movie's self-information in bits, -log2 of the share who rated it (Zhou et al. 2010, section 4).

    One rater is added to every movie, so that movies nobody rated stay finite.  (movies,)
    """
    raters = np.bincount(train.movie_rows, minlength=len(train.movies))
    surprise: NDArray[np.float64] = -np.log2((raters + 1) / (train.user_count + 1))
    return surprise
