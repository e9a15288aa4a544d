"""Interviews drawn: what lists are worth after so many questions, a line each way of asking, a frame each corpus."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from recommender.evaluation.askers import OURS


def main(arguments: Sequence[str]) -> None:
    """Draw reports of `reelmate evaluate --interview --json`, each of its first ranker."""
    made = argparse.ArgumentParser(prog="python -m benchmarks interviews", description="Draw interviews.")
    made.add_argument("reports", nargs="+", type=Path, help="what `reelmate evaluate --interview --json` printed")
    made.add_argument("--to", type=Path, default=Path("docs/interview.svg"), help="the SVG file")
    given = made.parse_args(arguments)
    reports = [json.loads(report.read_text(encoding="utf-8")) for report in given.reports]
    draw_interviews({each["corpus"]: next(iter(each["rankers"].values())) for each in reports}, given.to)


def draw_interviews(described: Mapping[str, Mapping[str, Any]], file: Path) -> None:
    """Draw NDCG@10 over the questions as SVG, ours bold; the same bytes for the same figures.

    Args:
        described: what each corpus came to, by its name.
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context({"svg.hashsalt": "reelmate", "svg.fonttype": "none", "font.size": 9}):
        figure = Figure(figsize=(4.5 * len(described), 3.6), layout="constrained")
        for axes, (corpus, found) in zip(
            np.atleast_1d(figure.subplots(1, len(described))), described.items(), strict=True
        ):
            for place, (name, values) in enumerate(found["askers"].items()):
                own = name == OURS
                style = {
                    "linewidth": 2.5 if own else 1,
                    "zorder": 3 if own else 2,
                    "color": mpl.colormaps["tab10"](place),
                }
                axes.plot(found["rungs"], values["ndcg"], "o-" if own else "s--", label=name, **style)
            axes.set_xticks(found["rungs"])
            axes.set(xlabel="questions asked", ylabel="NDCG@10", title=f"{corpus}, {found['people']} people")
            axes.grid(alpha=0.3)
        axes.legend(frameon=False)
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": "reelmate"})
