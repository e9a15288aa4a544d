"""How sure, as plain values: chances of a like beside the means of film and person, rung by rung."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from recommender.evaluation.auc import auc_difference, has_auc, person_auc_difference
from recommender.evaluation.bootstrap import Difference, paired_intervals
from recommender.evaluation.likes import (
    BINS,
    LikeAnswers,
    LikeMetrics,
    calibration_error,
    join_answers,
    measure_likes,
    reliability,
)

# How often a fold's people are drawn anew to tell what calibration error right chances would show.
DRAWS: Final = 1_000
DRAW_SEED: Final = 2026
# How many crowds of a size are drawn to tell what its calibration error shows.
CROWDS: Final = 100
DIGITS: Final = 5

# Each rung's answers, one a fold.
ByRung = Mapping[int, Sequence[LikeAnswers]]


@dataclass(frozen=True, slots=True)
class LikeRung:
    """What one rung came to.

    Attributes:
        gain: by how much our log loss is the smaller.
        errors, errors_of_means: calibration error fold by fold.
        expected_error: what a fold would show on average if every chance were right.
    """

    k: int
    ours: LikeMetrics
    means: LikeMetrics
    gain: Difference
    errors: tuple[float, ...]
    errors_of_means: tuple[float, ...]
    expected_error: float


def measure_rungs(ours: ByRung, means: ByRung) -> list[LikeRung]:
    """Return the figures of every rung."""
    return [_measure(k, ours[k], means[k]) for k in ours]


def describe_likes(ours: ByRung, means: ByRung) -> dict[str, Any]:
    """Return every rung's figures beside the means', with the folds' people as one but where it says by fold.

    None stands for an area that nobody has, where all ratings are likes or none.
    """
    anyone = join_answers(next(iter(ours.values())))
    return {
        "people": len(np.unique(anyone.people)),
        "ratings": len(anyone.liked),
        "liked_share": round(float(anyone.liked.mean()), DIGITS),
        "rungs": [
            _describe(rung, join_answers(ours[rung.k]), join_answers(means[rung.k]))
            for rung in measure_rungs(ours, means)
        ],
    }


def loss_gain(ours: LikeAnswers, other: LikeAnswers) -> Difference:
    """Return by how much our mean log loss over ratings is the smaller, people resampled with their ratings.

    Each person stands for their share of the ratio's error (linearised: Cochran 1977, section 6.3).
    """
    _, places = np.unique(ours.people, return_inverse=True)
    counts = np.bincount(places).astype(np.float64)  # (people,)
    gains = np.bincount(places, other.log_losses - ours.log_losses)  # (people,)
    mean = gains.sum() / counts.sum()
    return paired_intervals((mean + (gains - mean * counts) / counts.mean())[None])[0]


def expected_error(folds: Sequence[LikeAnswers]) -> float:
    """Return the calibration error a fold would show if every chance were right but for who happens to be in it.

    What people have in common is taken out of each bin over all folds; what is left goes with people, who are drawn
    anew with all their ratings (Efron and Tibshirani 1993, section 8.5).
    """
    pooled = join_answers(folds)
    order = np.argsort(pooled.chances, kind="stable")
    left = pooled.liked - pooled.chances  # (ratings,)
    for rows in np.array_split(order, BINS):
        left[rows] -= left[rows].mean() if len(rows) else 0
    ends = np.cumsum([len(fold.liked) for fold in folds])
    return float(np.mean([_drawn_error(fold, part) for fold, part in zip(folds, np.split(left, ends), strict=False)]))


def errors_by_crowd(folds: Sequence[LikeAnswers], sizes: Sequence[int]) -> list[float]:
    """Return the mean calibration error of crowds of these sizes, drawn from the people of all folds.  (sizes,)

    What falls as crowds grow is chance; what stays in the largest is what the chances are off by.
    """
    pooled = join_answers(folds)
    people, places = np.unique(pooled.people, return_inverse=True)
    rng = np.random.default_rng(DRAW_SEED)

    def drawn(size: int) -> float:
        asked = np.zeros(len(people), dtype=np.bool_)
        asked[rng.permutation(len(people))[:size]] = True
        kept = asked[places]
        return calibration_error(
            reliability(LikeAnswers(pooled.people[kept], pooled.chances[kept], pooled.liked[kept]))
        )

    return [float(np.mean([drawn(size) for _ in range(CROWDS)])) for size in sizes]


def _drawn_error(fold: LikeAnswers, left: NDArray[np.float64]) -> float:
    _, places = np.unique(fold.people, return_inverse=True)
    people, order = int(places.max()) + 1, np.argsort(fold.chances, kind="stable")
    sums = [np.bincount(places[rows], left[rows], people) for rows in np.array_split(order, BINS)]  # BINS of (people,)
    drawn = np.random.default_rng(DRAW_SEED).multinomial(people, np.full(people, 1 / people), DRAWS)  # (draws, people)
    errors = np.abs(drawn @ np.stack(sums, axis=1)).sum(axis=1) / (drawn @ np.bincount(places))
    return float(errors.mean())


def _measure(k: int, ours: Sequence[LikeAnswers], means: Sequence[LikeAnswers]) -> LikeRung:
    one, other = join_answers(ours), join_answers(means)
    return LikeRung(
        k,
        measure_likes(one),
        measure_likes(other),
        loss_gain(one, other),
        tuple(calibration_error(reliability(fold)) for fold in ours),
        tuple(calibration_error(reliability(fold)) for fold in means),
        expected_error(ours),
    )


def _describe(rung: LikeRung, ours: LikeAnswers, means: LikeAnswers) -> dict[str, Any]:
    are_compared = has_auc(ours)
    return {
        "k": rung.k,
        "mean_chance": round(float(ours.chances.mean()), DIGITS),
        "ours": _rounded(asdict(rung.ours)),
        "means": _rounded(asdict(rung.means)),
        "log_loss_gain": _rounded(asdict(rung.gain)),
        "auc_difference": _compare(auc_difference, ours, means) if are_compared else None,
        "person_auc_difference": _compare(person_auc_difference, ours, means) if are_compared else None,
        "calibration_error_by_fold": [round(error, DIGITS) for error in rung.errors],
        "calibration_error_of_means_by_fold": [round(error, DIGITS) for error in rung.errors_of_means],
        "calibration_error_if_right": round(rung.expected_error, DIGITS),
    }


def _compare(
    compare: Callable[[LikeAnswers, LikeAnswers], Difference], ours: LikeAnswers, means: LikeAnswers
) -> dict[str, float | None]:
    return _rounded(asdict(compare(ours, means)))


def _rounded(figures: Mapping[str, float]) -> dict[str, float | None]:
    return {name: None if np.isnan(value) else round(value, DIGITS) for name, value in figures.items()}
