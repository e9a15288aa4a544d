"""The ladder's outcome for people: means with standard errors, then who is ahead of whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.commands.output import print_table, say
from recommender.evaluation.bootstrap import Difference, differences, standard_errors
from recommender.evaluation.ranking import LadderResult
from recommender.evaluation.reports.lists import COMPARED, LIST_FIGURES, FoldResults, describe_reasons
from recommender.evaluation.served import ServedResult

# What the metrics are called where people read them.
TITLES: Final = {"ndcg": "NDCG@10", "recall": "recall@10", "hit": "hit rate@10", "mrr": "MRR"}
# What the ladders that pages are judged on are called where people read them.
LADDERS: Final = {
    "served": "As served",
    "asked": "Asked for the genre they like most",
    "today": "As served did everybody ask today",
}
OF_REASONS: Final = {
    "shared": "a film that was liked, and what they share",
    "film": "a film that was liked",
    "genre": "a genre that was chosen",
    "liked_with": "that choosers of the genre like it",
    "nothing": "nothing",
}
OF_PAGES: Final = {
    "obedience": "of a chosen genre, first page",
    "miscalibration": "genres off what is liked, nats",
    "repeats": "repeated on the second page",
    "commonest": "first pages with the commonest film",
}


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


def print_pages(pages: Mapping[str, Mapping[str, ServedResult]], subject: str) -> None:
    """Print what pages of five as shown are worth, on the ladder and to who asked for one genre.

    Args:
        pages: by ranker, "served" and "asked".
    """
    for ladder, title in LADDERS.items():
        results = {name: each[ladder] for name, each in pages.items() if ladder in each}
        if not results:
            continue
        first = next(iter(results.values())).result
        say(f"{title}: {len(first.user_ids)} people, two pages of five as shown")
        columns = [*(f"k={k}" for k in first.rungs), "mean"]
        for metric in ("ndcg", "hit"):
            rows = [[name, *_means(served.result.metric(metric))] for name, served in results.items()]
            print_table([TITLES[metric], *columns], rows)
        print_table(
            ["of pages", *columns], [row for name, served in results.items() for row in _of_pages(name, served)]
        )
        if subject in results:
            _print_differences({name: served.result for name, served in results.items()}, subject, columns, ("ndcg",))


def print_reasons(fold_results: FoldResults, rungs: Sequence[int]) -> None:
    """Print what first pages say of why a film is there, and how much of it holds when recomputed."""
    for name, folds in fold_results.items():
        for reasons in describe_reasons(folds).values():
            say(f"{name}: of {reasons['lines']} reasons, {100 * reasons['holding']:.1f} % of those that cite hold")
            rows = [[title, *(f"{share:.3f}" for share in reasons[kind])] for kind, title in OF_REASONS.items()]
            print_table(["lines that cite", *(f"k={k}" for k in rungs)], rows)


def print_figures(results: Mapping[str, LadderResult], subject: str, metrics: Sequence[str]) -> None:
    """Print a table per metric, and by how much `subject` is ahead of each of the others in the first of them."""
    columns = [*(f"k={k}" for k in results[subject].rungs), "mean"]
    for metric in metrics:
        print_table(
            [TITLES[metric], *columns], [[name, *_means(each.metric(metric))] for name, each in results.items()]
        )
    _print_differences(results, subject, columns, metrics[:1])


def _of_pages(name: str, served: ServedResult) -> list[list[str]]:
    """Return what only pages have, a row each: mean at each rung, then in the mean over rungs."""
    by_rung = {each: getattr(served, each).mean(axis=1) for each in LIST_FIGURES} | {"commonest": served.commonest}
    return [
        [f"{name}: {title}", *(f"{value:.3f}" for value in [*by_rung[each], by_rung[each].mean()])]
        for each, title in OF_PAGES.items()
    ]


def _print_differences(
    results: Mapping[str, LadderResult], subject: str, columns: list[str], metrics: Sequence[str] = COMPARED
) -> None:
    say(f"{subject} minus each of the others: paired, 95 % bootstrap interval, * where it is clear of zero")
    for metric in metrics if len(results) > 1 else ():
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
