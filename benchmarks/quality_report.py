"""The ladder's outcome as a page of tables and as one object for machines."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

import numpy as np

from benchmarks.markdown import as_table, say_difference, say_origin
from bot.commands.commit import find_commit
from recommender.data.corpus import Corpus
from recommender.evaluation.bootstrap import RESAMPLES, best_by_rung, differences, standard_errors
from recommender.evaluation.exams import Split
from recommender.evaluation.ranking import LadderResult
from recommender.evaluation.registry import FoldResult
from recommender.evaluation.reports.lists import (
    PAGES_COMPARED,
    FoldResults,
    describe_origin,
    describe_rankers,
    pool_all,
    pool_pages,
)

COMMANDS: Final[Mapping[Split, str]] = {
    "people": "make bench-quality",
    "rolling": "python -m benchmarks quality --rolling",
}
HEADS: Final[Mapping[Split, str]] = {"people": "The cold-start ladder", "rolling": "The rolling ladder"}
FIGURE: Final = "![NDCG@10 by number of ratings](quality.svg)"
TITLES: Final = {
    "ndcg": "NDCG@10",
    "recall": "Recall@10",
    "hit": "Share of people with a hit",
    "mrr": "MRR",
    "novelty": "Novelty (bits)",
}
MEANINGS: Final = {
    "ndcg": "How many of the films liked later are in the list, and how near its top; 1 is the best there can be.",
    "recall": "The share of the films liked later, ten of them at most, that are in the list.",
    "hit": "The share of people whose list holds at least one film that they liked later.",
    "mrr": "One divided by the place of the first film liked later, in an order of all films.",
    "novelty": "How little known the films of a list are: the mean of -log2 of the share of people who rated each.",
}
# What rankers are compared in; the other metrics are reported only.
COMPARED: Final = ("ndcg", "recall", "hit")


def as_object(fold_results: FoldResults, corpus: Corpus, *, name: str, minutes: float) -> dict[str, Any]:
    """Return everything measured, and out of what; differences are those of the first ranker from the others."""
    origin = {"corpus": name, **describe_origin(corpus, find_commit()), "minutes": round(minutes, 1)}
    return {"schema_version": 1, **origin, **describe_rankers(fold_results, next(iter(fold_results)))}


def as_page(
    fold_results: FoldResults, figures: Mapping[str, Any], ours: Collection[str], split: Split = "people"
) -> str:
    """Return the tables as Markdown; each of `ours` is compared with the best of the others."""
    results = pool_all(fold_results)
    corpus, any_result = figures["data"], next(iter(results.values()))
    folds = len(next(iter(fold_results.values())))
    parts = [
        f"## {HEADS[split]}",
        f"{len(any_result.user_ids)} held-out people in {folds} {'blocks' if split == 'rolling' else 'folds'} of "
        f"{figures['corpus']} "
        f"({corpus['ratings']:,} ratings, {corpus['people']:,} people, {corpus['movies']:,} films). "
        "Mean ± standard error over people; **bold** leads its column."
        f"{' The bands of the figure are standard errors.' if split == 'people' else ''}",
        FIGURE if split == "people" else "",
        *(_table(metric, results) for metric in TITLES),
        _coverage(results),
        *(_comparison(metric, results, ours) for metric in COMPARED),
        _settings(fold_results),
        _served(fold_results, ours),
        say_origin(figures, COMMANDS[split]),
    ]
    return "\n\n".join(part for part in parts if part)


def _table(metric: str, results: Mapping[str, LadderResult]) -> str:
    means, errors = {}, {}
    for name, result in results.items():
        values = result.metric(metric)
        values = np.concatenate([values, values.mean(axis=0, keepdims=True)])
        means[name], errors[name] = values.mean(axis=1), standard_errors(values)
    lead = np.max(list(means.values()), axis=0)
    rows = [[name, *(_cell(*cell) for cell in zip(means[name], errors[name], lead, strict=True))] for name in results]
    return f"### {TITLES[metric]}\n\n{MEANINGS[metric]}\n\n{as_table(['ranker', *_columns(results)], rows)}"


def _coverage(results: Mapping[str, LadderResult]) -> str:
    rows = [[name, *(f"{100 * share:.1f} %" for share in result.coverage)] for name, result in results.items()]
    head = ["ranker", *_columns(results)[:-1]]
    return f"### Coverage\n\nShare of the catalogue in any list, mean over folds.\n\n{as_table(head, rows)}"


def _comparison(metric: str, results: Mapping[str, LadderResult], ours: Collection[str]) -> str:
    others = [name for name in results if name not in ours]
    if not ours or not others:
        return ""
    best = best_by_rung(results, metric, others)
    rows = [["best peer", *best]]
    for name in ours:
        against = {peer: differences(results[name], results[peer], metric) for peer in set(best)}
        rows.append([name, *(say_difference(against[peer][place]) for place, peer in enumerate(best))])
    note = f"Paired, with the 95 % bootstrap interval ({RESAMPLES:,} resamples of people)."
    title = f"### {TITLES[metric]}: ours minus the best peer of each rung"
    return f"{title}\n\n{note}\n\n{as_table(['', *_columns(results)], rows)}"


def _served(fold_results: FoldResults, ours: Collection[str]) -> str:
    """Return what our lists are worth as shown, beside the best of the others' top ten in the mean."""
    scores = pool_all(fold_results)
    others = {name: result for name, result in scores.items() if name not in ours}
    pages = {name: pool_pages(folds) for name, folds in fold_results.items() if name in ours}
    blocks = list[str]()
    for metric in PAGES_COMPARED if others else ():
        best = max(others, key=lambda name: float(others[name].metric(metric).mean()))
        rows = [[f"{best}, the best peer's top ten", *_means(others[best], metric)]]
        for name, shown in pages.items():
            rows += [[f"{name}, {ladder}", *_means(served.result, metric)] for ladder, served in shown.items()]
            if "served" in shown:
                found = differences(shown["served"].result, others[best], metric)
                rows.append([f"{name}, served, minus the best peer", *map(say_difference, found)])
        blocks.append(f"### {TITLES[metric]} of pages as shown\n\n{as_table(['', *_columns(scores)], rows)}")
    return "\n\n".join(blocks)


def _means(result: LadderResult, metric: str) -> list[str]:
    means = result.metric(metric).mean(axis=1)
    return [f"{value:.3f}" for value in [*means, means.mean()]]


def _settings(fold_results: FoldResults) -> str:
    lines = [
        f"- {name}: " + "; ".join(_setting(fold) for fold in folds)
        for name, folds in fold_results.items()
        if any(fold.settings for fold in folds)
    ]
    return "### Settings chosen on validation people, fold by fold\n\n" + "\n".join(lines)


def _setting(fold: FoldResult) -> str:
    return ", ".join(f"{key} {value}" for key, value in fold.settings.items())


def _columns(results: Mapping[str, LadderResult]) -> list[str]:
    return [*(f"k={k}" for k in next(iter(results.values())).rungs), "mean"]


def _cell(mean: float, error: float, lead: float) -> str:
    text = f"{mean:.3f}"
    return f"{f'**{text}**' if mean >= lead else text} ±{error:.3f}"
