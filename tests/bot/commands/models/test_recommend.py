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
        *("because_movie_id", "because_genre", "because_liked_with", "because_shared", "slot"),
    }


def test_recommend_turns_to_little_known_films(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lists = []
    for novelty in ("0", "1"):
        assert invoke(["--data-dir", str(filled), "recommend", "-k", "5", "--novelty", novelty, "--json"]) == 0
        lists.append([film["movie_id"] for film in json.loads(capsys.readouterr().out)["recommendations"]])
    assert len(lists[1]) == 5
    assert lists[0] != lists[1]
    assert invoke(["--data-dir", str(filled), "recommend", "--novelty", "2"]) == 2


def recommended(filled: Path, capsys: pytest.CaptureFixture[str], *asked: str) -> list[dict[str, Any]]:
    """Return the films of a list."""
    assert invoke(["--data-dir", str(filled), "recommend", "--json", *asked]) == 0
    films: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["recommendations"]
    return films


def test_recommend_keeps_to_genres_and_years(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    anything = recommended(filled, capsys, "-k", "100")
    assert any("Drama" in film["genres"] for film in anything)
    assert not all(1990 <= film["year"] <= 1999 for film in anything)
    of_the_nineties = recommended(filled, capsys, "-k", "100", "--from", "1990", "--to", "1999")
    assert len(of_the_nineties) == 100
    assert {film["year"] for film in of_the_nineties} <= set(range(1990, 2000))
    kept = recommended(filled, capsys, "-k", "100", "--only", "western,Comedy", "--without", "Drama", "--to", "1980")
    assert kept
    assert all({"Western", "Comedy"} & {*film["genres"]} and "Drama" not in film["genres"] for film in kept)
    assert max(film["year"] for film in kept) <= 1980
    assert len(recommended(filled, capsys, "--from", "1994", "--to", "1994")) > 0


def test_recommend_says_when_nothing_is_left(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["--data-dir", str(filled), "recommend", "--only", "War", "--without", "War"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "No film is left to recommend."


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--genres", "Noir"], "Film-Noir"),
        (["--only", "Western,Noir"], "--only must be among Action, "),
        (["--without", "Noir"], "Received: Noir"),
        (["--from", "1999", "--to", "1990"], "the first year must not be after the last. Received: 1999 to 1990"),
        (["--liked", "Xyzzy the Unfilmed"], "Xyzzy"),
        (["--liked", ""], "catalogue"),
    ],
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
