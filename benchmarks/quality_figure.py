"""The ladder, drawn: one line a ranker, bands of one standard error."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

import numpy as np

from recommender.evaluation.bootstrap import standard_errors
from recommender.evaluation.ranking import pool
from recommender.evaluation.registry import FoldResult

# Rankers this far below the best would squeeze the rest together; the table has them.
SHOWN_WITHIN = 0.6


def draw_ladders(fold_results: Mapping[str, list[FoldResult]], ours: Collection[str], file: Path) -> None:
    """Draw NDCG@10 over the rungs as SVG, ours bold; the same bytes for the same figures."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    results = {name: pool([fold.result for fold in folds]) for name, folds in fold_results.items()}
    bar = SHOWN_WITHIN * max(result.ndcg.mean() for result in results.values())
    with mpl.rc_context({"svg.hashsalt": "reelmate", "svg.fonttype": "none", "font.size": 9}):
        figure = Figure(figsize=(9, 5), layout="constrained")
        axes = figure.add_subplot()
        for place, (name, result) in enumerate(results.items()):
            if result.ndcg.mean() < bar:
                continue
            means, errors = result.ndcg.mean(axis=1), standard_errors(result.ndcg)
            steps, own = np.arange(len(result.rungs)), name in ours
            colour = mpl.colormaps["tab20"](place % 20)
            axes.plot(steps, means, "o-" if own else "s--", color=colour, label=name, linewidth=2 if own else 1)
            axes.fill_between(steps, means - errors, means + errors, color=colour, alpha=0.08, linewidth=0)
        axes.set_xticks(np.arange(len(result.rungs)), [str(k) for k in result.rungs])
        axes.set(xlabel="ratings known", ylabel="NDCG@10", title="People never seen in training")
        axes.grid(alpha=0.3)
        axes.legend(loc="center left", bbox_to_anchor=(1.01, 0.5), frameon=False)
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": "reelmate"})
