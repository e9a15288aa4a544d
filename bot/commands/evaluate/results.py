"""The ladder's outcome for people: means with standard errors, then who is ahead of whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.commands.output import print_table, say
from recommender.evaluation.bootstrap import Difference, differences, standard_errors
from recommender.evaluation.ranking import LadderResult
from recommender.evaluation.reports.lists import COMPARED

# What the metrics are called where people read them.
TITLES: Final = {"ndcg": "NDCG@10", "recall": "recall@10", "hit": "hit rate@10", "mrr": "MRR"}


def print_results(
    results: Mapping[str, LadderResult], subject: str, source: str, *, folds: int, simulated: bool
) -> None:
    """Print a table per metric, and by how much `subject` is ahead of each of the others."""
    first = results[subject]
    people = f"{len(first.user_ids)} {'simulated ' if simulated else ''}people"
    say(f"{source}: {people} never seen in training, {folds} of 5 folds, mean (standard error)")
    columns = [*(f"k={k}" for k in first.rungs), "mean"]
    for metric in COMPARED:
        rows = [[name, *_means(result.metric(metric))] for name, result in results.items()]
        print_table([TITLES[metric], *columns], rows)
    rows = [
        [name, *(f"{share:.4f}" for share in [*result.coverage, result.coverage.mean()])]
        for name, result in results.items()
    ]
    print_table(["coverage", *columns], rows)
    if len(results) > 1:
        _print_differences(results, subject, columns)


def _print_differences(results: Mapping[str, LadderResult], subject: str, columns: list[str]) -> None:
    say(f"{subject} minus each of the others: paired, 95 % bootstrap interval, * where it is clear of zero")
    for metric in COMPARED:
        rows = [
            [name, *map(_spread, differences(results[subject], result, metric))]
            for name, result in results.items()
            if name != subject
        ]
        print_table([TITLES[metric], *columns], rows)


def _means(values: NDArray[np.float64]) -> list[str]:
    """Return mean and standard error at each rung, then in the mean over rungs.  values: (rungs, people)"""
    values = np.concatenate([values, values.mean(axis=0, keepdims=True)])
    pairs = zip(values.mean(axis=1), standard_errors(values), strict=True)
    return [f"{mean:.4f} ({error:.4f})" for mean, error in pairs]


def _spread(found: Difference) -> str:
    mark = "*" if found.is_ahead or found.is_behind else ""
    return f"{found.mean:+.3f} [{found.low:+.3f}, {found.high:+.3f}]{mark}"
