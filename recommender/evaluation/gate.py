"""The gate before publication: held-out people judge challenger, champion and floor, pair by pair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from recommender.evaluation.bootstrap import Difference, differences, standard_errors
from recommender.evaluation.ranking import LadderResult

# Fewer people prove nothing: intervals resampled from a handful are too narrow, and that of one person is a point.
FEWEST_JUDGES: Final = 30


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a challenger is published, and the reason in one sentence."""

    published: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of several challengers is put forward, the verdict on it, and everybody's own."""

    name: str
    verdict: Verdict
    verdicts: Mapping[str, Verdict]


def choose(challengers: Mapping[str, LadderResult], floor: LadderResult, champion: LadderResult | None) -> Choice:
    """Put forward the challenger with the best mean NDCG over rungs that passes the gate, the first among equals.

    Where none passes, the best of them stands for all, with the reason it is refused for.
    """
    order = sorted(challengers, key=lambda name: -challengers[name].ndcg.mean())  # stable: the first of equals leads
    verdicts = {name: judge(challengers[name], floor, champion) for name in order}
    name = next((name for name in order if verdicts[name].published), order[0])
    if len(order) == 1:
        return Choice(name, verdicts[name], verdicts)
    return Choice(name, Verdict(verdicts[name].published, _account(name, challengers, verdicts)), verdicts)


def judge(challenger: LadderResult, floor: LadderResult, champion: LadderResult | None) -> Verdict:
    """Refuse a challenger that is proven worse at some rung, or worse than the floor on the whole.

    Worse at a rung means that the paired 95 % interval of its NDCG@10 lies below zero; fewer than FEWEST_JUDGES people
    prove nothing, and leave the whole to decide.
    """
    people, mean, least = len(challenger.user_ids), float(challenger.ndcg.mean()), float(floor.ndcg.mean())
    can_prove = people >= FEWEST_JUDGES
    rivals = {"popularity in the chosen genres": floor, **({"the serving ranker": champion} if champion else {})}
    for name, rival in rivals.items():
        for k, difference in zip(challenger.rungs, differences(challenger, rival, "ndcg"), strict=False):
            if can_prove and difference.is_behind:
                return Verdict(False, f"after {_ratings(k)} its lists are worse than {name} ({_spread(difference)})")
    if mean < least:
        return Verdict(
            False, f"its mean NDCG@10 of {mean:.3f} is below the {least:.3f} of popularity in the chosen genres"
        )
    name, rival = list(rivals.items())[-1]
    gain = _spread(differences(challenger, rival, "ndcg")[-1])
    given = f"{people} held-out {'person gives' if people == 1 else 'people give'} it a mean NDCG@10 of {mean:.3f}"
    if not can_prove:
        return Verdict(True, f"{given}, {least:.3f} to popularity in the chosen genres; so few prove nothing more")
    return Verdict(True, f"{given}, nowhere proven worse than {name} ({gain})")


def _account(name: str, challengers: Mapping[str, LadderResult], verdicts: Mapping[str, Verdict]) -> str:
    """Say in one sentence who won against whom, and why the others did not."""
    won = verdicts[name]
    if not won.published:
        return f"none of {_listed(list(verdicts))} passes, not even {name}, the best of them: {won.reason}"
    beaten = [
        f"{other} ({_spread(differences(challengers[name], challengers[other], 'ndcg')[-1])})"
        for other, verdict in verdicts.items()
        if other != name and verdict.published
    ]
    refused = [
        f"{other} is refused since {verdict.reason}" for other, verdict in verdicts.items() if not verdict.published
    ]
    lead = f"{name} leads {_listed(beaten)}" if beaten else f"{name} alone passes"
    return ", ".join([f"{lead}: {won.reason}", *refused])


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


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
