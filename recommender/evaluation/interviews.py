"""Interviews of people of a corpus: half of what they rated can answer, the other half holds what they like.

A film outside the answering half is one that they have not seen, whatever they gave it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.data.catalogue import Catalogue
from recommender.data.corpus import Corpus
from recommender.data.metrics import LIST_LENGTH, are_targets, ndcg, top_rows
from recommender.data.onboarding import onboarding_genres
from recommender.domain import LIKE, Movie, MovieId, Profile, Rating, Stars, UserId
from recommender.evaluation.askers import Asker
from recommender.evaluation.ladder import SAMPLE_SEED, refuse_judges
from recommender.evaluation.ranking import BATCH, BatchScorer

# After how many questions lists are judged; the last is also how long an interview is.
ASKED: Final = (1, 3, 5, 10)
# Who rated fewer films has too few to answer with and too few to be judged by.
FEWEST_RATINGS: Final = 30
# Everybody's ratings are halved so often and the figures averaged: which half a film falls into is chance.
HALVINGS: Final = 4
HALVING_SEED: Final = 46


@dataclass(frozen=True, slots=True, eq=False)
class Interviewee:
    """A person the ranker has never seen, about to be interviewed.

    Attributes:
        halving: which of HALVINGS this is.
        genres: what they would have chosen at onboarding, told from the half that answers.
        answers: that half by movie row, rated when they came.
        target_rows: movie rows liked in the other half.  (targets,)
    """

    user_id: UserId
    halving: int
    genres: tuple[str, ...]
    answers: Mapping[int, Rating]
    target_rows: NDArray[np.int64]
    came_at: datetime

    def profile(self, asked: Sequence[int]) -> Profile:
        """Return what is known of them after these questions.  asked: movie rows"""
        given = tuple(self.answers[row] for row in asked if row in self.answers)
        return Profile(self.genres, given, asked_at=self.came_at)


@dataclass(frozen=True, slots=True, eq=False)
class InterviewResult:
    """What each way of asking came to, by its name: each person's mean over the halvings.

    Attributes:
        user_ids: who judged.  (people,)
        ndcg: of the list after so many questions.  (rungs, people) each
        answered: how many of the questions were answered.  (rungs, people) each
    """

    rungs: tuple[int, ...]
    user_ids: NDArray[np.int64]
    ndcg: Mapping[str, NDArray[np.float64]]
    answered: Mapping[str, NDArray[np.float64]]


def find_interviewees(
    corpus: Corpus, user_rows: NDArray[np.integer], *, most: int | None = None
) -> tuple[Interviewee, ...]:
    """Return these people once a halving, those left out who rated too little or like nothing in the other half.

    Args:
        most: where more people remain, a seeded sample of this many; None for all.
    """
    rows, catalogue = np.unique(user_rows), Catalogue(corpus.movies)
    rows = rows[np.diff(corpus.starts)[rows] >= FEWEST_RATINGS]
    if most is not None and most < len(rows):
        rows = np.sort(np.random.default_rng(SAMPLE_SEED).permutation(rows)[:most])
    everyone = (_halved(corpus, int(row), halving, catalogue) for row in rows for halving in range(HALVINGS))
    return tuple(person for person in everyone if len(person.target_rows))


def judge_interviews(
    scorer: BatchScorer,
    askers: Mapping[str, Asker],
    people: Sequence[Interviewee],
    train: Corpus,
    *,
    on_step: Callable[[str], None] = lambda step: None,
) -> InterviewResult:
    """Interview everybody in every way, and judge the lists that follow.

    What a person could answer and what anybody asked them leaves their candidates and targets, for all ways alike; who
    has no target left is left out.

    Args:
        train: what the scorer learned from: judged people must be absent.
        on_step: told what is at work, for progress.

    Raises:
        CorpusError: a judged person is in `train`.
    """
    refuse_judges(train, np.array([person.user_id for person in people], dtype=np.int64))
    catalogue, asked = Catalogue(train.movies), dict[str, list[list[int]]]()
    for name, asker in askers.items():
        on_step(f"asking, {name}")
        asked[name] = [interview(person, asker, catalogue) for person in people]
    everyone = [_judge_of(person, ways) for person, *ways in zip(people, *asked.values(), strict=True)]
    judges = [judge for judge in everyone if len(judge.target_rows)]
    user_ids = np.array([judge.person.user_id for judge in judges], dtype=np.int64)
    values, answered = dict[str, NDArray[np.float64]](), dict[str, NDArray[np.float64]]()
    for way, name in enumerate(asked):
        on_step(f"judging, {name}")
        values[name] = _by_person(user_ids, np.array([_judge(scorer, judges, way, k) for k in ASKED]))
        answered[name] = _by_person(user_ids, np.array([[judge.answered(way, k) for judge in judges] for k in ASKED]))
    return InterviewResult(ASKED, np.unique(user_ids), values, answered)


def interview(person: Interviewee, asker: Asker, catalogue: Catalogue, questions: int = max(ASKED)) -> list[int]:
    """Return the movie rows that somebody is asked about, in order."""
    draws = np.random.default_rng((HALVING_SEED, int(person.user_id), person.halving))
    asked, skipped = list[int](), set[MovieId]()
    for _ in range(questions):
        movie_id = asker.next_question(person.profile(asked), skipped, draws)
        if movie_id is None:
            break
        asked.append(catalogue.row_of[movie_id])
        if asked[-1] not in person.answers:
            skipped.add(movie_id)
    return asked


def pool_interviews(results: Sequence[InterviewResult]) -> InterviewResult:
    """Return the folds as one result, people one after another."""
    names = results[0].ndcg
    return InterviewResult(
        results[0].rungs,
        np.concatenate([result.user_ids for result in results]),
        {name: np.concatenate([result.ndcg[name] for result in results], axis=1) for name in names},
        {name: np.concatenate([result.answered[name] for result in results], axis=1) for name in names},
    )


def _halved(corpus: Corpus, user_row: int, halving: int, catalogue: Catalogue) -> Interviewee:
    all_of, user_id = corpus.of_user(user_row), int(corpus.user_ids[user_row])
    rows, stars = corpus.movie_rows[all_of], corpus.stars[all_of]
    order = np.random.default_rng((HALVING_SEED, user_id, halving)).permutation(len(rows))
    answers, others = np.sort(order[: len(rows) // 2]), order[len(rows) // 2 :]
    came_at = datetime.fromtimestamp(int(corpus.times[all_of][0]), UTC)
    return Interviewee(
        UserId(user_id),
        halving,
        onboarding_genres(catalogue.genres[rows[answers]], stars[answers] >= LIKE.value),
        {int(rows[place]): _rating(corpus.movies[rows[place]], stars[place], came_at) for place in answers},
        rows[others][stars[others] >= LIKE.value].astype(np.int64),
        came_at,
    )


def _rating(movie: Movie, stars: np.floating, rated_at: datetime) -> Rating:
    return Rating(movie.id, Stars(float(stars)), rated_at)


@dataclass(frozen=True, slots=True, eq=False)
class _Judge:
    """Somebody interviewed in every way, in one halving.

    Attributes:
        asked: movie rows in the order of asking, one sequence a way.
        met: what leaves their candidates.  (films,)
        target_rows: what they like among the rest.  (targets,)
    """

    person: Interviewee
    asked: Sequence[Sequence[int]]
    met: NDArray[np.int64]
    target_rows: NDArray[np.int64]

    def profile(self, way: int, k: int) -> Profile:
        return self.person.profile(self.asked[way][:k])

    def answered(self, way: int, k: int) -> int:
        return sum(row in self.person.answers for row in self.asked[way][:k])


def _judge_of(person: Interviewee, asked: Sequence[Sequence[int]]) -> _Judge:
    met = np.unique([*person.answers, *(row for rows in asked for row in rows)]).astype(np.int64)
    return _Judge(person, asked, met, np.setdiff1d(person.target_rows, met))


def _judge(scorer: BatchScorer, judges: Sequence[_Judge], way: int, k: int) -> NDArray[np.float64]:
    """Return the NDCG of everybody's list after k questions.  (judges,)"""
    found = list[float]()
    for start in range(0, len(judges), BATCH):
        some = judges[start : start + BATCH]
        scores = np.array(scorer.score_many([judge.profile(way, k) for judge in some]))  # (some, movies)
        for judge, row in zip(some, scores, strict=True):
            row[judge.met] = -np.inf
            hits = are_targets(top_rows(row, LIST_LENGTH), judge.target_rows)
            found.append(float(ndcg(hits[None], np.array([len(judge.target_rows)]))[0]))
    return np.array(found)


def _by_person(user_ids: NDArray[np.int64], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return each person's mean over the halvings, people by id.  values: (rungs, judges); returns (rungs, people)"""
    _, starts, counts = np.unique(user_ids, return_index=True, return_counts=True)
    return np.asarray(np.add.reduceat(values, starts, axis=1) / counts)
