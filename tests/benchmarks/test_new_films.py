from __future__ import annotations

from benchmarks.new_films import as_page
from recommender.evaluation.new_films import judge_new_films
from recommender.evaluation.reports.new_films import describe_new_films
from tests.recommender.evaluation.test_new_films import Oracle, lively_corpus


def test_the_page_has_a_line_per_rung_and_per_stand_of_the_dial() -> None:
    corpus = lively_corpus()
    figures = {
        "corpus": "toy",
        "folds": 1,
        "data": {"movies": len(corpus.movies), "sha256": "0" * 64},
        "seeds": {"new_films": 45},
        "versions": {"numpy": "2"},
        "minutes": 0.1,
        **describe_new_films(judge_new_films(Oracle(), corpus, 0)),
    }
    page = as_page(figures)
    assert page.startswith("## New films\n\n12 of the 120 films of toy")
    assert page.count("| 1.000 |") >= 6  # the oracle's area at every rung
    assert "| 0 | 0.0 % |" in page
    assert "| 1 | 100.0 % |" in page
    assert "Regenerate with `python -m benchmarks new_films`" in page
