"""What is measured of one ranker in one exam, as plain values that a file can keep."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from statistics import median
from typing import Any, Final, Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from benchmarks.board.hall import Fitted, Hall, timed
from recommender.data.metrics import LIST_LENGTH, top_rows
from recommender.domain import Profile, Recommendation
from recommender.evaluation.exams import Exam, Split
from recommender.evaluation.likes import LikeAnswers, judge_newcomers, measure_likes
from recommender.evaluation.new_films import judge_new_films
from recommender.evaluation.ranking import LadderResult, Scorer, evaluate
from recommender.evaluation.registry import Say
from recommender.evaluation.served import Lister, evaluate_served

# Lists of people of all times, lists of those who come as time rolls on, films that nobody rated.
Part = Literal["people", "rolling", "new"]
PARTS: Final[tuple[Part, ...]] = ("people", "rolling", "new")
COMPARED: Final = ("ndcg", "recall", "hit")
# Lists that are timed, of people after so many ratings.
TIMED_PEOPLE: Final = 40
TIMED_RATINGS: Final = 10
DIGITS: Final = 5


@runtime_checkable
class Knowing(Protocol):
    """What tells the chance of a like and makes lists: a ranker of ours."""

    def like_probabilities(self, profile: Profile, movie_rows: NDArray[np.integer]) -> NDArray[np.float64]: ...

    def score_many(self, profiles: Sequence[Profile], *, novelty: float = 0.0) -> NDArray[np.float32]: ...

    def recommend(self, profile: Profile, k: int) -> list[Recommendation]: ...


def measure(hall: Hall, place: str, part: Part, fold: int, say: Say) -> dict[str, Any]:
    """Fit a ranker and judge it; new films are for networks alone."""
    if part == "new":
        return measure_new_films(hall, place, fold)
    return measure_lists(hall, place, part, fold, say)


def measure_lists(hall: Hall, place: str, split: Split, fold: int, say: Say) -> dict[str, Any]:
    """Return the lists as shown and as scored, chances of likes, and what it all took."""
    exam = hall.exam(split, fold)
    fitted = hall.fit(place, exam, (split, fold), say)
    say("judging")
    scored = evaluate(fitted.scorer, exam.ladder, exam.train)
    served = None
    if isinstance(fitted.scorer, Lister):
        served = evaluate_served(fitted.scorer, exam.ladder, exam.train).result
    return {
        "settings": dict(fitted.settings),
        "user_ids": exam.ladder.user_ids.tolist(),
        "rungs": list(exam.ladder.rungs),
        "is_served": served is not None,
        "shown": _by_person(served or scored),
        "scored": _by_person(scored),
        "likes": _likes(fitted.scorer, hall, exam),
        **_costs(fitted, exam),
    }


def measure_new_films(hall: Hall, place: str, fold: int) -> dict[str, Any]:
    """Return the area under the chances of films that nobody rated, and how much of lists they are."""

    def fit(train: Any) -> Any:
        return hall.fit_network(place, train, ("new", fold)).scorer

    found = judge_new_films(fit, hall.corpus, fold, on_validation=hall.judges == "validation", dials=(0.0,))
    metrics = [measure_likes(answers) for answers in found.ours.values()]
    return {
        "auc": round(float(np.mean([each.auc for each in metrics])), DIGITS),
        "share": round(float(found.shares[0.0].mean()), DIGITS),
    }


def _by_person(result: LadderResult) -> dict[str, list[list[float]]]:
    return {name: np.round(result.metric(name), DIGITS).tolist() for name in COMPARED}


def _likes(scorer: Scorer, hall: Hall, exam: Exam) -> Mapping[str, list[float | None]] | None:
    """Return log loss and area at every rung; None of what tells no chances."""
    if not isinstance(scorer, Knowing):
        return None
    rows = np.searchsorted(hall.corpus.user_ids, exam.ladder.user_ids)
    answers: dict[int, LikeAnswers] = judge_newcomers(scorer, hall.corpus, rows)
    metrics = [measure_likes(each) for each in answers.values()]
    return {name: [_plain(getattr(each, name)) for each in metrics] for name in ("log_loss", "auc")}


def _costs(fitted: Fitted, exam: Exam) -> dict[str, Any]:
    profiles = [person.profile(TIMED_RATINGS) for person in exam.ladder.newcomers[:TIMED_PEOPLE]]
    make = _list_maker(fitted.scorer)
    make(profiles[0])
    return {
        "train_s": round(fitted.seconds, 2),
        "list_ms": round(1_000 * median(timed(partial(make, profile))[1] for profile in profiles), 3),
        "parameters": fitted.parameters,
        "bundle_bytes": fitted.bundle_bytes,
    }


def _list_maker(scorer: Scorer) -> Callable[[Profile], object]:
    """Return what makes a list as the chat asks for it; of what makes none, the best of its scores."""
    if isinstance(scorer, Knowing):
        return lambda profile: scorer.recommend(profile, LIST_LENGTH)
    return lambda profile: top_rows(scorer.score(profile), LIST_LENGTH)


def _plain(value: float) -> float | None:
    return None if math.isnan(value) else round(value, DIGITS)
