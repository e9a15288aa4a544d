"""The scale benchmark: a real training in a process of its own, tables of it, and the same drawing twice."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.scale import as_page, enough, peak_gib, training_seconds
from benchmarks.scale_figure import draw_scale


def run(people: int, ndcg: float, *, minutes: float = 1.0) -> dict[str, Any]:
    """Return a training's figures, as its process prints them."""
    judged = (ndcg + np.array([-0.1, 0.0, 0.1] * 30)).tolist()
    seconds = {
        "generating": 100,
        "tables, once": 5,
        "tables and onboardings": 60 * minutes,
        "fitting": 30,
        "export": 6,
        "judging": 9,
    }
    sizes = {
        "millions": people / 100,
        "ratings": people * 150,
        "people": people,
        "films": 9_000,
        "machine": "a machine",
    }
    peaks = {name: 0.5 + place for place, name in enumerate(seconds)}
    floor = {"floor_by_rung": [0.2, 0.2]}
    return {**sizes, **floor, "learned_from": people, "ndcg": judged, "seconds": seconds, "peak_gib": peaks}


def test_a_training_is_its_stages_without_generating_and_timing_tables() -> None:
    assert training_seconds(run(10, 0.3)) == 60 + 30 + 6
    assert peak_gib(run(10, 0.3)) == 4.5


def test_enough_is_the_smallest_sample_within_one_standard_error_of_the_largest() -> None:
    error = np.std(run(1, 0)["ndcg"], ddof=1) / np.sqrt(90)
    curve = [run(1, 0.3 - 3 * error), run(2, 0.3 - 0.9 * error), run(4, 0.3 + error), run(8, 0.3)]
    assert enough(curve)["learned_from"] == 2
    assert enough(curve[:1])["learned_from"] == 1


def test_page_has_every_size_and_what_is_enough() -> None:
    page = as_page({"sizes": {"10": run(1_000, 0.3), "2": run(200, 0.25)}, "curve": {"7": run(7, 0.3)}})
    assert page.index("| 30,000 |") < page.index("| 150,000 |")
    assert "7 is the smallest sample within one standard error of the largest." in page
    assert as_page({"sizes": {}, "curve": {}}) == ""


def test_the_same_figures_are_drawn_alike(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="needs the extra `bench`")
    runs = [run(100, 0.2), run(1_000, 0.3)]
    for name in ("one.svg", "other.svg"):
        draw_scale(runs, runs, tmp_path / name)
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "other.svg").read_bytes()
    assert "million ratings" in (tmp_path / "one.svg").read_text(encoding="utf-8")


@pytest.mark.tensorflow
def test_a_training_says_how_long_its_stages_took_and_what_they_held() -> None:
    told = [sys.executable, "-m", "benchmarks.scale_run", "0.01", "--people", "40", "--judges", "10"]
    found = json.loads(subprocess.run(told, stdout=subprocess.PIPE, text=True, check=True, timeout=300).stdout)
    stages = {"generating", "tables, once", "tables and onboardings", "fitting", "export", "judging"}
    assert set(found["seconds"]) == set(found["peak_gib"]) == stages
    assert 0.05 < peak_gib(found) < 12
    assert found["learned_from"] == 40
    assert 1 <= len(found["ndcg"]) <= 10
