"""How sure, as plain values."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from recommender.evaluation.likes import LikeAnswers, calibration_error, join_answers, reliability
from recommender.evaluation.reports.likes import describe_likes, errors_by_crowd, expected_error, loss_gain


def drawn(seed: int, *, people: int = 60, ratings: int = 50, user_bias: float = 0.0, lean: float = 0.0) -> LikeAnswers:
    """Return chances that are right but for how generous each person is, or lean to one side."""
    generator = np.random.default_rng(seed)
    chances = generator.uniform(0.2, 0.8, people * ratings)
    user_biases = np.repeat(generator.normal(0, user_bias, people), ratings)
    liked = generator.random(len(chances)) < np.clip(chances + user_biases, 0, 1)
    return LikeAnswers(np.repeat(np.arange(people) + 1_000 * seed, ratings), np.clip(chances + lean, 0, 1), liked)


def test_gain_is_the_mean_over_ratings_and_people_say_how_sure() -> None:
    right = drawn(1)
    wrong = LikeAnswers(right.people, 1 - right.chances, right.liked)
    gain = loss_gain(right, wrong)
    assert gain.mean == pytest.approx(wrong.log_losses.mean() - right.log_losses.mean())
    assert gain.is_ahead
    assert loss_gain(right, right).mean == 0


def test_right_chances_of_generous_and_harsh_people_show_an_error_of_their_own() -> None:
    folds = [drawn(seed, user_bias=0.2) for seed in range(1, 9)]
    seen = float(np.mean([calibration_error(reliability(fold)) for fold in folds]))
    assert expected_error(folds) == pytest.approx(seen, rel=0.25)
    assert expected_error(folds) > 1.1 * expected_error([drawn(seed) for seed in range(1, 9)])


def test_chances_that_lean_to_one_side_are_no_luck() -> None:
    folds = [drawn(seed, lean=0.15) for seed in range(1, 9)]
    assert expected_error(folds) < 0.5 * np.mean([calibration_error(reliability(fold)) for fold in folds])


def test_luck_falls_as_crowds_grow_and_a_lean_stays() -> None:
    few, all_of_them = errors_by_crowd([drawn(1, user_bias=0.2, people=400)], [20, 400])
    assert all_of_them < few / 3  # by the root of 20, were chances right to the last digit
    leaning = errors_by_crowd([drawn(1, lean=0.15, people=400)], [20, 400])
    assert leaning == pytest.approx([0.15, 0.15], abs=0.03)


def test_the_report_holds_every_rung_beside_the_means_fold_by_fold_and_as_one() -> None:
    ours = {k: [drawn(1), drawn(2)] for k in (0, 5)}
    report = describe_likes(ours, {k: [drawn(1, lean=0.15), drawn(2, lean=0.15)] for k in (0, 5)})
    assert (report["people"], report["ratings"]) == (120, 6_000)
    assert [rung["k"] for rung in report["rungs"]] == [0, 5]
    for rung in report["rungs"]:
        errors = [calibration_error(reliability(fold)) for fold in ours[0]]
        assert rung["calibration_error_by_fold"] == pytest.approx(errors, abs=1e-5)
        pooled = calibration_error(reliability(join_answers(ours[0])))
        assert rung["ours"]["calibration_error"] == pytest.approx(pooled, abs=1e-5)
        gain = rung["log_loss_gain"]
        assert gain["mean"] == pytest.approx(rung["means"]["log_loss"] - rung["ours"]["log_loss"], abs=2e-5)
        assert 0 < gain["low"] < gain["mean"] < gain["high"]
        assert rung["auc_difference"]["low"] <= 0 <= rung["auc_difference"]["high"]  # a lean orders no differently


def test_where_everything_is_liked_there_is_no_area_and_the_report_stays_json() -> None:
    liked = replace(drawn(1), liked=np.ones(3_000, dtype=np.bool_))
    report = describe_likes({0: [liked]}, {0: [liked]})
    assert report["rungs"][0]["ours"]["auc"] is None
    assert report["rungs"][0]["person_auc_difference"] is None
    json.dumps(report, allow_nan=False)
