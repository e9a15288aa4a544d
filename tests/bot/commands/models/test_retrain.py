"""`reelmate retrain`: which models it takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.__main__ import invoke
from tests.bot.commands.complaint import complaint


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--model", "oracle"], "--model must be one of"),
        (["--compare", "wide_deep,oracle"], "Received: oracle"),
        (["--compare", " , "], "Received: nothing"),
    ],
)
def test_retrain_names_the_models_there_are(
    asked: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert invoke(["--data-dir", str(tmp_path), "retrain", *asked]) == 1
    line = complaint(capsys)
    assert said in line
    assert "embedding_mlp" in line


def test_compare_without_names_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["--data-dir", str(tmp_path), "retrain", "--compare"]) == 2
    assert "--compare" in complaint(capsys)


def test_an_incremental_training_takes_no_other_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["--data-dir", str(tmp_path), "retrain", "--incremental", "--model", "mf"]) == 1
    assert "--incremental goes on from the serving model alone" in complaint(capsys)
