"""How sure, as tables: newcomers rung by rung, then known people beside the classic models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from benchmarks.markdown import as_table, say_difference, say_origin
from recommender.areas import person_area_difference
from recommender.like_reports import LikeRung, loss_gain
from recommender.likes import LikeAnswers, LikeMetrics, measure_likes


def newcomer_table(rungs: Sequence[LikeRung]) -> str:
    """Return one line a rung."""
    head = ["k", "log loss", "of the means", "gain", "calibration error by fold", "if right", "of the means"]
    head += ["AUC", "per person", "accuracy"]
    return as_table(head, [_newcomer_line(rung) for rung in rungs])


def known_table(ours: LikeAnswers, others: Mapping[str, LikeAnswers]) -> str:
    """Return one line a model, with what ours is ahead of it by."""
    head = ["model", "AUC", "per person", "accuracy", "log loss", "ours ahead in log loss", "ours ahead per person"]
    lines = [["**ours, people folded in**", *_line(ours), "", ""]]
    for name, other in others.items():
        gains = [say_difference(gain(ours, other)) for gain in (loss_gain, person_area_difference)]
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


def _newcomer_line(rung: LikeRung) -> list[str]:
    return [
        str(rung.k),
        f"{rung.ours.log_loss:.4f}",
        f"{rung.means.log_loss:.4f}",
        say_difference(rung.gain),
        " ".join(f"{error:.3f}" for error in rung.errors),
        f"{rung.expected_error:.3f}",
        " ".join(f"{error:.3f}" for error in rung.errors_of_means),
        *_say(rung.ours),
    ]


def _say(metrics: LikeMetrics) -> list[str]:
    return [f"{value:.4f}" for value in (metrics.auc, metrics.person_auc, metrics.accuracy)]


def _line(answers: LikeAnswers) -> list[str]:
    metrics = measure_likes(answers)
    return [*_say(metrics), f"{metrics.log_loss:.4f}"]
