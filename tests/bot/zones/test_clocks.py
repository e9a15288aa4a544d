"""A person's clock as it is stored: a zone, an offset, or nothing."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.zones import clock_of


def test_a_zone_goes_before_the_offset_it_had() -> None:
    assert clock_of("Europe/Berlin", 60) == ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize("gone", ["Mars/Olympus", "../passwd", "", "Europe/\0"])
def test_a_zone_that_is_not_known_here_is_kept_by_its_offset(gone: str) -> None:
    clock = clock_of(gone, -210)
    assert clock is not None
    assert clock.utcoffset(datetime(2026, 1, 1)) == timedelta(hours=-3.5)


def test_who_told_neither_has_no_clock() -> None:
    assert clock_of(None, None) is None
