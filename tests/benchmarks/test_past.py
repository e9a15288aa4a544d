"""The file of the benchmark is what it says, and its figures stand with their targets first."""

from __future__ import annotations

from benchmarks.past import Run, figures, file_of
from bot.histories import Pace, read_history


def test_half_of_the_rows_are_of_films_that_are_known() -> None:
    history = read_history("ratings.csv", file_of(200), Pace())
    unknown = [entry for entry in history.entries if entry.title.startswith("Never heard of")]
    assert (len(history.entries), len(unknown)) == (200, 100)


def test_showing_and_importing_have_one_target_together() -> None:
    whole, beside, *_ = figures([Run(2.0, 1.0, 0.5, (1.0, 2.0, 3.0), (10.0, 60.0, 70.0))])
    assert (whole.value, whole.is_reached) == (3.0, True)
    assert (beside.value, beside.is_reached) == (60.0, False)
