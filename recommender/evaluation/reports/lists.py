"""What rankers did on the ladder as plain values: every metric at every rung, paired differences, and out of what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from recommender.data.corpus import Corpus
from recommender.evaluation.bootstrap import differences_from_others, standard_errors
from recommender.evaluation.explaining import KINDS, pool_reasons
from recommender.evaluation.provenance import LADDER_SEEDS, describe_corpus, find_versions
from recommender.evaluation.ranking import METRICS, LadderResult, pool
from recommender.evaluation.registry import FoldResult
from recommender.evaluation.served import ServedResult, pool_served

# What rankers are compared in, pair by pair; novelty and coverage are no merit by themselves.
COMPARED: Final = ("ndcg", "recall", "hit", "mrr")
# The same of pages, which rank no further than they show.
PAGES_COMPARED: Final = ("ndcg", "recall", "hit")
# The ladders that pages are judged on, by their names in a FoldResult.
PAGES: Final = ("served", "asked", "today")
# What is measured of pages person by person beside the ladder's metrics.
LIST_FIGURES: Final = ("obedience", "miscalibration", "repeats")
FoldResults = Mapping[str, Sequence[FoldResult]]


def pool_all(fold_results: FoldResults) -> dict[str, LadderResult]:
    """Return each ranker's folds as one result."""
    return {name: pool([fold.result for fold in folds]) for name, folds in fold_results.items()}


def describe_origin(corpus: Corpus, git_commit: str | None) -> dict[str, Any]:
    """Return data, seeds, versions and commit: what the figures are made of.

    Args:
        git_commit: the code's; None where nobody knows it.
    """
    return {
        "data": describe_corpus(corpus),
        "seeds": dict(LADDER_SEEDS),
        "versions": find_versions(),
        "git_commit": git_commit,
    }


def describe_rankers(fold_results: FoldResults, subject: str) -> dict[str, Any]:
    """Return what every ranker did, and by how much `subject` is ahead of each of the others."""
    results = pool_all(fold_results)
    any_result = results[subject]
    return {
        "folds": len(fold_results[subject]),
        "people": len(any_result.user_ids),
        "rungs": list(any_result.rungs),
        "rankers": {name: _describe(result, fold_results[name]) for name, result in results.items()},
        "differences": {
            "of": subject,
            "from": differences_from_others(results, subject, COMPARED),
            **{f"{name}_from": found for name, found in _page_differences(fold_results, subject).items()},
        },
    }


def _page_differences(fold_results: FoldResults, subject: str) -> dict[str, dict[str, Any]]:
    """Return by how much the subject's pages are better than those of others, by PAGES.

    What makes no lists stands for itself with its scores' top ten where the same people wanted the same.
    """
    pages = {name: pool_pages(folds) for name, folds in fold_results.items()}
    scores = {"served": pool_all(fold_results)}
    return {
        ladder: differences_from_others(
            {**scores.get(ladder, {}), **{name: each[ladder].result for name, each in pages.items() if ladder in each}},
            subject,
            PAGES_COMPARED,
        )
        for ladder in pages[subject]
    }


def _describe(result: LadderResult, folds: Sequence[FoldResult]) -> dict[str, Any]:
    coverage = [round(float(share), 5) for share in result.coverage]
    return {
        **{metric: figures(result.metric(metric)) for metric in METRICS},
        "coverage": coverage,
        "mean_over_rungs": {
            **{metric: figures(result.metric(metric).mean(axis=0, keepdims=True))[0] for metric in METRICS},
            "coverage": round(float(result.coverage.mean()), 5),
        },
        "settings": [dict(fold.settings) for fold in folds],
        **{ladder: _describe_served(found) for ladder, found in pool_pages(folds).items()},
        **describe_reasons(folds),
    }


def describe_reasons(folds: Sequence[FoldResult]) -> dict[str, Any]:
    """Return the shares of each kind of reason, rung by rung, and of those that hold; nothing of what gives none."""
    found = [fold.reasons for fold in folds if fold.reasons is not None]
    if not found:
        return {}
    reasons = pool_reasons(found)
    shares = {kind: [round(float(share), 4) for share in reasons.shares[:, place]] for place, kind in enumerate(KINDS)}
    return {"reasons": {"lines": int(reasons.kinds.sum()), "holding": round(reasons.holding, 5), **shares}}


def pool_pages(folds: Sequence[FoldResult]) -> dict[str, ServedResult]:
    """Return the pages of a ranker by PAGES, folds as one.

    All are missing of one that makes no lists, "asked" where nobody chose a genre, "today" where time does not roll on.
    """
    pages = {name: [getattr(fold, name) for fold in folds] for name in PAGES}
    kept = {name: [each for each in parts if each is not None] for name, parts in pages.items()}
    pooled = {name: pool_served(parts) for name, parts in kept.items() if parts}
    return {name: served for name, served in pooled.items() if len(served.result.user_ids)}


def _describe_served(served: ServedResult) -> dict[str, Any]:
    """Return the figures of pages: the ladder's, then what only lists have."""
    result = served.result
    return {
        "people": len(result.user_ids),
        **{metric: figures(result.metric(metric)) for metric in METRICS},
        "coverage": [round(float(share), 5) for share in result.coverage],
        **{name: figures(getattr(served, name)) for name in LIST_FIGURES},
        "commonest": [round(float(share), 5) for share in served.commonest],
    }


def figures(values: NDArray[np.float64]) -> list[dict[str, float]]:
    """Return mean and standard error of each row.  values: (rungs, people)"""
    pairs = zip(values.mean(axis=1), standard_errors(values), strict=True)
    return [{"mean": round(float(mean), 5), "standard_error": round(float(error), 5)} for mean, error in pairs]
