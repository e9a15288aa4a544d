"""When the digest comes: at the person's hour, once per period, whatever their clocks do."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.callbacks import Frequency
from bot.service.digest import next_digest
from bot.zones import Clock, zone_names

MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
OFFSETS = st.integers(-48, 56).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))
ZONES = st.sampled_from(sorted(zone_names())).map(ZoneInfo)
FREQUENCIES = st.sampled_from((Frequency.DAILY, Frequency.WEEKLY))
# No clock of today is put forward by more.
LONGEST_GAP = timedelta(hours=2)


@given(
    FREQUENCIES,
    st.integers(0, 23),
    OFFSETS | ZONES,
    MOMENTS,
    st.none() | st.timedeltas(timedelta(0), timedelta(days=20)),
)
def test_it_comes_at_the_local_hour_in_a_period_that_had_none(
    frequency: Frequency, hour: int, clock: Clock, now: datetime, since_last: timedelta | None
) -> None:
    last = None if since_last is None else now - since_last
    due = next_digest(frequency, hour, clock, now=now, last=last)
    local = due.astimezone(clock)
    assert now < due <= now + timedelta(days=15 if frequency == Frequency.WEEKLY else 2, hours=3)
    wanted = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    is_there = wanted.astimezone(UTC).astimezone(clock).replace(tzinfo=None) == wanted.replace(tzinfo=None)
    late = local.replace(tzinfo=None) - wanted.replace(tzinfo=None)
    assert late == timedelta(0) if is_there else timedelta(0) < late <= LONGEST_GAP
    if last is not None and frequency == Frequency.DAILY:
        assert local.date() > last.astimezone(clock).date()
    if last is not None and frequency == Frequency.WEEKLY:
        assert local.isocalendar()[:2] > last.astimezone(clock).isocalendar()[:2]
    if frequency == Frequency.WEEKLY:
        assert local.strftime("%A") == "Friday"


@given(ZONES | OFFSETS, st.integers(0, 23), MOMENTS)
def test_it_comes_once_on_every_day_of_a_month(clock: Clock, hour: int, now: datetime) -> None:
    days, last = [], None
    for _ in range(31):
        now = last = next_digest(Frequency.DAILY, hour, clock, now=now, last=last)
        days.append(now.astimezone(clock).date())
    assert days == [days[0] + timedelta(days=after) for after in range(31)]


@pytest.mark.parametrize(
    ("zone", "hour", "now", "due"),
    [
        ("Europe/Berlin", 19, "2026-03-28T18:30", "2026-03-29T17:00"),  # the day summer time begins
        ("Europe/Berlin", 2, "2026-03-28T12:00", "2026-03-29T01:00"),  # an hour that is missing: at three
        ("Europe/Berlin", 2, "2026-10-24T12:00", "2026-10-25T00:00"),  # an hour that comes twice: the first
        ("Europe/Berlin", 2, "2026-10-25T00:30", "2026-10-26T01:00"),  # and not the second
        ("Australia/Adelaide", 19, "2026-10-03T10:00", "2026-10-04T08:30"),  # spring in the south, a half-hour zone
        ("Australia/Lord_Howe", 2, "2026-10-03T12:00", "2026-10-03T15:30"),  # put forward by half an hour
        ("Asia/Kolkata", 19, "2026-07-01T00:00", "2026-07-01T13:30"),
        ("Asia/Kathmandu", 7, "2026-07-01T00:00", "2026-07-01T01:15"),
        ("America/Sao_Paulo", 19, "2026-12-01T00:00", "2026-12-01T22:00"),  # summer time was abolished in 2019
        ("Pacific/Kiritimati", 0, "2026-07-01T00:00", "2026-07-01T10:00"),
        ("America/Santiago", 0, "2026-09-05T12:00", "2026-09-06T04:00"),  # midnight is missing
    ],
)
def test_summer_time_moves_no_hour(zone: str, hour: int, now: str, due: str) -> None:
    moments = [datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (now, due)]
    assert next_digest(Frequency.DAILY, hour, ZoneInfo(zone), now=moments[0], last=None) == moments[1]


def test_a_friday_that_had_its_digest_waits_for_the_next() -> None:
    friday = datetime(2026, 3, 6, 17, 0, tzinfo=UTC)
    due = next_digest(Frequency.WEEKLY, 19, timezone(timedelta(hours=2)), now=friday, last=friday)
    assert due == friday + timedelta(days=7)
