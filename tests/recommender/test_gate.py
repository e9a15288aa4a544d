"""The gate: who may be published."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from recommender.evaluation import METRICS, LadderResult
from recommender.gate import judge, summary
from recommender.ladder import RUNGS

PEOPLE = 200


def climbed(*means: float, noise: float = 0.05, seed: int = 0) -> LadderResult:
    """Return a climb with these mean NDCGs by rung; the same seed gives everyone the same luck."""
    luck = np.random.default_rng(seed).normal(0, noise, PEOPLE)
    luck -= luck.mean()
    ndcg = np.array(means or (0.3,) * len(RUNGS))[:, None] + luck
    values = dict.fromkeys(METRICS, ndcg)
    lists = np.zeros((len(RUNGS), PEOPLE, 10), dtype=np.int32)
    return LadderResult(RUNGS, np.arange(PEOPLE), lists, **values, coverage=np.full(len(RUNGS), 0.2))


FLOOR = climbed()


def test_publishes_what_is_better_everywhere() -> None:
    verdict = judge(climbed(*(0.35,) * 6), FLOOR, None)
    assert verdict.published
    assert verdict.reason == (
        "200 held-out people give it a mean NDCG@10 of 0.350, nowhere proven worse than popularity in the chosen genres"
        " (+0.050 NDCG@10, 95 % interval +0.050 to +0.050)"
    )


def test_refuses_what_is_proven_worse_at_one_rung() -> None:
    verdict = judge(climbed(0.4, 0.25, 0.4, 0.4, 0.4, 0.4), FLOOR, None)
    assert not verdict.published
    assert verdict.reason.startswith("after 1 rating its lists are worse than popularity in the chosen genres (-0.050")


def test_a_lower_figure_within_chance_is_no_reason() -> None:
    unsure = climbed(0.39, 0.31, 0.31, 0.31, 0.31, 0.31, noise=0.2, seed=1)
    champion = climbed(*(0.3,) * 5, 0.315, noise=0.2, seed=2)
    assert judge(unsure, FLOOR, champion).published


def test_refuses_what_is_worse_than_the_serving_ranker() -> None:
    verdict = judge(climbed(*(0.35,) * 6), FLOOR, climbed(*(0.35,) * 5, 0.4))
    assert not verdict.published
    assert verdict.reason.startswith("after 20 ratings its lists are worse than the serving ranker (-0.050")


def test_refuses_a_mean_below_the_floor_though_no_rung_is_proven_worse() -> None:
    verdict = judge(climbed(*(0.298,) * 6, noise=0.3, seed=1), FLOOR, None)
    assert not verdict.published
    assert verdict.reason == "its mean NDCG@10 of 0.298 is below the 0.300 of popularity in the chosen genres"


def test_only_the_same_people_can_judge_both() -> None:
    others = replace(FLOOR, user_ids=FLOOR.user_ids + 1)
    with pytest.raises(ValueError, match="same people"):
        judge(others, FLOOR, None)


def test_the_summary_has_every_rung_of_every_ranker() -> None:
    found = summary({"ours": climbed(*(0.35,) * 6), "floor": FLOOR})
    assert found["ours"]["ndcg"] == [0.35] * 6
    assert found["floor"]["people"] == PEOPLE
    assert found["floor"]["ndcg_standard_error"] == [pytest.approx(0.0035, abs=5e-4)] * 6
