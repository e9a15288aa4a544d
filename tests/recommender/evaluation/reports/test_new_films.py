from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from recommender.evaluation.likes import LikeAnswers
from recommender.evaluation.new_films import DIALS, judge_new_films
from recommender.evaluation.reports.new_films import describe_new_films
from tests.recommender.evaluation.test_new_films import Oracle, lively_corpus


def test_the_report_holds_every_rung_beside_the_prior_and_every_stand_of_the_dial() -> None:
    report = describe_new_films(judge_new_films(Oracle(), lively_corpus(), 0))
    assert [rung["k"] for rung in report["rungs"]] == [0, 1, 3, 5, 10, 20]
    assert report["natural_share"] == pytest.approx(0.1)
    for rung in report["rungs"]:
        assert rung["ours"]["auc"] == rung["ours"]["person_auc"] == 1
        assert rung["auc_difference"]["mean"] == pytest.approx(1 - rung["genre_prior"]["auc"], abs=1e-3)
        assert rung["auc_difference"]["low"] > 0
    assert [stand["novelty"] for stand in report["dial"]] == list(DIALS)
    assert [stand["new_share"][-1] for stand in report["dial"]][::4] == [0, 1]
    assert report["dial"][0]["ndcg_difference"] == {"mean": 0, "low": 0, "high": 0}
    assert report["dial"][-1]["ndcg_difference"]["mean"] != 0


def test_where_everything_is_liked_there_is_no_area_and_the_report_stays_json() -> None:
    result = judge_new_films(Oracle(), lively_corpus(), 0)
    ours, prior = ({k: _all_liked(said) for k, said in answers.items()} for answers in (result.ours, result.prior))
    report = describe_new_films(replace(result, ours=ours, prior=prior))
    for rung in report["rungs"]:
        assert rung["ours"]["auc"] is rung["genre_prior"]["person_auc"] is None
        assert rung["auc_difference"] is rung["person_auc_difference"] is None
    json.dumps(report, allow_nan=False)


def _all_liked(answers: LikeAnswers) -> LikeAnswers:
    return replace(answers, liked=np.ones_like(answers.liked))
