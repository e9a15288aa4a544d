"""Rankers compared in pairs: the same people judged both, so their differences are theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from recommender.evaluation.ranking import LadderResult

RESAMPLES: Final = 10_000
RESAMPLE_SEED: Final = 2026
CONFIDENCE: Final = 0.95
# Counts held at their full width at once: 20 million are 160 MB.
CHUNK: Final = 20_000_000


@dataclass(frozen=True, slots=True)
class Difference:
    """A mean paired difference with its bootstrap percentile interval of 95 %."""

    mean: float
    low: float
    high: float

    @property
    def is_ahead(self) -> bool:
        """Whether the whole interval is above zero."""
        return self.low > 0

    @property
    def is_behind(self) -> bool:
        """Whether the whole interval is below zero."""
        return self.high < 0


def differences(one: LadderResult, other: LadderResult, metric: str) -> list[Difference]:
    """Return by how much `one` is better: at every rung, then in the mean over rungs.

    Raises:
        ValueError: they were judged by other people.
    """
    if not np.array_equal(one.user_ids, other.user_ids):
        raise ValueError(
            f"both must be judged by the same people. Received: {len(one.user_ids)}, {len(other.user_ids)}"
        )
    by_rung = one.metric(metric) - other.metric(metric)  # (rungs, people)
    return paired_intervals(np.concatenate([by_rung, by_rung.mean(axis=0, keepdims=True)]))


def differences_from_others(
    results: Mapping[str, LadderResult], name: str, metrics: Sequence[str]
) -> dict[str, dict[str, dict[str, Any]]]:
    """Return by how much `name` is ahead of every other, by other and metric, as plain values for a report.

    Each is a list over the rungs and the mean over them.
    """
    return {
        other: {metric: _as_object(differences(results[name], result, metric)) for metric in metrics}
        for other, result in results.items()
        if other != name
    }


def paired_intervals(values: NDArray[np.float64]) -> list[Difference]:
    """Return mean and interval of each row, people resampled with replacement (Efron and Tibshirani 1993, chapter 13).

    Args:
        values: (rows, people)
    """
    means = _resampled_means(values)  # (resamples, rows)
    tail = 100 * (1 - CONFIDENCE) / 2
    low, high = np.percentile(means, [tail, 100 - tail], axis=0)
    return [Difference(*map(float, row)) for row in zip(values.mean(axis=1), low, high, strict=True)]


def standard_errors(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the standard error of each row's mean; 0 for a single person.  values: (rows, people)"""
    people = values.shape[1]
    errors: NDArray[np.float64] = values.std(axis=1, ddof=min(1, people - 1)) / np.sqrt(people)
    return errors


def best_by_rung(results: Mapping[str, LadderResult], metric: str, names: Sequence[str]) -> list[str]:
    """Return who of `names` has the best mean at each rung, then in the mean over rungs."""
    means = np.stack([results[name].metric(metric).mean(axis=1) for name in names])  # (names, rungs)
    table = np.concatenate([means, means.mean(axis=1, keepdims=True)], axis=1)
    return [names[place] for place in table.argmax(axis=0)]


def _as_object(found: Sequence[Difference]) -> dict[str, Any]:
    *rungs, mean = [{key: round(value, 5) for key, value in asdict(difference).items()} for difference in found]
    return {"rungs": rungs, "mean": mean}


def _resampled_means(values: NDArray[np.float64]) -> NDArray[np.float64]:
    people = values.shape[1]
    counts, step = _resamples(people), max(1, CHUNK // people)
    return np.concatenate([counts[start : start + step] @ values.T / people for start in range(0, RESAMPLES, step)])


@lru_cache(maxsize=1)
def _resamples(people: int) -> NDArray[np.uint8]:
    """Return how often each resample draws each person, drawn once for all figures of the same people.

    A byte each, 250 MB for 25,000 people; nobody is drawn anywhere near 256 times.  (resamples, people)
    """
    generator, share = np.random.default_rng(RESAMPLE_SEED), np.full(people, 1 / people)
    counts, step = np.empty((RESAMPLES, people), dtype=np.uint8), max(1, CHUNK // people)
    for start in range(0, RESAMPLES, step):
        part = counts[start : start + step]
        part[:] = generator.multinomial(people, share, size=len(part))
    return counts
