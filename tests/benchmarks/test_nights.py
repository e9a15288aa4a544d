"""The benchmark of movie nights tells its figures beside what is to be reached."""

from __future__ import annotations

from benchmarks.nights import figures


def test_the_middle_night_is_judged() -> None:
    middle, slowest = figures([[0.1] * 98 + [0.3, 0.9]])
    assert (middle.value, middle.is_reached) == (100.0, True)
    assert (slowest.value, slowest.target) == (300.0, None)
