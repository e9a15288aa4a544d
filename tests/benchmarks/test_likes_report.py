"""How sure, as tables and a figure."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.likes_figure import draw_reliability
from benchmarks.likes_report import as_page, crowd_page, known_table, newcomer_table
from recommender.evaluation.reports.likes import measure_rungs
from tests.recommender.evaluation.reports.test_likes import drawn


def test_page_has_a_line_a_rung_and_a_line_a_model() -> None:
    ours = {k: [drawn(1), drawn(2)] for k in (0, 5)}
    rungs = measure_rungs(ours, {k: [drawn(1, lean=0.1), drawn(2, lean=0.1)] for k in (0, 5)})
    figures = {"corpus": "toy", "people": "test", "data": {"ratings": 1, "people": 2, "sha256": "ab"}, "minutes": 1}
    newcomers = as_page("newcomers", newcomer_table(rungs), {**figures, "versions": {}, "seeds": {}})
    for part in ("\n| 0 | ", "\n| 5 | ", "held-out (test) people", "(reliability.svg)", "likes --parts newcomers"):
        assert part in newcomers
    known = known_table(ours[0][0], {"DIN": drawn(1, lean=0.1)})
    assert "| DIN | " in as_page("known", known, {**figures, "versions": {}, "seeds": {}})


def test_crowds_have_a_line_a_size_and_everybody_the_last() -> None:
    lines = crowd_page({0: [drawn(1), drawn(2)], 5: [drawn(3), drawn(4)]}).splitlines()
    assert [line.split(" | ")[0] for line in lines if line[:3].strip("| ").isdigit()] == ["| 30", "| 60", "| 120"]
    assert all(line.count("|") == 4 for line in lines[-3:])


def test_the_diagram_is_the_same_bytes_for_the_same_figures(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="needs the extra `bench`")
    answers = {name: {k: drawn(1, lean=lean) for k in (0, 1)} for name, lean in (("ours", 0.0), ("means", 0.1))}
    for name in ("one", "other"):
        draw_reliability(answers, tmp_path / f"{name}.svg")
    drawing = (tmp_path / "one.svg").read_bytes()
    assert drawing == (tmp_path / "other.svg").read_bytes()
    assert b"k = 1" in drawing
