"""What series are called, for short and in Chinese, and which names mean a series and nothing else."""

from __future__ import annotations

import pytest

from bot.catalogue.series_names import means_series, series_called


@pytest.mark.parametrize(
    ("name", "series"),
    [
        ("bond", "James Bond"),
        ("007", "James Bond"),
        ("Fast and Furious", "Fast & Furious"),
        ("spiderman", "Spider-Man"),
        ("LOTR", "The Lord of the Rings"),
        ("哈利·波特", "Harry Potter"),
        ("星战", "Star Wars"),
    ],
)
def test_a_series_is_known_by_what_people_call_it(name: str, series: str) -> None:
    assert series_called(name) == series
    assert means_series(name)


@pytest.mark.parametrize("name", ["War", "Love", "Alien", "Police", "Before", "Cars"])
def test_a_word_that_means_much_else_is_a_series_only_where_nothing_else_is_asked(name: str) -> None:
    assert series_called(name) == name
    assert not means_series(name)
