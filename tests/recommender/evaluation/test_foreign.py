"""Scores of any library: a class with fit and score is an entry, and what is wrong with it is said as its own fault."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from recommender.domain import Profile
from recommender.errors import TrainingError
from recommender.evaluation.foreign import place_of_scores
from recommender.evaluation.registry import evaluate_fold, load_entry
from tests.prose import ROOT
from tests.recommender.checkerboard import assert_keeps_colours_apart, checkerboard

COUNTS = """
class Counts:
    def fit(self, corpus):
        self.counts = [float((corpus.movie_rows == row).sum()) for row in range(len(corpus.movies))]
    def score(self, profile):
        return self.counts
class Short(Counts):
    def score(self, profile):
        return self.counts[1:]
class Doubtful(Counts):
    def score(self, profile):
        return [float("nan")] * len(self.counts)
class Broken(Counts):
    def fit(self, corpus):
        raise KeyError("rating")
class Idle:
    def fit(self, corpus):
        pass
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "counts.py"
    path.write_text(COUNTS)
    return path


def test_a_class_out_of_a_file_is_judged_as_any_ranker(file: Path) -> None:
    entry = load_entry(place_of_scores(f"{file}:Counts"))
    corpus = checkerboard()
    assert entry.fit(corpus, {}).score(Profile()).tolist() == np.bincount(corpus.movie_rows).tolist()
    assert evaluate_fold(entry, corpus, 0).served is None


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Idle", "where there is no such class"),
        ("Nobody", "where there is no such class"),
        ("Short", "score of Short must return 20 numbers. Received: shape (19,)"),
        ("Doubtful", "score of Doubtful must return 20 numbers. Received: NaN"),
        ("Broken", "fit of Broken must not fail. Received: KeyError: 'rating'"),
    ],
)
def test_what_is_wrong_with_it_is_one_sentence(name: str, said: str, file: Path) -> None:
    with pytest.raises(TrainingError, match=re.escape(said)):
        load_entry(place_of_scores(f"{file}:{name}")).fit(checkerboard(), {}).score(Profile())


@pytest.mark.parametrize("place", ["/nowhere/counts.py:Counts", "no_such_module:Counts", "Counts"])
def test_a_place_where_nothing_is_says_what_is_expected(place: str) -> None:
    with pytest.raises(TrainingError, match=r"scores come from FILE\.py:NAME or MODULE:NAME.* Received: "):
        load_entry(place_of_scores(place))


@pytest.mark.filterwarnings("ignore:Method expects CSR input")  # implicit converts a matrix that it made itself
def test_the_example_of_the_docs_learns_a_checkerboard(tmp_path: Path) -> None:
    pytest.importorskip("implicit", reason="needs the extra `bench`")
    page = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")
    (tmp_path / "cosine.py").write_text(page.partition("```python\n")[2].partition("```")[0])
    entry = load_entry(place_of_scores(f"{tmp_path / 'cosine.py'}:Cosine"))
    assert_keeps_colours_apart(entry.fit(checkerboard(), {}))
