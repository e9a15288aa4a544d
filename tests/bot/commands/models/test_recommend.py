"""`reelmate recommend`: a list from the shell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import invoke
from tests.bot.commands.complaint import complaint


def test_recommend_keeps_its_keys_and_reads_titles_forgivingly(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["--genres", "sci-fi,Drama", "--liked", "alein (1979)", "--disliked", "Titanic", "-k", "3", "--json"]
    assert invoke(["--data-dir", str(filled), "recommend", *asked]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert set(answer) == {"schema_version", "version", "genres", "ratings", "recommendations"}
    assert answer["genres"] == ["Sci-Fi", "Drama"]
    assert [rating["title"] for rating in answer["ratings"]] == ["Alien (1979)", "Titanic (1997)"]
    assert len(answer["recommendations"]) == 3
    assert set(answer["recommendations"][0]) == {
        *("place", "movie_id", "title", "year", "genres", "score", "like_probability"),
        *("because_movie_id", "because_genre", "slot"),
    }


def test_recommend_turns_to_little_known_films(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lists = []
    for novelty in ("0", "1"):
        assert invoke(["--data-dir", str(filled), "recommend", "-k", "5", "--novelty", novelty, "--json"]) == 0
        lists.append([film["movie_id"] for film in json.loads(capsys.readouterr().out)["recommendations"]])
    assert len(lists[1]) == 5
    assert lists[0] != lists[1]
    assert invoke(["--data-dir", str(filled), "recommend", "--novelty", "2"]) == 2


@pytest.mark.parametrize(
    ("asked", "said"),
    [(["--genres", "Noir"], "Film-Noir"), (["--liked", "Xyzzy the Unfilmed"], "Xyzzy"), (["--liked", ""], "catalogue")],
)
def test_recommend_names_what_it_does_not_know(
    asked: list[str], said: str, filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert invoke(["--data-dir", str(filled), "recommend", *asked]) == 1
    assert said in complaint(capsys)


@pytest.mark.parametrize("folder_is_there", [False, True])
def test_recommend_without_films_says_what_to_import(
    folder_is_there: bool, migrated: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = migrated if folder_is_there else tmp_path / "nowhere"
    assert invoke(["--data-dir", str(folder), "recommend"]) == 1
    assert "import starter" in complaint(capsys)
