"""What rankers did on the ladder as plain values: every metric at every rung, paired differences, and out of what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from recommender.comparing import differences_from_others, standard_errors
from recommender.contenders import FoldClimb
from recommender.corpus import Corpus
from recommender.evaluation import METRICS, LadderResult, pool
from recommender.provenance import LADDER_SEEDS, describe_corpus, find_commit, find_versions

# What rankers are compared in, pair by pair; novelty and coverage are no merit by themselves.
COMPARED: Final = ("ndcg", "recall", "hit", "mrr")
Climbs = Mapping[str, Sequence[FoldClimb]]


def pool_all(climbs: Climbs) -> dict[str, LadderResult]:
    """Return each ranker's folds as one result."""
    return {name: pool([fold.result for fold in folds]) for name, folds in climbs.items()}


def describe_origin(corpus: Corpus) -> dict[str, Any]:
    """Return data, seeds, versions and commit: what the figures are made of."""
    return {
        "data": describe_corpus(corpus),
        "seeds": dict(LADDER_SEEDS),
        "versions": find_versions(),
        "git_commit": find_commit(),
    }


def describe_climbs(climbs: Climbs, subject: str) -> dict[str, Any]:
    """Return what every ranker did, and by how much `subject` is ahead of each of the others."""
    results = pool_all(climbs)
    any_result = results[subject]
    return {
        "folds": len(climbs[subject]),
        "people": len(any_result.user_ids),
        "rungs": list(any_result.rungs),
        "rankers": {name: _describe(result, climbs[name]) for name, result in results.items()},
        "differences": {"of": subject, "from": differences_from_others(results, subject, COMPARED)},
    }


def _describe(result: LadderResult, folds: Sequence[FoldClimb]) -> dict[str, Any]:
    coverage = [round(float(share), 5) for share in result.coverage]
    return {
        **{metric: figures(result.metric(metric)) for metric in METRICS},
        "coverage": coverage,
        "mean_over_rungs": {
            **{metric: figures(result.metric(metric).mean(axis=0, keepdims=True))[0] for metric in METRICS},
            "coverage": round(float(result.coverage.mean()), 5),
        },
        "settings": [dict(fold.settings) for fold in folds],
    }


def figures(values: NDArray[np.float64]) -> list[dict[str, float]]:
    """Return mean and standard error of each row.  values: (rungs, people)"""
    pairs = zip(values.mean(axis=1), standard_errors(values), strict=True)
    return [{"mean": round(float(mean), 5), "standard_error": round(float(error), 5)} for mean, error in pairs]
