from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from recommender.evaluation import bootstrap
from recommender.evaluation.bootstrap import (
    RESAMPLE_SEED,
    RESAMPLES,
    best_by_rung,
    differences,
    differences_from_others,
    paired_intervals,
    standard_errors,
)
from recommender.evaluation.ranking import LadderResult


def result_of(ndcg: NDArray[np.float64], first_id: int = 0) -> LadderResult:
    rungs, people = ndcg.shape
    rest = dict.fromkeys(("recall", "hit", "mrr", "novelty"), ndcg)
    lists, ids = np.zeros((rungs, people, 10), dtype=np.int32), np.arange(first_id, first_id + people)
    return LadderResult(tuple(range(rungs)), ids, lists, ndcg=ndcg, **rest, coverage=np.zeros(rungs))


def test_a_constant_gain_has_an_interval_of_no_width() -> None:
    base = np.random.default_rng(1).random((2, 50))
    gains = differences(result_of(base + 0.125), result_of(base), "ndcg")
    assert len(gains) == 3  # two rungs and their mean
    for gain in gains:
        assert (gain.mean, gain.low, gain.high) == pytest.approx((0.125, 0.125, 0.125))
        assert gain.is_ahead
        assert not gain.is_behind


def test_interval_has_the_width_theory_gives_it() -> None:
    values = np.random.default_rng(2).normal(0.02, 0.2, (1, 400))
    interval = paired_intervals(values)[0]
    error = standard_errors(values)[0]
    assert interval.mean == pytest.approx(values.mean())
    assert interval.high - interval.low == pytest.approx(2 * 1.96 * error, rel=0.05)


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    generator = np.random.default_rng(3)
    held = [
        interval.low <= 0 <= interval.high
        for _ in range(10)
        for interval in paired_intervals(generator.normal(0, 1, (20, 100)))
    ]
    assert 0.9 < np.mean(held) < 0.99


def test_same_figures_give_the_same_interval() -> None:
    values = np.random.default_rng(4).random((3, 30))
    assert paired_intervals(values) == paired_intervals(values)


def test_resamples_are_those_of_a_single_seeded_draw_whatever_the_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.random.default_rng(5).random((2, 40))
    drawn = np.random.default_rng(RESAMPLE_SEED).multinomial(40, np.full(40, 1 / 40), RESAMPLES)
    low, high = np.percentile(drawn @ values.T / 40, [2.5, 97.5], axis=0)
    for chunk in (RESAMPLES * 40, 40 * 7):
        monkeypatch.setattr(bootstrap, "CHUNK", chunk)
        bootstrap._resamples.cache_clear()
        found = paired_intervals(values)
        assert [difference.low for difference in found] == pytest.approx(low, abs=1e-12)
        assert [difference.high for difference in found] == pytest.approx(high, abs=1e-12)


def test_people_are_drawn_once_for_all_figures() -> None:
    bootstrap._resamples.cache_clear()
    results = {name: result_of(np.random.default_rng(seed).random((2, 40))) for seed, name in enumerate("abc")}
    differences_from_others(results, "a", ["ndcg", "recall"])
    assert bootstrap._resamples.cache_info().misses == 1


def test_refuses_to_compare_over_different_people() -> None:
    with pytest.raises(ValueError, match="judged by the same people"):
        differences(result_of(np.zeros((1, 3))), result_of(np.zeros((1, 3)), first_id=7), "ndcg")


def test_names_the_best_of_each_rung_and_of_the_mean() -> None:
    early, late = np.array([[0.5], [0.1]]), np.array([[0.2], [0.9]])
    results = {"early": result_of(early), "late": result_of(late)}
    assert best_by_rung(results, "ndcg", ["early", "late"]) == ["early", "late", "late"]
