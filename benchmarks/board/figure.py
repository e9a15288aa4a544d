"""The Pareto fronts, drawn: what lists are worth by what a list and a training cost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from benchmarks.board.measuring import Part
from benchmarks.board.report import LADDERS, SHIPPED, Measured, complete, mean_of, shown
from benchmarks.board.work import Task

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COSTS: Final = {"list_ms": "a list, ms of processor time", "train_s": "a training, s of processor time"}
# Rankers this far below the best would squeeze the rest together; the table has them.
SHOWN_WITHIN: Final = 0.6
# What takes less than a clock's tick stands here, since costs are drawn by orders of magnitude.
LEAST_COST: Final = 1e-3
# So many names go one below the other beside a panel.
NAMES: Final = 36


class Point(NamedTuple):
    """A ranker by its cost and its worth."""

    cost: float
    worth: float
    name: str
    is_served: bool


def draw_fronts(measured: Measured, names: Sequence[str], folds: Sequence[int], file: Path) -> None:
    """Draw a row of two panels for each ladder that is measured, as SVG; the same bytes for the same figures."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    parts = [part for part in LADDERS if complete(measured, part, names, folds)]
    if not parts:
        return
    with mpl.rc_context({"svg.hashsalt": "reelmate", "svg.fonttype": "none", "font.size": 8}):
        figure = Figure(figsize=(13, 5 * len(parts)), layout="constrained")
        panels = figure.subplots(len(parts), len(COSTS), squeeze=False)
        for row, part in zip(panels, parts, strict=True):
            for axes, (cost, label) in zip(row, COSTS.items(), strict=True):
                _draw(axes, points_of(measured, part, names, folds, cost))
                axes.set(xlabel=label, ylabel="NDCG@10 of lists as shown", title=LADDERS[part])
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": "reelmate"})


def points_of(measured: Measured, part: Part, names: Sequence[str], folds: Sequence[int], cost: str) -> list[Point]:
    """Return who is measured on all folds and worth a place among the others."""
    points = [
        Point(
            max(LEAST_COST, mean_of(measured, part, name, folds, cost) or 0.0),
            float(shown(measured, part, name, folds, "ndcg").mean()),
            name,
            bool(measured[Task(name, part, folds[0])]["is_served"]),
        )
        for name in complete(measured, part, names, folds)
    ]
    bar = SHOWN_WITHIN * max(point.worth for point in points)
    return [point for point in points if point.worth >= bar]


def front(points: Sequence[Point]) -> list[Point]:
    """Return those than whom nobody is both cheaper and better, cheapest first (Pareto 1896)."""
    kept = list[Point]()
    for point in sorted(points, key=lambda point: (point.cost, -point.worth)):
        if not kept or point.worth > kept[-1].worth:
            kept.append(point)
    return kept


def _draw(axes: Axes, points: Sequence[Point]) -> None:
    best = front(points)
    axes.step([point.cost for point in best], [point.worth for point in best], where="post", color="grey", linewidth=1)
    for is_served, marker, colour, label in ((True, "o", "tab:blue", "lists"), (False, "s", "tab:orange", "scores")):
        some = [point for point in points if point.is_served == is_served]
        axes.plot([point.cost for point in some], [point.worth for point in some], marker, color=colour, label=label)
    axes.set_xscale("log")
    axes.grid(alpha=0.3)
    axes.legend(frameon=False, loc="lower right")
    _name(axes, points)


def _name(axes: Axes, points: Sequence[Point]) -> None:
    """Write the names beside the panel, best first, each as high as its point or below the one before."""
    low, high = axes.get_ylim()
    gap = (high - low) / NAMES
    place = high + gap
    for point in sorted(points, key=lambda point: -point.worth):
        place = min(point.worth, place - gap)
        axes.annotate(
            point.name,
            (point.cost, point.worth),
            xytext=(1.02, (place - low) / (high - low)),
            textcoords="axes fraction",
            va="center",
            fontsize=7,
            fontweight="bold" if point.name == SHIPPED else "normal",
            arrowprops={"arrowstyle": "-", "color": "grey", "linewidth": 0.3},
            annotation_clip=False,
        )
