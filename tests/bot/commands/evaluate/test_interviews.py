"""`reelmate evaluate --interview`: the bot's own questions beside other ways of asking."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.__main__ import invoke
from tests.bot.catalogue.releases import PEOPLE, write_csv_layout


@pytest.mark.tensorflow
def test_ours_is_measured_beside_other_ways_of_asking(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--data-dir", str(tmp_path), "evaluate", "--interview", "--corpus", str(write_csv_layout(tmp_path / "ml"))]
    assert invoke([*asked, "--folds", "1", "--rankers", "mf", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["seeds"]["halvings"] == 46
    figures = answer["rankers"]["mf"]
    assert figures["people"] == PEOPLE / 5
    assert figures["rungs"] == [1, 3, 5, 10]
    others = ["random", "popularity", "log popularity x entropy", "Entropy0"]
    assert list(figures["askers"]) == ["ours", *others]
    assert list(figures["ahead_of"]) == others
    for found in figures["askers"].values():
        assert all(0 <= value <= 1 for value in found["ndcg"])
        assert found["answered"] == sorted(found["answered"])


@pytest.mark.tensorflow
def test_it_is_printed_as_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--data-dir", str(tmp_path), "evaluate", "--interview", "--corpus", str(write_csv_layout(tmp_path / "ml"))]
    assert invoke([*asked, "--folds", "1", "--rankers", "mf", "--people", "3"]) == 0
    printed = capsys.readouterr()
    assert "mf on ml: 3 people never seen, half of whose ratings can answer" in printed.out
    assert "ours ahead of" in printed.out
    assert "mf, fold 1: asking, Entropy0" in printed.err


def test_a_floor_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = write_csv_layout(tmp_path / "ml")
    asked = ["evaluate", "--interview", "--corpus", str(corpus), "--rankers", "most_popular"]
    assert invoke(["--data-dir", str(tmp_path), *asked]) == 1
    assert "--rankers that interview must be among" in capsys.readouterr().err
