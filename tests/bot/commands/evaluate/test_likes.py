"""`reelmate evaluate --how-sure`: chances of a like beside the means of film and person."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.__main__ import invoke
from tests.bot.catalogue.releases import PEOPLE, RATED, write_csv_layout

RUNGS = [0, 1, 3, 5, 10, 20]


@pytest.mark.tensorflow
def test_ours_is_judged_beside_the_means(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["evaluate", "--how-sure", "--corpus", str(write_csv_layout(tmp_path / "ml")), "--folds", "2"]
    assert invoke(["--data-dir", str(tmp_path), *asked, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert len(answer["data"]["sha256"]) == 64
    assert answer["seeds"]["sample_of_judges"] == 44
    figures = answer["rankers"]["embedding_mlp"]
    assert figures["people"] == 2 * PEOPLE / 5
    assert figures["ratings"] == figures["people"] * (RATED - 20)
    assert [rung["k"] for rung in figures["rungs"]] == RUNGS
    for rung in figures["rungs"]:
        assert len(rung["calibration_error_by_fold"]) == len(rung["calibration_error_of_means_by_fold"]) == 2
        assert all(0 <= rung[who]["auc"] <= 1 for who in ("ours", "means"))


@pytest.mark.tensorflow
def test_so_many_people_judge_and_no_more(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["evaluate", "--how-sure", "--corpus", str(write_csv_layout(tmp_path / "ml")), "--folds", "1"]
    assert invoke(["--data-dir", str(tmp_path), *asked, "--rankers", "mf", "--people", "3"]) == 0
    printed = capsys.readouterr()
    assert "mf on ml: 3 people never seen in training" in printed.out
    for column in ("log loss", "calibration error", "of the means", "per person", "accuracy"):
        assert column in printed.out
    assert [line.split()[0] for line in printed.out.splitlines() if line[0].isdigit()] == [str(k) for k in RUNGS] * 2
    assert max(map(len, printed.out.splitlines())) < 250
    assert "mf, fold 1 of 1" in printed.err


def test_a_floor_knows_no_chances_and_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = write_csv_layout(tmp_path / "ml")
    asked = ["evaluate", "--how-sure", "--corpus", str(corpus), "--rankers", "most_popular"]
    assert invoke(["--data-dir", str(tmp_path), *asked]) == 1
    assert "--rankers of chances must be among" in capsys.readouterr().err


def test_one_way_of_judging_at_a_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["--data-dir", str(tmp_path), "evaluate", "--how-sure", "--new-films"]) == 2
    assert "not both" in capsys.readouterr().err
