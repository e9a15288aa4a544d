"""`reelmate corpora`: what was imported is listed, shown and removed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.__main__ import invoke
from bot.catalogue.corpora import list_corpora
from tests.bot.retraining.corpora import store_tastes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store_tastes(tmp_path, 40, name="club", simulated=False, since=1_000_000_000)
    store_tastes(tmp_path, 20)
    return tmp_path


def run(folder: Path, *words: str) -> int:
    return invoke(["--data-dir", str(folder), "corpora", *words])


def test_corpora_are_listed_by_name(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "list") == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines() if line.startswith(("club", "simulated"))]
    assert [(line[0], *line[2:4]) for line in lines] == [("club", "40", "1,440"), ("simulated", "20", "720")]
    assert run(folder, "list", "--json") == 0
    listed = json.loads(capsys.readouterr().out)["corpora"]
    assert [(card["name"], card["simulated"]) for card in listed] == [("club", False), ("simulated", True)]


def test_a_corpus_is_shown_with_its_licence_and_its_time(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "show", "club") == 0
    shown = capsys.readouterr().out
    assert "made for tests" in shown
    assert "1,440 ratings of 40 people" in shown
    assert "Rated from 2001-09-09 to 2001-09-09" in shown
    assert run(folder, "show", "club", "--json") == 0
    assert json.loads(capsys.readouterr().out)["first_day"] == "2001-09-09"
    assert run(folder, "show", "simulated") == 0
    assert "20 simulated people" in capsys.readouterr().out


def test_a_removed_corpus_is_gone_and_the_others_stay(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "corpora" / "club" / "corpus.json").write_text("{}")
    assert run(folder, "remove", "club") == 0  # a damaged one, too
    assert "club is removed" in capsys.readouterr().out
    assert [card.name for card in list_corpora(folder)] == ["simulated"]
    assert [path.name for path in (folder / "corpora").iterdir()] == ["simulated"]


@pytest.mark.parametrize("command", ["show", "remove"])
@pytest.mark.parametrize("name", ["nowhere", "../corpora/club", ""])
def test_what_is_no_corpus_is_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str, name: str
) -> None:
    assert run(folder, command, name) == 1
    assert capsys.readouterr().err.startswith("reelmate: ")
    assert len(list_corpora(folder)) == 2


def test_without_a_corpus_it_says_how_to_get_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "list") == 0
    assert "reelmate import movielens" in capsys.readouterr().out
