"""What lists were worth to people of another corpus, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from recommender.evaluation.bootstrap import differences_from_others
from recommender.evaluation.ranking import LadderResult
from recommender.evaluation.reports.lists import PAGES_COMPARED, figures

# How novel a list is nobody says: that would take the people whom it was learned from.
_TOLD: Final = ("ndcg", "recall", "hit", "mrr")


def describe_strangers(results: Mapping[str, LadderResult], subject: str) -> dict[str, Any]:
    """Return what every row did at every rung, and by how much `subject` is ahead of each of the others."""
    first = results[subject]
    return {
        "people": len(first.user_ids),
        "rungs": list(first.rungs),
        "rankers": {name: _describe(result) for name, result in results.items()},
        "differences": {"of": subject, "from": differences_from_others(results, subject, PAGES_COMPARED)},
    }


def _describe(result: LadderResult) -> dict[str, Any]:
    means = {name: figures(result.metric(name).mean(axis=0, keepdims=True))[0] for name in _TOLD}
    return {**{name: figures(result.metric(name)) for name in _TOLD}, "mean_over_rungs": means}
