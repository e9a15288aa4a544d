"""`reelmate evaluate --new-films`: what is said of films that nobody rated before training."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.__main__ import invoke
from tests.bot.catalogue.releases import write_csv_layout


def _release(folder: Path, other: float = 2.0) -> Path:
    """Write a release of 60 films and 40 people, who rate 40 of them: every other one 5 stars, the rest as told."""
    folder.mkdir()
    movies = "".join(f"{film},Film {film} ({1960 + film}),{'Drama' if film % 3 else 'War'}\n" for film in range(1, 61))
    ratings = "".join(
        f"{user},{(user * 7 + place) % 60 + 1},{5.0 if place % 2 else other},{10**9 + place}\n"
        for user in range(1, 41)
        for place in range(40)
    )
    (folder / "movies.csv").write_text(f"movieId,title,genres\n{movies}")
    (folder / "ratings.csv").write_text(f"userId,movieId,rating,timestamp\n{ratings}")
    return folder


@pytest.mark.tensorflow
def test_ours_is_judged_beside_the_genre_prior(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["evaluate", "--new-films", "--corpus", str(_release(tmp_path / "ml")), "--folds", "1", "--json"]
    assert invoke(["--data-dir", str(tmp_path), *asked]) == 0
    answer = json.loads(capsys.readouterr().out)
    figures = answer["rankers"]["embedding_mlp"]
    assert figures["natural_share"] == pytest.approx(0.1)
    assert [rung["k"] for rung in figures["rungs"]] == [0, 1, 3, 5, 10, 20]
    assert all(0 <= rung["ours"]["auc"] <= 1 for rung in figures["rungs"])
    shares = [stand["new_share"][-1] for stand in figures["dial"]]
    assert shares[0] < shares[-1]


@pytest.mark.tensorflow
def test_where_everything_is_liked_dashes_stand_for_areas(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["evaluate", "--new-films", "--corpus", str(_release(tmp_path / "ml", other=5.0)), "--folds", "1"]
    assert invoke(["--data-dir", str(tmp_path), *asked, "--rankers", "mf"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines() if line.split()[0].isdigit()]
    assert [line[1:] for line in lines[:6]] == [["-"] * 6] * 6


def test_a_floor_knows_no_chances_and_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = write_csv_layout(tmp_path / "ml")
    asked = ["evaluate", "--new-films", "--corpus", str(corpus), "--rankers", "most_popular"]
    assert invoke(["--data-dir", str(tmp_path), *asked]) == 1
    assert "--rankers of new films must be among" in capsys.readouterr().err
