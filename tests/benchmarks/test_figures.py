from __future__ import annotations

import pytest

from benchmarks.figures import Figure, as_object, as_text, percentile
from benchmarks.page import as_table


@pytest.mark.parametrize(("share", "expected"), [(0.5, 5), (0.95, 10), (0.99, 10), (0.1, 1), (0.11, 2)])
def test_percentile_is_the_nearest_rank(share: float, expected: float) -> None:
    assert percentile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], share) == expected


def test_percentile_refuses_no_values() -> None:
    with pytest.raises(ValueError, match="a percentile needs values"):
        percentile([], 0.5)


def test_a_figure_is_the_median_and_knows_its_side_of_the_target() -> None:
    assert Figure("memory", (300.0, 100.0, 190.0), "MB", 200).is_reached is True
    assert Figure("ratio", (0.5, 0.6, 0.9), "", 0.7, "at least").is_reached is False
    assert Figure("beside", (1.0,), "s").is_reached is None


def test_text_and_table_say_command_value_and_what_was_missed() -> None:
    figures = [Figure("ratio", (0.5, 0.6, 0.9), "", 0.7, "at least"), Figure("start", (3.21,), "s", 6)]
    content = as_object("chat", ["--repeats", "3"], figures)
    assert "$ python -m benchmarks chat --repeats 3" in as_text(content)
    assert "ratio  0.6 (0.5 to 0.9), target at least 0.7: MISSED" in as_text(content)
    assert "| ratio | 0.6 | 0.5 to 0.9 (3 runs) | at least 0.7 | **missed** |" in as_table(content)
    assert "| start | 3.21 s | one run | at most 6 | reached |" in as_table(content)
