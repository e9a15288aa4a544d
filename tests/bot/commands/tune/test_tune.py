"""`reelmate tune`: what it refuses, what it prints, and the file that `reelmate retrain` takes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import invoke
from bot.retraining.tuned import read_tuned
from tests.bot.catalogue.releases import write_csv_layout
from tests.bot.commands.complaint import complaint
from tests.bot.retraining.corpora import store_tastes

WITHOUT_OPTUNA = """
import sys
from importlib.abc import MetaPathFinder

class Missing(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "optuna":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Missing())
from bot.__main__ import invoke
sys.exit(invoke(["--data-dir", sys.argv[1], "tune"]))
"""


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--model", "oracle"], "--model must be one of "),
        (["--time", "soon"], '--time: a duration must be a number and s, m, h, d or w, such as "24h". Received: soon'),
        ([], "tuning needs people with more than 20 ratings and a later like among the half that came first"),
    ],
)
def test_what_cannot_be_searched_is_one_line_that_says_what_to_do(
    asked: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = write_csv_layout(tmp_path / "ml")  # whose people all came at once
    assert invoke(["--data-dir", str(tmp_path), "tune", "--corpus", str(corpus), *asked]) == 1
    assert said in complaint(capsys)


@pytest.mark.processes
def test_without_optuna_one_line_names_the_extra(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WITHOUT_OPTUNA, str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 1
    assert ended.stderr == (
        "reelmate: this needs the package optuna. Install the tune extra: pip install 'reelmate[tune]'\n"
    )


@pytest.mark.tensorflow
@pytest.mark.long("a network is trained for each of five blocks")
def test_the_winner_goes_into_a_file_that_retrain_takes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store_tastes(tmp_path, 90)
    asked = ["--data-dir", str(tmp_path), "tune", "--model", "mf", "--trials", "1"]
    assert invoke([*asked, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    file = tmp_path / "tuning" / "mf.json"
    assert printed["settings_file"] == str(file)
    assert printed["people"] > 0
    assert printed["about"].keys() == {"model", "corpus", "version", "space", "seed", "people"}
    tuned = read_tuned(file)
    assert (tuned.model, tuned.settings["film_size"]) == ("mf", 16)
    assert invoke(asked) == 0  # nothing is left to try: what is known is printed
    assert "Nothing was better than the usual settings." in capsys.readouterr().out
    assert invoke([*asked, "--people", "3"]) == 1
    assert "Received: one of people 200, not 3" in capsys.readouterr().err
