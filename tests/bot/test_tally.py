"""What is counted is counted from any thread, and durations fall into the right bins."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.tally import BOUNDS_S, Counts, Timings


def test_counts_from_many_threads_add_up() -> None:
    counts = Counts()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda at: counts.add("message", str(at % 2)), range(2_000)))
    assert counts.read() == {("message", "0"): 1_000, ("message", "1"): 1_000}


@pytest.mark.parametrize(("seconds", "at"), [(0.0, 0), (0.001, 0), (0.0011, 1), (30.0, 13), (31.0, 14)])
def test_a_duration_falls_into_the_first_bin_that_holds_it(seconds: float, at: int) -> None:
    timings = Timings()
    timings.add(seconds, "rate")
    durations = timings.read()["rate",]
    assert durations.bins == tuple(int(number == at) for number in range(len(BOUNDS_S) + 1))
    assert durations.total_s == seconds


def test_what_raises_is_timed_too() -> None:
    timings = Timings()
    with pytest.raises(KeyError), timings.timed():
        raise KeyError
    assert sum(timings.read()[()].bins) == 1
