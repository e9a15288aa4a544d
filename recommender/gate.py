"""The gate before publication: held-out people judge challenger, champion and floor, pair by pair."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from recommender.comparing import differences, standard_errors
from recommender.evaluation import LadderResult


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a challenger is published, and the reason in one sentence."""

    published: bool
    reason: str


def judge(challenger: LadderResult, floor: LadderResult, champion: LadderResult | None) -> Verdict:
    """Refuse a challenger that is proven worse at some rung, or worse than the floor on the whole.

    Worse at a rung means that the paired 95 % interval of its NDCG@10 lies below zero.
    """
    rivals = {"popularity in genres": floor, **({"the serving ranker": champion} if champion else {})}
    for name, rival in rivals.items():
        for k, difference in zip(challenger.rungs, differences(challenger, rival, "ndcg"), strict=False):
            if difference.is_behind:
                spread = f"{difference.low:+.3f} to {difference.high:+.3f}"
                return Verdict(False, f"with {k} ratings its NDCG is below {name} ({difference.mean:+.3f}, {spread})")
    mean, least = challenger.ndcg.mean(), floor.ndcg.mean()
    if mean < least:
        return Verdict(False, f"its mean NDCG {mean:.3f} is below popularity in genres, {least:.3f}")
    gain = differences(challenger, champion or floor, "ndcg")[-1]
    return Verdict(True, f"mean NDCG {mean:.3f}, {gain.mean:+.3f} against {list(rivals)[-1]}")


def summary(results: Mapping[str, LadderResult]) -> dict[str, Any]:
    """Return each ranker's NDCG and hit rate by rung, with standard errors, for a report."""
    return {
        name: {
            "rungs": list(result.rungs),
            "people": len(result.user_ids),
            "ndcg": [round(float(value), 4) for value in result.ndcg.mean(axis=1)],
            "ndcg_standard_error": [round(float(value), 4) for value in standard_errors(result.ndcg)],
            "recall": [round(float(value), 4) for value in result.recall.mean(axis=1)],
            "hit": [round(float(value), 4) for value in result.hit.mean(axis=1)],
        }
        for name, result in results.items()
    }
