"""The gate before publication: held-out people judge challenger, champion and floor, pair by pair."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from recommender.comparing import Difference, differences, standard_errors
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
    rivals = {"popularity in the chosen genres": floor, **({"the serving ranker": champion} if champion else {})}
    for name, rival in rivals.items():
        for k, difference in zip(challenger.rungs, differences(challenger, rival, "ndcg"), strict=False):
            if difference.is_behind:
                return Verdict(False, f"after {_ratings(k)} its lists are worse than {name} ({_spread(difference)})")
    mean, least = float(challenger.ndcg.mean()), float(floor.ndcg.mean())
    if mean < least:
        return Verdict(
            False, f"its mean NDCG@10 of {mean:.3f} is below the {least:.3f} of popularity in the chosen genres"
        )
    name, rival = list(rivals.items())[-1]
    gain = _spread(differences(challenger, rival, "ndcg")[-1])
    people = len(challenger.user_ids)
    judges = f"{people} held-out {'person' if people == 1 else 'people'}"
    return Verdict(True, f"{judges} give it a mean NDCG@10 of {mean:.3f}, nowhere proven worse than {name} ({gain})")


def _ratings(k: int) -> str:
    return f"{k} rating{'' if k == 1 else 's'}"


def _spread(difference: Difference) -> str:
    return f"{difference.mean:+.3f} NDCG@10, 95 % interval {difference.low:+.3f} to {difference.high:+.3f}"


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
