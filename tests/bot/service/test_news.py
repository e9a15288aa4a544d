"""Who may be told something unasked: nobody who probably sleeps."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.service.news import is_awake

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "awake"),
    [("Europe/Berlin", True), ("America/New_York", False), ("Asia/Tokyo", False), ("Asia/Kolkata", True)],
)
def test_people_are_told_by_day(zone: str, awake: bool) -> None:
    assert is_awake(NOON, ZoneInfo(zone), None) is awake


def test_who_was_just_here_is_awake_whatever_the_clock() -> None:
    assert is_awake(NOON, ZoneInfo("Asia/Tokyo"), NOON - timedelta(minutes=10))


@pytest.mark.parametrize(("hours", "awake"), [(24, True), (46.5, True), (2.5, False), (12, False), (21, False)])
def test_whose_clock_is_unknown_is_told_at_the_time_of_day_they_were_here(hours: float, awake: bool) -> None:
    assert is_awake(NOON, None, NOON - timedelta(hours=hours)) is awake


def test_of_whom_nothing_is_known_sleeps() -> None:
    assert not is_awake(NOON, None, None)
