"""Scale, drawn: time and peak memory over ratings, and what lists are worth over people learned from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes

STAGES: Final = ("tables and onboardings", "fitting", "export")

Run = Mapping[str, Any]


def draw_scale(sizes: Sequence[Run], curve: Sequence[Run], file: Path) -> None:
    """Draw three panels as SVG; the same bytes for the same figures."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context({"svg.hashsalt": "reelmate", "svg.fonttype": "none", "font.size": 9}):
        figure = Figure(figsize=(11, 3.6), layout="constrained")
        time, memory, quality = figure.subplots(1, 3)
        _draw_time(time, sizes)
        _draw_memory(memory, sizes)
        _draw_curve(quality, curve)
        for axes in (time, memory, quality):
            axes.grid(alpha=0.3)
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": "reelmate"})


def _draw_time(axes: Axes, sizes: Sequence[Run]) -> None:
    millions = [run["millions"] for run in sizes]
    below = np.zeros(len(sizes))
    for stage in STAGES:
        above = below + [run["seconds"].get(stage, 0) / 60 for run in sizes]
        axes.plot(millions, above, "o-", markersize=3, label=stage)
        axes.fill_between(millions, below, above, alpha=0.25, linewidth=0)
        below = above
    axes.set(
        xlabel="million ratings", ylabel="minutes, one above the other", title="Time of a training", ylim=(0, None)
    )
    axes.legend(frameon=False)


def _draw_memory(axes: Axes, sizes: Sequence[Run]) -> None:
    millions = [run["millions"] for run in sizes]
    for stage in STAGES:
        axes.plot(millions, [run["peak_gib"].get(stage, np.nan) for run in sizes], "o-", markersize=3, label=stage)
    axes.set(xlabel="million ratings", ylabel="GiB", title="Peak memory", ylim=(0, None))
    axes.legend(frameon=False)


def _draw_curve(axes: Axes, curve: Sequence[Run]) -> None:
    people = [run["learned_from"] for run in curve]
    means = np.array([np.mean(run["ndcg"]) for run in curve])
    errors = np.array([np.std(run["ndcg"], ddof=1) / np.sqrt(len(run["ndcg"])) for run in curve])
    axes.errorbar(people, means, errors, fmt="o-", markersize=3, capsize=3)
    if len(curve):
        axes.axhline(means[-1] - errors[-1], color="grey", linestyle="--", linewidth=1)
        axes.set_xscale("log")
        axes.set_xticks(people, [f"{count / 1000:g}k" for count in people])
        axes.minorticks_off()
    axes.set(xlabel="people learned from", ylabel="NDCG@10", title="Quality (bars: one standard error)")
