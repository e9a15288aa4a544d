"""`reelmate evaluate --new-films`: what is said of films that nobody rated before training."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.__main__ import invoke
from tests.bot.catalogue.releases import write_csv_layout


def _release(folder: Path) -> Path:
    """Write a release of 60 films and 40 people, who rate 40 of them and like every other one."""
    folder.mkdir()
    movies = "".join(f"{film},Film {film} ({1960 + film}),{'Drama' if film % 3 else 'War'}\n" for film in range(1, 61))
    ratings = "".join(
        f"{user},{(user * 7 + place) % 60 + 1},{5.0 if place % 2 else 2.0},{10**9 + place}\n"
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


def test_a_floor_knows_no_chances_and_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = write_csv_layout(tmp_path / "ml")
    asked = ["evaluate", "--new-films", "--corpus", str(corpus), "--rankers", "most_popular"]
    assert invoke(["--data-dir", str(tmp_path), *asked]) == 1
    assert "--rankers of new films must be among" in capsys.readouterr().err
