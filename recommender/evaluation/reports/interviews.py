"""What ways of asking came to, as plain values: lists and answers after so many questions, and paired differences."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.evaluation.askers import OURS
from recommender.evaluation.bootstrap import paired_intervals, standard_errors
from recommender.evaluation.interviews import FEWEST_RATINGS, HALVINGS, InterviewResult


def describe_interviews(result: InterviewResult) -> dict[str, Any]:
    """Return what every way of asking came to, and by how much ours is ahead of each of the others."""
    return {
        "people": len(result.user_ids),
        "fewest_ratings": FEWEST_RATINGS,
        "halvings": HALVINGS,
        "rungs": list(result.rungs),
        "askers": {name: _describe(result, name) for name in result.ndcg},
        "ahead_of": {
            name: [_rounded(asdict(found)) for found in paired_intervals(result.ndcg[OURS] - values)]
            for name, values in result.ndcg.items()
            if name != OURS
        },
    }


def _describe(result: InterviewResult, name: str) -> dict[str, list[float]]:
    values = result.ndcg[name]
    return {
        "ndcg": _list(values.mean(axis=1)),
        "standard_error": _list(standard_errors(values)),
        "answered": _list(result.answered[name].mean(axis=1)),
    }


def _list(values: NDArray[np.float64]) -> list[float]:
    return [round(float(value), 5) for value in values]


def _rounded(figures: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 5) for name, value in figures.items()}
