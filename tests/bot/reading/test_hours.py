"""Hours of the day as people write them."""

from __future__ import annotations

import pytest

from bot.reading.hours import read_hour


@pytest.mark.parametrize(
    ("text", "hour", "rest"),
    [
        ("19:00", 19, ""),
        ("at 7 pm berlin", 19, "berlin"),
        ("7 p.m.", 19, ""),
        ("seven pm", 19, ""),
        ("at eight", 8, ""),
        ("a las siete de la tarde", 19, ""),
        ("a la una", 1, ""),
        ("12am", 0, ""),
        ("12 pm", 12, ""),
        ("19h", 19, ""),
        ("19.00 new york", 19, "new york"),
        ("9 o'clock", 9, ""),
        ("noon", 12, ""),
        ("24:00", 0, ""),
        ("19:00 utc+5", 19, "utc+5"),
        ("a las 9 de la noche", 21, ""),
        ("晚上8点", 20, ""),
        ("下午3点 上海", 15, "上海"),
        ("早上七点", 7, ""),
        ("中午12点", 12, ""),
        ("凌晨12点", 0, ""),
        ("19：00", 19, ""),
    ],
)
def test_an_hour_is_read_and_what_else_is_said_left(text: str, hour: int, rest: str) -> None:
    assert read_hour(text) == (hour, rest)


@pytest.mark.parametrize("text", ["19:30", "at 7:15 pm", "早上七点半", "half past seven", "a las siete y media"])
def test_a_time_between_two_hours_is_a_time_and_no_hour(text: str) -> None:
    assert read_hour(text) == (None, "")


@pytest.mark.parametrize("text", ["utc+5", "+8", "gmt-3", "25:00", "2001", "1917", "berlin", "se7en", "9½ weeks", ""])
def test_what_is_no_time_is_none(text: str) -> None:
    assert read_hour(text) is None
