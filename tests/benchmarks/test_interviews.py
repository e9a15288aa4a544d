"""Interviews drawn from a report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.interviews import main

pytest.importorskip("matplotlib")


def test_a_report_is_drawn_the_same_every_time(tmp_path: Path) -> None:
    found = {"ndcg": [0.2, 0.3, 0.4, 0.5]}
    figures = {"people": 9, "rungs": [1, 3, 5, 10], "askers": {"ours": found, "random": found}}
    report = tmp_path / "report.json"
    report.write_text(json.dumps({"corpus": "toy", "rankers": {"mf": figures}}))
    for name in ("one.svg", "other.svg"):
        main([str(report), "--to", str(tmp_path / name)])
    drawn = (tmp_path / "one.svg").read_text()
    assert "toy, 9 people" in drawn
    assert drawn == (tmp_path / "other.svg").read_text()
