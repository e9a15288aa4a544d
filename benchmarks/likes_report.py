"""How sure, as tables: newcomers rung by rung, then known people beside the classic models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from benchmarks.markdown import as_table, say_difference, say_origin
from recommender.evaluation.auc import person_auc_difference
from recommender.evaluation.likes import LikeAnswers, LikeMetrics, measure_likes
from recommender.evaluation.reports.likes import LikeRung, errors_by_crowd, loss_gain

CROWD_SIZES: Final = (30, 60, 125, 250, 500)
CROWDS: Final = """Calibration error by how many people are asked, drawn from all folds, mean of 100 drawings. What
falls as crowds grow is chance; a fold has the size of the third line."""


def newcomer_table(rungs: Sequence[LikeRung]) -> str:
    """Return one line a rung."""
    head = ["k", "log loss", "of the means", "gain", "calibration error by fold", "if right", "all folds"]
    head += ["of the means"]
    head += ["AUC", "per person", "accuracy"]
    return as_table(head, [_newcomer_line(rung) for rung in rungs])


def crowd_page(folds: Mapping[int, Sequence[LikeAnswers]]) -> str:
    """Return calibration errors by how many people are asked, one line a size, everybody last."""
    people = len(np.unique(np.concatenate([fold.people for fold in next(iter(folds.values()))])))
    sizes = [*(size for size in CROWD_SIZES if size < people), people]
    columns = [errors_by_crowd(answers, sizes) for answers in folds.values()]
    lines = [[str(size), *(f"{column[place]:.3f}" for column in columns)] for place, size in enumerate(sizes)]
    return f"{CROWDS}\n\n{as_table(['people asked', *(f'k={k}' for k in folds)], lines)}"


def known_table(ours: LikeAnswers, others: Mapping[str, LikeAnswers]) -> str:
    """Return one line a model, with what ours is ahead of it by."""
    head = ["model", "AUC", "per person", "accuracy", "log loss", "ours ahead in log loss", "ours ahead per person"]
    lines = [["**ours, people folded in**", *_line(ours), "", ""]]
    for name, other in others.items():
        gains = [say_difference(gain(ours, other)) for gain in (loss_gain, person_auc_difference)]
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
those who rate most, happen to be a little more or less generous than others. *All folds*: the same bins over everybody.
{origin}
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


def _newcomer_line(rung: LikeRung) -> list[str]:
    return [
        str(rung.k),
        f"{rung.ours.log_loss:.4f}",
        f"{rung.means.log_loss:.4f}",
        say_difference(rung.gain),
        " ".join(f"{error:.3f}" for error in rung.errors),
        f"{rung.expected_error:.3f}",
        f"{rung.ours.calibration_error:.3f}",
        " ".join(f"{error:.3f}" for error in rung.errors_of_means),
        *_say(rung.ours),
    ]


def _say(metrics: LikeMetrics) -> list[str]:
    return [f"{value:.4f}" for value in (metrics.auc, metrics.person_auc, metrics.accuracy)]


def _line(answers: LikeAnswers) -> list[str]:
    metrics = measure_likes(answers)
    return [*_say(metrics), f"{metrics.log_loss:.4f}"]
