"""The gate: who may be published."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from recommender.evaluation.gate import FEWEST_JUDGES, choose, judge, summary
from recommender.evaluation.ladder import RUNGS
from recommender.evaluation.ranking import METRICS, LadderResult

PEOPLE = 200


def result_of(*means: float, noise: float = 0.05, seed: int = 0, people: int = PEOPLE) -> LadderResult:
    """Return a result with these mean NDCGs by rung; the same seed gives everyone the same luck."""
    luck = np.random.default_rng(seed).normal(0, noise, people)
    luck -= luck.mean()
    ndcg = np.array(means or (0.3,) * len(RUNGS))[:, None] + luck
    values = dict.fromkeys(METRICS, ndcg)
    lists = np.zeros((len(RUNGS), people, 10), dtype=np.int32)
    return LadderResult(RUNGS, np.arange(people), lists, **values, coverage=np.full(len(RUNGS), 0.2))


FLOOR = result_of()


def test_publishes_what_is_better_everywhere() -> None:
    verdict = judge(result_of(*(0.35,) * 6), FLOOR, None)
    assert verdict.published
    assert verdict.reason == (
        "200 held-out people give it a mean NDCG@10 of 0.350, nowhere proven worse than popularity in the chosen genres"
        " (+0.050 NDCG@10, 95 % interval +0.050 to +0.050)"
    )


def test_refuses_what_is_proven_worse_at_one_rung() -> None:
    verdict = judge(result_of(0.4, 0.25, 0.4, 0.4, 0.4, 0.4), FLOOR, None)
    assert not verdict.published
    assert verdict.reason.startswith("after 1 rating its lists are worse than popularity in the chosen genres (-0.050")


def test_a_lower_figure_within_chance_is_no_reason() -> None:
    unsure = result_of(0.39, 0.31, 0.31, 0.31, 0.31, 0.31, noise=0.2, seed=1)
    champion = result_of(*(0.3,) * 5, 0.315, noise=0.2, seed=2)
    assert judge(unsure, FLOOR, champion).published


def test_refuses_what_is_worse_than_the_serving_ranker() -> None:
    verdict = judge(result_of(*(0.35,) * 6), FLOOR, result_of(*(0.35,) * 5, 0.4))
    assert not verdict.published
    assert verdict.reason.startswith("after 20 ratings its lists are worse than the serving ranker (-0.050")


def test_refuses_a_mean_below_the_floor_though_no_rung_is_proven_worse() -> None:
    verdict = judge(result_of(*(0.298,) * 6, noise=0.3, seed=1), FLOOR, None)
    assert not verdict.published
    assert verdict.reason == "its mean NDCG@10 of 0.298 is below the 0.300 of popularity in the chosen genres"


@pytest.mark.parametrize(("people", "published"), [(1, True), (FEWEST_JUDGES - 1, True), (FEWEST_JUDGES, False)])
def test_a_handful_of_people_prove_nothing(people: int, published: bool) -> None:
    uneven = result_of(0.4, 0.25, 0.4, 0.4, 0.4, 0.4, people=people)
    assert judge(uneven, result_of(people=people), None).published == published


def test_where_few_judge_the_mean_alone_decides_and_the_sentence_says_so() -> None:
    floor = result_of(people=1)
    better, worse = result_of(*(0.35,) * 6, people=1), result_of(*(0.25,) * 6, people=1)
    assert judge(better, floor, better).reason == (
        "1 held-out person gives it a mean NDCG@10 of 0.350, 0.300 to popularity in the chosen genres;"
        " so few prove nothing more"
    )
    assert not judge(worse, floor, None).published
    assert judge(worse, floor, None).reason.startswith("its mean NDCG@10 of 0.250 is below the 0.300")


def test_only_the_same_people_can_judge_both() -> None:
    others = replace(FLOOR, user_ids=FLOOR.user_ids + 1)
    with pytest.raises(ValueError, match="same people"):
        judge(others, FLOOR, None)


def test_the_summary_has_every_rung_of_every_ranker() -> None:
    found = summary({"ours": result_of(*(0.35,) * 6), "floor": FLOOR})
    assert found["ours"]["ndcg"] == [0.35] * 6
    assert found["floor"]["people"] == PEOPLE
    assert found["floor"]["ndcg_standard_error"] == [pytest.approx(0.0035, abs=5e-4)] * 6


def test_of_several_the_best_in_the_mean_over_rungs_is_put_forward() -> None:
    runs = {"one": result_of(*(0.35,) * 6), "two": result_of(0.3, *(0.4,) * 5), "three": result_of(*(0.31,) * 6)}
    choice = choose(runs, FLOOR, result_of(*(0.3,) * 6))
    assert choice.name == "two"
    assert all(verdict.published for verdict in choice.verdicts.values())
    assert choice.verdict.reason == (
        "two leads one (+0.033 NDCG@10, 95 % interval +0.033 to +0.033) and three (+0.073 NDCG@10, 95 % interval +0.073"
        " to +0.073): 200 held-out people give it a mean NDCG@10 of 0.383, nowhere proven worse than the serving ranker"
        " (+0.083 NDCG@10, 95 % interval +0.083 to +0.083)"
    )


def test_a_better_mean_does_not_help_who_fails_the_gate() -> None:
    runs = {"bold": result_of(0.2, *(0.5,) * 5), "steady": result_of(*(0.35,) * 6)}
    choice = choose(runs, FLOOR, None)
    assert choice.name == "steady"
    assert choice.verdict.published
    assert choice.verdict.reason.startswith("steady alone passes: 200 held-out people")
    assert ", bold is refused since after 0 ratings its lists are worse than popularity" in choice.verdict.reason


def test_where_none_passes_the_best_stands_for_all() -> None:
    choice = choose({"bad": result_of(*(0.1,) * 6), "poor": result_of(*(0.2,) * 6)}, FLOOR, None)
    assert (choice.name, choice.verdict.published) == ("poor", False)
    assert choice.verdict.reason.startswith("none of poor and bad passes, not even poor, the best of them: after 0 ")


def test_among_equals_the_first_is_put_forward() -> None:
    same = result_of(*(0.35,) * 6)
    assert choose({"first": same, "second": same}, FLOOR, None).name == "first"


def test_one_alone_is_spoken_of_without_a_name() -> None:
    better = result_of(*(0.35,) * 6)
    assert choose({"ours": better}, FLOOR, None).verdict == judge(better, FLOOR, None)
