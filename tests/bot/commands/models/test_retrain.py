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


@pytest.mark.tensorflow
@pytest.mark.parametrize(
    ("asked", "content", "said"),
    [
        ([], None, "settings come from a file that `reelmate tune` wrote"),
        ([], "{", "Received: something else"),
        ([], '{"schema_version": 1, "model": "oracle", "settings": {}}', "Received: model oracle"),
        ([], '{"schema_version": 9, "model": "mf", "settings": {}}', "Received: schema_version 9"),
        ([], '{"schema_version": 1, "model": "mf", "settings": {"hidden": [8]}}', "settings of mf must be among"),
        (
            ["--model", "wide_deep"],
            '{"schema_version": 1, "model": "mf", "settings": {}}',
            "--settings must be of a model that is trained. Received: settings of mf",
        ),
        (
            [],
            '{"schema_version": 1, "model": "mf", "settings": {"learning_rate": 3}}',
            "learning_rate of mf must be 0.0003 to 0.01. Received: 3",
        ),
    ],
)
def test_a_file_of_settings_that_cannot_be_taken_is_one_line(
    asked: list[str], content: str | None, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mf.json"
    if content is not None:
        file.write_text(content)
    assert invoke(["--data-dir", str(tmp_path), "retrain", "--settings", str(file), *asked]) == 1
    assert said in complaint(capsys)


def test_what_lies_in_the_data_directory_is_taken_unless_a_file_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tuning").mkdir()
    (tmp_path / "tuning" / "embedding_mlp.json").write_text("{")
    assert invoke(["--data-dir", str(tmp_path), "retrain"]) == 1
    line = complaint(capsys)
    assert f"{tmp_path / 'tuning' / 'embedding_mlp.json'} must hold settings" in line
    assert "move it away" in line
