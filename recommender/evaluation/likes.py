"""How sure: probabilities of a like, judged on ratings that were not seen, by people known or new."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from recommender.data.catalogue import Catalogue
from recommender.data.corpus import Corpus
from recommender.data.statistics import Statistics, count_statistics
from recommender.domain import LIKE, Profile
from recommender.evaluation.ladder import RUNGS, SAMPLE_SEED, Newcomer, read_newcomer, refuse_judges

BINS: Final = 15
# A probability of exactly 0 or 1 that is wrong would cost without bound.
LEAST_CHANCE: Final = 1e-6
# Of each known person's ratings, the last ones are judged.
JUDGED_SHARE: Final = 0.2
# Ratings at their film's own like rate that a person is given before their own count.
PERSON_PRIOR: Final = 5


class LikeScorer(Protocol):
    """What is judged here: the chance that someone likes a film they are about to rate."""

    def like_probabilities(self, profile: Profile, movie_rows: NDArray[np.integer]) -> NDArray[np.float64]:
        """Return a chance in [0, 1] for each of the movies.  (movies,)"""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class LikeAnswers:
    """Chances given beside what happened, one rating each; people one after another.  (ratings,) each"""

    people: NDArray[np.int64]
    chances: NDArray[np.float64]
    liked: NDArray[np.bool_]

    @property
    def log_losses(self) -> NDArray[np.float64]:
        """Return each rating's log loss, for paired comparison.  (ratings,)"""
        right = np.where(self.liked, self.chances, 1 - self.chances)
        losses: NDArray[np.float64] = -np.log(np.maximum(right, LEAST_CHANCE))
        return losses


@dataclass(frozen=True, slots=True)
class LikeMetrics:
    """`auc` and `person_auc` are NaN where nobody has both likes and others."""

    auc: float
    person_auc: float
    accuracy: float
    log_loss: float
    calibration_error: float


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Ratings of about equal chance: what was said, what happened."""

    count: int
    mean_chance: float
    liked_share: float


class FilmAndPersonMeans:
    """The floor: a film's share of likes plus by how much this person is more generous than others."""

    def __init__(self, corpus: Corpus) -> None:
        self._catalogue = Catalogue(corpus.movies)
        statistics: Statistics = count_statistics(corpus)
        self._rates = statistics.like_rates  # (movies,)

    def like_probabilities(self, profile: Profile, movie_rows: NDArray[np.integer]) -> NDArray[np.float64]:
        known = [rating for rating in profile.ratings if rating.movie_id in self._catalogue.row_of]
        rows = self._catalogue.rows(rating.movie_id for rating in known)
        liked = np.array([rating.stars >= LIKE for rating in known], dtype=np.float64)
        user_bias = (liked - self._rates[rows]).sum() / (len(known) + PERSON_PRIOR)
        chances: NDArray[np.float64] = np.clip(self._rates[movie_rows] + user_bias, 0.02, 0.98)
        return chances


def fit_and_judge(
    fit: Callable[[Corpus], LikeScorer],
    corpus: Corpus,
    learner_rows: NDArray[np.integer],
    judge_rows: NDArray[np.integer],
    rungs: Sequence[int] = RUNGS,
) -> dict[int, LikeAnswers]:
    """Fit on the learners' corpus alone, and ask about the judges as judge_newcomers does.

    Raises:
        CorpusError: somebody both learns and judges.
    """
    train = corpus.only(learner_rows)
    refuse_judges(train, corpus.user_ids[judge_rows])
    return judge_newcomers(fit(train), corpus, judge_rows, rungs)


def judge_newcomers(
    scorer: LikeScorer, corpus: Corpus, user_rows: NDArray[np.integer], rungs: Sequence[int] = RUNGS
) -> dict[int, LikeAnswers]:
    """Ask, at every rung, about all that held-out people rated after the ratings a profile may be made of."""
    catalogue, answers = Catalogue(corpus.movies), dict[int, LikeAnswers]()
    people = [(row, read_newcomer(corpus, int(row), max(rungs), catalogue)) for row in np.unique(user_rows)]
    later = [(person, _later(corpus, int(row), max(rungs))) for row, person in people]
    for k in rungs:
        parts = [_ask(scorer, person, k, corpus, where) for person, where in later if where.stop > where.start]
        answers[k] = join_answers(parts)
    return answers


def sample_judges(
    corpus: Corpus, user_rows: NDArray[np.integer], most: int | None, history: int = max(RUNGS)
) -> NDArray[np.int64]:
    """Return those of these people who rated more than `history` films; where they are more, a seeded sample.

    Args:
        most: how many at most; None for all.
    """
    rows = np.asarray(user_rows, dtype=np.int64)
    rows = np.unique(rows[np.diff(corpus.starts)[rows] > history])
    return np.sort(np.random.default_rng(SAMPLE_SEED).permutation(rows)[:most])


def measure_likes(answers: LikeAnswers) -> LikeMetrics:
    """Return the metrics of one rung.

    Raises:
        ValueError: no rating, or a chance outside [0, 1].
    """
    if not len(answers.liked) or not ((answers.chances >= 0) & (answers.chances <= 1)).all():
        raise ValueError(f"chances must be in [0, 1]. Received: {len(answers.liked)} ratings, {answers.chances[:3]}")
    return LikeMetrics(
        auc=roc_auc(answers.chances, answers.liked),
        person_auc=float(np.mean(areas)) if len(areas := _known_aucs(answers)) else float("nan"),
        accuracy=float(((answers.chances >= 0.5) == answers.liked).mean()),
        log_loss=float(answers.log_losses.mean()),
        calibration_error=calibration_error(reliability(answers)),
    )


def reliability(answers: LikeAnswers, bins: int = BINS) -> list[ReliabilityBin]:
    """Return bins of equal count, by rising chance; what the reliability diagram draws."""
    order = np.argsort(answers.chances, kind="stable")
    return [
        ReliabilityBin(len(rows), float(answers.chances[rows].mean()), float(answers.liked[rows].mean()))
        for rows in np.array_split(order, bins)
        if len(rows)
    ]


def calibration_error(bins: Sequence[ReliabilityBin]) -> float:
    """Return the expected calibration error (Naeini, Cooper, Hauskrecht 2015; bins of equal count)."""
    total = sum(part.count for part in bins)
    return sum(part.count * abs(part.mean_chance - part.liked_share) for part in bins) / total


def roc_auc(scores: NDArray[np.floating], liked: NDArray[np.bool_]) -> float:
    """Return the chance that a liked one is scored above another, ties half (Hanley and McNeil 1982)."""
    likes, others = int(liked.sum()), int((~liked).sum())
    if not likes or not others:
        return float("nan")
    _, places, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[places]  # mean rank among equals, from 1
    return float((ranks[liked].sum() - likes * (likes + 1) / 2) / (likes * others))


def person_aucs(answers: LikeAnswers) -> NDArray[np.float64]:
    """Return the area under the curve of each person; NaN for those without both likes and others.  (people,)"""
    bounds = np.flatnonzero(np.diff(answers.people)) + 1
    pairs = zip(np.split(answers.chances, bounds), np.split(answers.liked, bounds), strict=True)
    return np.array([roc_auc(chances, liked) for chances, liked in pairs])


def join_answers(parts: Sequence[LikeAnswers]) -> LikeAnswers:
    """Return answers one after another; empty when there are none."""
    return LikeAnswers(
        np.concatenate([np.empty(0, dtype=np.int64), *(part.people for part in parts)]),
        np.concatenate([np.empty(0), *(part.chances for part in parts)]),
        np.concatenate([np.empty(0, dtype=np.bool_), *(part.liked for part in parts)]),
    )


def split_last_ratings(corpus: Corpus) -> NDArray[np.bool_]:
    """Return which ratings are judged when people are known: the last fifth of each person's.  (ratings,)"""
    lengths = np.diff(corpus.starts)
    first_judged = np.repeat(lengths - np.floor(JUDGED_SHARE * lengths).astype(np.int64), lengths)
    judged: NDArray[np.bool_] = corpus.places >= first_judged
    return judged


def _later(corpus: Corpus, user_row: int, history: int) -> slice:
    all_of = corpus.of_user(user_row)
    return slice(min(all_of.start + history, all_of.stop), all_of.stop)


def _ask(scorer: LikeScorer, person: Newcomer, k: int, corpus: Corpus, where: slice) -> LikeAnswers:
    chances = scorer.like_probabilities(person.profile(k), corpus.movie_rows[where]).astype(np.float64)
    return LikeAnswers(
        np.full(len(chances), person.user_id, dtype=np.int64), chances, corpus.stars[where] >= LIKE.value
    )


def _known_aucs(answers: LikeAnswers) -> NDArray[np.float64]:
    areas = person_aucs(answers)
    return areas[~np.isnan(areas)]
