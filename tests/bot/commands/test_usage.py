"""The command line itself: light help, wrong usage as one line, traces only with --debug."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from bot.__main__ import invoke
from tests.bot.commands.complaint import complaint

HEAVY = ("sqlalchemy", "telegram", "numpy", "pandas", "tensorflow", "keras", "onnxruntime", "matplotlib", "pydantic")


@pytest.mark.processes
def test_help_is_light() -> None:
    script = (
        "import sys; from bot.__main__ import invoke; invoke(['--help']); "
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    child = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert child.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    "arguments", [["bogus"], ["doctor", "--bogus"], ["sandbox", "--port", "70000"], ["sandbox", "x"]]
)
def test_wrong_usage_is_one_line_and_exit_code_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(arguments) == 2
    assert "reelmate --help" in complaint(capsys)


def test_debug_lets_the_trace_through(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REELMATE_DATABASE_URL", "mysql://localhost/films")
    with pytest.raises(Exception, match="REELMATE_DATABASE_URL"):
        invoke(["--data-dir", str(tmp_path), "--debug", "migrate"])


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["--version"]) == 0
    assert capsys.readouterr().out == f"reelmate {version('reelmate')}\n"


def test_a_slip_in_a_command_names_the_one_that_may_be_meant(capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["doctr"]) == 2
    assert "Did you mean 'doctor'? See reelmate --help." in complaint(capsys)


def test_a_home_that_no_shell_put_there_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "text.db").write_text("no database")
    assert invoke(["--data-dir", "~/data", "restore", "~/text.db"]) == 1
    assert f"file is not a database ({tmp_path}/text.db)" in complaint(capsys)
    assert invoke(["--data-dir", "~/data", "import", "movielens", "~/nowhere"]) == 1
    assert f"{tmp_path}/nowhere, which does not exist" in capsys.readouterr().err
