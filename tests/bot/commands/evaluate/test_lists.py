"""`reelmate evaluate`: every layout of MovieLens, every ranker, and a report that names what it was made of."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.peers import PEERS
from bot.__main__ import invoke
from recommender.evaluation.registry import FLOORS
from tests.bot.catalogue.fakes import pack, write_csv_release
from tests.bot.catalogue.releases import FILMS, LAYOUTS, PEOPLE, RATED, write_csv_layout

RUNGS = 6


def evaluate(capsys: pytest.CaptureFixture[str], corpus: Path, *asked: str) -> dict[str, Any]:
    """Return what `reelmate evaluate --json` says of a corpus."""
    assert invoke(["--data-dir", str(corpus.parent), "evaluate", "--corpus", str(corpus), "--json", *asked]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


@pytest.mark.long("the whole starter catalogue is judged")
def test_evaluate_keeps_its_keys_and_calls_simulated_people_so(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["--rankers", "most_popular,popular_in_genres", "--folds", "1", "--people", "40"]
    assert invoke(["--data-dir", str(filled), "evaluate", *asked, "--json"]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert set(answer) == {
        *("schema_version", "corpus", "simulated", "data", "seeds", "versions", "git_commit", "seconds", "split"),
        *("folds", "people", "rungs", "rankers", "differences"),
    }
    assert answer["simulated"] is True
    assert set(answer["rankers"]["most_popular"]) == {
        *("ndcg", "recall", "hit", "mrr", "novelty", "coverage", "mean_over_rungs", "settings", "served", "asked")
    }
    assert set(answer["rankers"]["most_popular"]["served"]) == set(answer["rankers"]["most_popular"]["asked"])
    assert set(answer["rankers"]["most_popular"]["served"]) == {
        *("people", "ndcg", "recall", "hit", "mrr", "novelty", "coverage"),
        *("obedience", "miscalibration", "repeats", "commonest"),
    }
    assert len(answer["rankers"]["popular_in_genres"]["ndcg"]) == len(answer["rungs"])
    assert set(answer["rankers"]["popular_in_genres"]["ndcg"][0]) == {"mean", "standard_error"}


@pytest.mark.parametrize("is_packed", [False, True])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_of_movielens_is_judged_as_folder_and_as_zip(
    layout: str, is_packed: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = LAYOUTS[layout](tmp_path / layout)
    corpus = pack(folder, tmp_path / f"{layout}.zip") if is_packed else folder
    answer = evaluate(capsys, corpus, "--rankers", "most_popular,popular_in_genres", "--folds", "2")
    assert answer["corpus"] == corpus.name
    counts = {"movies": FILMS, "people": PEOPLE, "ratings": PEOPLE * RATED}
    assert {name: answer["data"][name] for name in counts} == counts
    assert answer["people"] == 2 * PEOPLE / 5


def test_the_report_names_data_seeds_versions_and_settings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = write_csv_layout(tmp_path / "ml")
    answer = evaluate(capsys, corpus, "--rankers", "most_popular,popular_in_genres", "--folds", "2")
    assert len(answer["data"]["sha256"]) == 64
    assert answer["seeds"] == {
        "folds": 42,
        "validation": 43,
        "sample_of_judges": 44,
        "halvings": 46,
        "equal_times": 7,
        "training": 0,
        "sample_for_tables": 11,
        "sample_for_liking": 12,
        "bootstrap": 2026,
    }
    assert {"python", "numpy", "reelmate"} <= answer["versions"].keys()
    tuned = answer["rankers"]["popular_in_genres"]
    assert [settings.keys() for settings in tuned["settings"]] == [{"mean_weight", "genre_weight"}] * 2
    for metric in ("ndcg", "recall", "hit", "mrr", "novelty"):
        assert len(tuned[metric]) == RUNGS
        assert tuned["mean_over_rungs"][metric].keys() == {"mean", "standard_error"}
    assert len(tuned["coverage"]) == RUNGS


def test_other_ratings_have_another_hash_and_the_same_have_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = write_csv_layout(tmp_path / "ml")
    asked = ("--rankers", "most_popular", "--folds", "1")
    once, again = (evaluate(capsys, corpus, *asked) for _ in range(2))
    ratings = corpus / "ratings.csv"
    ratings.write_text(ratings.read_text() + f"{PEOPLE + 1},1,4.0,1\n")
    other = evaluate(capsys, corpus, *asked)
    assert once["data"] == again["data"]
    assert once["rankers"] == again["rankers"]
    assert once["data"]["sha256"] != other["data"]["sha256"]


@pytest.mark.long("every floor is judged on five folds")
def test_the_first_named_is_compared_with_each_of_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = evaluate(capsys, write_csv_layout(tmp_path / "ml"), "--rankers", ",".join(FLOORS), "--folds", "5")
    first, *others = FLOORS
    differences = answer["differences"]
    assert differences["of"] == first
    assert list(differences["from"]) == others
    for other in others:
        assert differences["from"][other].keys() == {"ndcg", "recall", "hit", "mrr"}
        for place, found in enumerate(differences["from"][other]["ndcg"]["rungs"]):
            figures = (answer["rankers"][name]["ndcg"][place]["mean"] for name in (first, other))
            ours, theirs = figures
            assert found["mean"] == pytest.approx(ours - theirs, abs=2e-5)
            assert found["low"] <= found["mean"] <= found["high"]
        assert differences["from"][other]["mrr"]["mean"].keys() == {"mean", "low", "high"}


def test_for_people_it_prints_every_metric_and_the_differences(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = write_csv_layout(tmp_path / "ml")
    asked = ["--corpus", str(corpus), "--rankers", "most_popular,popular_in_genres", "--folds", "1"]
    assert invoke(["--data-dir", str(tmp_path), "evaluate", *asked]) == 0
    printed = capsys.readouterr()
    means, _, differences = printed.out.partition("most_popular minus each of the others")
    for title in ("NDCG@10", "recall@10", "hit rate@10", "MRR"):
        assert title in means
        assert title in differences
    assert "coverage" in means
    differences, _, pages = differences.partition("As served: ")
    assert differences.count("popular_in_genres  ") == 4
    assert "Asked for the genre they like most: " in pages
    for title in ("of a chosen genre, first page", "genres off what is liked", "commonest film"):
        assert pages.count(title) == 4  # two rankers on two ladders
    assert max(map(len, printed.out.splitlines())) < 250
    assert "most_popular, fold 1 of 1" in printed.err


@pytest.mark.processes
def test_judging_in_other_processes_gives_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus, asked = write_csv_layout(tmp_path / "ml"), ("--rankers", "most_popular,popular_in_genres", "--folds", "2")
    here, apart = (evaluate(capsys, corpus, *asked, "--jobs", jobs) for jobs in ("1", "2"))
    assert here["rankers"] == apart["rankers"]
    assert here["differences"] == apart["differences"]


@pytest.mark.tensorflow
@pytest.mark.parametrize("name", PEERS)
def test_every_peer_is_judged_by_its_name(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for module in ("implicit", "lightfm", "surprise"):
        pytest.importorskip(module, reason="needs the extra `bench`")
    answer = evaluate(capsys, write_csv_layout(tmp_path / "ml"), "--rankers", f"{name},most_popular", "--folds", "1")
    assert answer["rankers"].keys() == {name, "most_popular"}
    assert answer["differences"]["of"] == name


WITHOUT_BENCH = """
import sys
from importlib.abc import MetaPathFinder

class Missing(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("implicit", "lightfm", "surprise", "threadpoolctl"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Missing())
from bot.__main__ import invoke
sys.exit(invoke(["--data-dir", sys.argv[1], "evaluate", "--corpus", sys.argv[1], "--rankers", sys.argv[2]]))
"""


@pytest.mark.processes
@pytest.mark.parametrize("name", ["item_knn", "lightfm_warp", "biased_mf", "genres_and_ials"])
def test_without_the_bench_extra_a_peer_is_one_clear_line_before_anything_is_fitted(name: str, tmp_path: Path) -> None:
    corpus = write_csv_layout(tmp_path / "ml")
    asked = [sys.executable, "-c", WITHOUT_BENCH, str(corpus), f"most_popular,{name}"]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith(f"reelmate: {name} needs the extra `bench`. Received: no module ")


@pytest.mark.parametrize(
    ("ratings", "said"),
    [
        pytest.param(
            [(1, film, 4.0, film) for film in range(1, 31)], "needs at least 5 people. Received: 1", id="one person"
        ),
        pytest.param(
            [(user, 1, 4.0, user) for user in range(1, 31)], "more than 20 ratings and a later like", id="one film"
        ),
        pytest.param(
            [(user, film, 2.0, film) for user in range(1, 31) for film in range(1, 31)],
            "a later like. Received: none of 30",
            id="no likes",
        ),
    ],
)
def test_who_cannot_be_judged_is_refused_in_one_line(
    ratings: list[tuple[int, int, float, int]], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = release(tmp_path / "ml", ratings)
    assert invoke(["--data-dir", str(tmp_path), "evaluate", "--corpus", str(corpus)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1
    assert said in printed.err


ODD = {
    "all likes": [(user, film, 5.0, film) for user in range(1, 31) for film in range(1, 31)],
    "one moment": [(user, film, 5.0 - film % 4, 0) for user in range(1, 31) for film in range(1, 31)],
    "times in the future": [(user, film, 4.5, 4 * 10**9 + film) for user in range(1, 31) for film in range(1, 31)],
    "duplicates": [(user, film, 4.0, time) for time in (9, 1, 5) for user in range(1, 31) for film in range(1, 31)],
    "no more than must be": [(user, film, 4.0, film) for user in range(1, 6) for film in range(1, 22)],
}


@pytest.mark.parametrize("case", ODD)
def test_odd_ratings_are_judged_sensibly(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("--rankers", f"{','.join(FLOORS)},ease", "--folds", "1")
    answer = evaluate(capsys, release(tmp_path / "ml", ODD[case]), *asked)
    assert answer["people"] == answer["data"]["people"] / 5
    for figures in answer["rankers"].values():
        assert all(0 <= figure["mean"] <= 1 for figure in figures["ndcg"])


def test_unknown_genres_are_no_genres(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ratings = [(user, film, 4.0, user * film) for user in range(1, 31) for film in range(1, 31)]
    answer = evaluate(
        capsys,
        release(tmp_path / "ml", ratings, genre="Telenovela"),
        "--folds",
        "1",
        "--rankers",
        "most_popular,popular_in_genres",
    )
    popular, in_genres = (answer["rankers"][name]["ndcg"] for name in ("most_popular", "popular_in_genres"))
    assert popular == in_genres


@pytest.mark.parametrize(
    ("rating", "said"),
    [
        ((1, 1, 5.5, 1), "ratings.csv, line 2: stars must be 0.5 to 5.0 in steps of 0.5. Received: 5.5"),
        ((1, 1, 4.0, 1_700_000_000_000), "ratings.csv, line 2: timestamp must be seconds since 1970"),
        (
            (1, 99, 4.0, 1),
            "ratings.csv, line 2: every rated film must be in the film file: take both files from one release. "
            "Received: film 99",
        ),
    ],
)
def test_ratings_off_their_scale_are_refused_with_file_and_line(
    rating: tuple[int, int, float, int], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = release(tmp_path / "ml", [rating])
    assert invoke(["--data-dir", str(tmp_path), "evaluate", "--corpus", str(corpus)]) == 1
    assert said in capsys.readouterr().err


@pytest.mark.long("a hundred thousand lines")
def test_a_hundred_thousand_ratings_by_one_person_are_judged_like_anyones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    many = 100_000
    keen = [(99, film, 0.5 + film % 10 / 2, film) for film in range(1, many + 1)]
    others = [(user, film, 4.0, film) for user in range(1, 31) for film in range(1, 31)]
    corpus = release(tmp_path / "ml", keen + others, films=many)
    answer = evaluate(capsys, corpus, "--rankers", "most_popular")
    assert answer["data"]["ratings"] == many + 900
    assert answer["people"] == 31
    # What thirty others like is what they like, however much one person has rated.
    assert answer["rankers"]["most_popular"]["mean_over_rungs"]["ndcg"]["mean"] > 0.8


def release(folder: Path, ratings: list[tuple[int, int, float, int]], *, films: int = 30, genre: str = "Drama") -> Path:
    """Write a release of that many films with these ratings."""
    movies = "".join(f"{film},Film {film} (1999),{genre}\n" for film in range(1, films + 1))
    lines = "".join(f"{','.join(map(str, rating))}\n" for rating in ratings)
    header = "userId,movieId,rating,timestamp\n"
    return write_csv_release(folder, movies=f"movieId,title,genres\n{movies}", ratings=header + lines, links=None)


def test_anybodys_scores_are_judged_beside_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "flat.py").write_text(
        "class Flat:\n"
        "    def fit(self, corpus):\n        self.size = len(corpus.movies)\n"
        "    def score(self, profile):\n        return range(self.size)\n"
    )
    asked = ("--rankers", "most_popular", "--folds", "1", "--scores", f"{tmp_path / 'flat.py'}:Flat")
    answer = evaluate(capsys, write_csv_layout(tmp_path / "ml"), *asked)
    assert answer["rankers"].keys() == {"most_popular", "Flat"}
    assert answer["rankers"]["Flat"]["ndcg"][0]["mean"] < answer["rankers"]["most_popular"]["ndcg"][0]["mean"]
