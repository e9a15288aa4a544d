from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.quality import evaluate_folds
from benchmarks.quality_figure import draw_ladders
from benchmarks.quality_report import as_object, as_page
from recommender.data.corpus import Corpus
from recommender.evaluation.registry import FoldResult
from tests.recommender.toys import toy_corpus

FLOORS = ("most_popular", "popular_in_genres")


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    generator = np.random.default_rng(5)
    people = {user: [(int(row), 4.0) for row in generator.permutation(60)[:30]] for user in range(30)}
    return toy_corpus(60, people)


@pytest.fixture(scope="module")
def fold_results(corpus: Corpus) -> dict[str, list[FoldResult]]:
    return evaluate_folds(FLOORS, corpus, 2)


def test_page_has_every_metric_setting_and_origin(fold_results: dict[str, list[FoldResult]], corpus: Corpus) -> None:
    page = as_page(fold_results, as_object(fold_results, corpus, name="toy", minutes=0.1), ours=[])
    for part in ("12 held-out people in 2 folds of toy", "### NDCG@10", "### Coverage", "genre_weight", "sha256"):
        assert part in page
    assert page.count("| most_popular |") == 6


def test_page_compares_ours_with_the_best_peer_of_each_rung(
    fold_results: dict[str, list[FoldResult]], corpus: Corpus
) -> None:
    ours = {"ours": fold_results["most_popular"], **fold_results}
    page = as_page(ours, as_object(ours, corpus, name="toy", minutes=0.1), ours=["ours"])
    assert "### NDCG@10: ours minus the best peer of each rung" in page
    assert "| ours | " in page.partition("ours minus")[2]


def test_object_names_data_seeds_and_versions(fold_results: dict[str, list[FoldResult]], corpus: Corpus) -> None:
    figures = as_object(fold_results, corpus, name="toy", minutes=0.1)
    assert figures["data"]["ratings"] == 900
    assert figures["seeds"]["folds"] == 42
    assert "numpy" in figures["versions"]
    assert len(figures["rankers"]["most_popular"]["ndcg"]) == 6


@pytest.mark.processes
def test_judging_in_other_processes_gives_the_same(fold_results: dict[str, list[FoldResult]], corpus: Corpus) -> None:
    apart = evaluate_folds(FLOORS, corpus, 2, jobs=2)
    assert [fold.settings for fold in apart["popular_in_genres"]] == [
        fold.settings for fold in fold_results["popular_in_genres"]
    ]
    for one, other in zip(apart["most_popular"], fold_results["most_popular"], strict=True):
        np.testing.assert_array_equal(one.result.lists, other.result.lists)


def test_figure_is_the_same_bytes_twice(fold_results: dict[str, list[FoldResult]], tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="needs the extra `bench`")
    for name in ("one.svg", "two.svg"):
        draw_ladders(fold_results, ["most_popular"], tmp_path / name)
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()
    assert "popular_in_genres" in (tmp_path / "one.svg").read_text(encoding="utf-8")
