"""`reelmate corpora`: what was imported is listed, shown and removed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.__main__ import invoke
from bot.catalogue.corpora import list_corpora
from bot.settings import sqlite_url
from bot.storage import Store
from tests.bot.catalogue.fakes import write_files
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


def test_films_of_a_removed_corpus_are_as_well_known_as_the_others_say(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {
        "movies.csv": "movieId,title,genres\n1,Heat (1995),Crime\n2,Zzyzx Road (2006),Thriller\n",
        "ratings.csv": "userId,movieId,rating,timestamp\n1,1,4,1\n1,2,5,2\n2,1,4,3\n2,2,5,4\n3,1,4,5\n4,1,3,6\n",
    }
    few = {**files, "ratings.csv": "userId,movieId,rating,timestamp\n7,1,4,10\n8,2,5,11\n9,1,4,12\n6,1,5,13\n"}
    for name, content in (("spam", files), ("club", few)):
        write_files(tmp_path / name, content)
        assert invoke(["--data-dir", str(tmp_path / "data"), "import", "movielens", str(tmp_path / name)]) == 0
    assert _known(tmp_path / "data") == {"Heat": 1.0, "Zzyzx Road": 0.5}
    assert run(tmp_path / "data", "remove", "spam") == 0
    assert _known(tmp_path / "data") == {"Heat": 0.75, "Zzyzx Road": 0.25}
    assert run(tmp_path / "data", "remove", "club") == 0
    left = _known(tmp_path / "data")
    assert left["Zzyzx Road"] == 0.0
    assert 0 < left["Heat"] < 1  # as the starter has it
    assert "as well known as other sources say" in capsys.readouterr().out


def _known(folder: Path) -> dict[str, float]:
    with Store(sqlite_url(folder)) as store:
        entries = store.read(lambda tx: tx.movies.catalogue())
    return {entry.movie.title: entry.popularity or 0.0 for entry in entries}
