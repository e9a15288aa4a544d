"""What rankers said of new films, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.evaluation.auc import auc_difference, has_auc, person_auc_difference
from recommender.evaluation.bootstrap import Difference, differences
from recommender.evaluation.likes import LikeAnswers, measure_likes
from recommender.evaluation.new_films import NewFilmsResult


def describe_new_films(result: NewFilmsResult) -> dict[str, Any]:
    """Return areas beside the genre prior's at every rung, and what the novelty dial does to lists.

    None stands for an area that nobody has, where all ratings are likes or none.
    """
    any_rung = next(iter(result.ours.values()))
    return {
        "people": len(np.unique(any_rung.people)),
        "ratings": len(any_rung.liked),
        "natural_share": round(result.natural, 6),
        "rungs": _rungs(result.ours, result.prior),
        "known": _describe_known(result),
        "dial": [_dial_position(dial, result) for dial in result.lists],
    }


def _describe_known(result: NewFilmsResult) -> dict[str, Any]:
    """Return the same of new films of which content is known; no rungs where nobody rated such a film."""
    any_rung = next(iter(result.known_ours.values()))
    return {
        "people": len(np.unique(any_rung.people)),
        "ratings": len(any_rung.liked),
        "rungs": _rungs(result.known_ours, result.known_prior) if len(any_rung.liked) else [],
    }


def _rungs(ours: Mapping[int, LikeAnswers], prior: Mapping[int, LikeAnswers]) -> list[dict[str, Any]]:
    return [_rung(k, ours[k], prior[k]) for k in ours]


def _rung(k: int, ours: LikeAnswers, prior: LikeAnswers) -> dict[str, Any]:
    are_compared = has_auc(ours)
    return {
        "k": k,
        "liked_share": round(float(ours.liked.mean()), 4),
        "mean_chance": round(float(ours.chances.mean()), 4),
        "ours": _rounded(asdict(measure_likes(ours))),
        "genre_prior": _rounded(asdict(measure_likes(prior))),
        "auc_difference": _spread(auc_difference(ours, prior)) if are_compared else None,
        "person_auc_difference": _spread(person_auc_difference(ours, prior)) if are_compared else None,
    }


def _dial_position(dial: float, result: NewFilmsResult) -> dict[str, Any]:
    lists = result.lists[dial]
    return {
        "novelty": dial,
        "new_share": _means(result.shares[dial]),
        "ndcg": _means(lists.ndcg),
        "hit": _means(lists.hit),
        "ndcg_difference": _spread(differences(lists, result.lists[0.0], "ndcg")[-1]),
    }


def _means(values: NDArray[np.float64]) -> list[float]:
    """Return the mean over people at each rung, then over rungs.  values: (rungs, people)"""
    by_rung = values.mean(axis=1)
    return [round(float(mean), 4) for mean in (*by_rung, by_rung.mean())]


def _spread(difference: Difference) -> dict[str, float | None]:
    return _rounded(asdict(difference))


def _rounded(figures: Mapping[str, float]) -> dict[str, float | None]:
    return {name: None if np.isnan(value) else round(value, 4) for name, value in figures.items()}
