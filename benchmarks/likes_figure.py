"""Reliability, drawn: what was said beside what happened, one panel a rung."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from recommender.evaluation.likes import LikeAnswers, reliability

COLUMNS = 3


def draw_reliability(answers: Mapping[str, Mapping[int, LikeAnswers]], file: Path) -> None:
    """Draw bins of equal count as SVG; the same bytes for the same figures.

    Args:
        answers: of each scorer, ours first, at each rung.
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure

    rungs = list(next(iter(answers.values())))
    rows = -(-len(rungs) // COLUMNS)
    with mpl.rc_context({"svg.hashsalt": "reelmate", "svg.fonttype": "none", "font.size": 9}):
        figure = Figure(figsize=(9, 3 * rows), layout="constrained")
        panels = figure.subplots(rows, COLUMNS, sharex=True, sharey=True, squeeze=False).ravel()
        for panel, k in zip(panels, rungs, strict=False):
            panel.plot([0, 1], [0, 1], color="0.6", linewidth=0.8)
            for place, (name, by_rung) in enumerate(answers.items()):
                bins = reliability(by_rung[k])
                said, happened = [part.mean_chance for part in bins], [part.liked_share for part in bins]
                panel.plot(said, happened, "s--" if place else "o-", label=name, markersize=3, linewidth=1)
            panel.set(title=f"k = {k}", xlim=(0, 1), ylim=(0, 1), aspect="equal")
            panel.grid(alpha=0.3)
        panels[0].legend(frameon=False, loc="upper left")
        figure.supxlabel("chance given")
        figure.supylabel("share liked")
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": "reelmate"})
