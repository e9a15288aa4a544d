"""How sure, as tables: newcomers rung by rung, then known people beside the classic models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.markdown import as_table, say_difference, say_origin
from recommender.comparing import Difference, paired_intervals
from recommender.likes import (
    BINS,
    LikeAnswers,
    LikeMetrics,
    calibration_error,
    join_answers,
    measure_likes,
    person_areas,
    reliability,
)

# How often a fold's people are drawn anew to tell what calibration error right chances would show.
DRAWS: Final = 1_000
DRAW_SEED: Final = 2026

# Each rung's answers, one a fold.
ByRung = Mapping[int, Sequence[LikeAnswers]]


def loss_gain(ours: LikeAnswers, other: LikeAnswers) -> Difference:
    """Return by how much our mean log loss over ratings is the smaller, people resampled with their ratings.

    Each person stands for their share of the ratio's error (linearised: Cochran 1977, section 6.3).
    """
    _, places = np.unique(ours.people, return_inverse=True)
    counts = np.bincount(places).astype(np.float64)  # (people,)
    gains = np.bincount(places, other.log_losses - ours.log_losses)  # (people,)
    mean = gains.sum() / counts.sum()
    return paired_intervals((mean + (gains - mean * counts) / counts.mean())[None])[0]


def area_gain(ours: LikeAnswers, other: LikeAnswers) -> Difference:
    """Return by how much our mean area under a person's own curve is the larger."""
    gains = person_areas(ours) - person_areas(other)
    return paired_intervals(gains[~np.isnan(gains)][None])[0]


def expected_error(folds: Sequence[LikeAnswers]) -> float:
    """Return the calibration error a fold would show if every chance were right but for who happens to be in it.

    What people have in common is taken out of each bin over all folds; what is left goes with people, who are drawn
    anew with all their ratings (Efron and Tibshirani 1993, section 8.5).
    """
    pooled = join_answers(folds)
    order = np.argsort(pooled.chances, kind="stable")
    left = pooled.liked - pooled.chances  # (ratings,)
    for rows in np.array_split(order, BINS):
        left[rows] -= left[rows].mean()
    ends = np.cumsum([len(fold.liked) for fold in folds])
    return float(np.mean([_drawn_error(fold, part) for fold, part in zip(folds, np.split(left, ends), strict=False)]))


def _drawn_error(fold: LikeAnswers, left: NDArray[np.float64]) -> float:
    _, places = np.unique(fold.people, return_inverse=True)
    people, order = int(places.max()) + 1, np.argsort(fold.chances, kind="stable")
    sums = [np.bincount(places[rows], left[rows], people) for rows in np.array_split(order, BINS)]  # BINS of (people,)
    drawn = np.random.default_rng(DRAW_SEED).multinomial(people, np.full(people, 1 / people), DRAWS)  # (draws, people)
    errors = np.abs(drawn @ np.stack(sums, axis=1)).sum(axis=1) / (drawn @ np.bincount(places))
    return float(errors.mean())


def newcomer_rows(ours: ByRung, means: ByRung) -> list[dict[str, Any]]:
    """Return the figures of every rung."""
    return [_rung(k, ours[k], means[k]) for k in ours]


def _rung(k: int, ours: Sequence[LikeAnswers], means: Sequence[LikeAnswers]) -> dict[str, Any]:
    one, other = join_answers(ours), join_answers(means)
    return {
        "k": k,
        "ours": measure_likes(one),
        "means": measure_likes(other),
        "gain": loss_gain(one, other),
        "errors": [calibration_error(reliability(fold)) for fold in ours],
        "errors_of_means": [calibration_error(reliability(fold)) for fold in means],
        "expected_error": expected_error(ours),
    }


def newcomer_table(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return one line a rung."""
    head = ["k", "log loss", "of the means", "gain", "calibration error by fold", "if right", "of the means"]
    head += ["AUC", "per person", "accuracy"]
    return as_table(head, [_newcomer_line(row) for row in rows])


def known_table(ours: LikeAnswers, others: Mapping[str, LikeAnswers]) -> str:
    """Return one line a model, with what ours is ahead of it by."""
    head = ["model", "AUC", "per person", "accuracy", "log loss", "ours ahead in log loss", "ours ahead per person"]
    lines = [["**ours, people folded in**", *_line(ours), "", ""]]
    for name, other in others.items():
        gains = [say_difference(gain(ours, other)) for gain in (loss_gain, area_gain)]
        lines.append([name, *_line(other), *gains])
    return as_table(head, lines)


def as_page(part: str, table: str, figures: Mapping[str, Any]) -> str:
    """Return one part's section: what was asked, the table, out of which data."""
    data = figures["data"]
    origin = f"{figures['corpus']}, {data['ratings']:,} ratings of {data['people']:,} people. Intervals: 95 %, people"
    text = TEXTS[part].format(people=figures["people"], table=table, origin=origin)
    return f"{text}\n\n{say_origin(figures, command(part))}"


def command(part: str) -> str:
    """Return what makes one part's figures again."""
    return f"python -m benchmarks likes --parts {part}"


NEWCOMERS: Final = """### Chances for newcomers

The ratings that held-out ({people}) people gave after their first 20, of which k are known; a like is 4 stars or more.
Beside ours stand the means of film and person. *Calibration error* is the expected one over 15 bins of equal count.
*If right*: what a fold would show on average if every chance were right, only because its few people, and among them
those who rate most, happen to be a little more or less generous than others. {origin}
resampled; **bold** where wholly above zero.

![Reliability](reliability.svg)

{table}"""

KNOWN: Final = """### Chances for known people

The last fifth of each person's ratings, from all before; a like is 3.5 stars or more, as the courses have it. Ours is
the regression over our pair features and six more that fold a known person in from all their ratings
(`benchmarks/likes_known.py`): factors by ridge regression; likes, likes by genre and newest stars beside what is usual
for their films; days away. The networks have a vector for each person; how long and how fast they learn, and whether
their numbers are those of the moment or of all that is known, is chosen on the last fifth of what is known. {origin}
resampled; **bold** where wholly above zero.

{table}"""

TEXTS: Final = {"newcomers": NEWCOMERS, "known": KNOWN}


def _newcomer_line(row: Mapping[str, Any]) -> list[str]:
    ours = row["ours"]
    return [
        str(row["k"]),
        f"{ours.log_loss:.4f}",
        f"{row['means'].log_loss:.4f}",
        say_difference(row["gain"]),
        " ".join(f"{error:.3f}" for error in row["errors"]),
        f"{row['expected_error']:.3f}",
        " ".join(f"{error:.3f}" for error in row["errors_of_means"]),
        *_say(ours),
    ]


def _say(metrics: LikeMetrics) -> list[str]:
    return [f"{value:.4f}" for value in (metrics.auc, metrics.person_auc, metrics.accuracy)]


def _line(answers: LikeAnswers) -> list[str]:
    metrics = measure_likes(answers)
    return [*_say(metrics), f"{metrics.log_loss:.4f}"]
