"""When the digest comes: at the person's hour, once per period."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.callbacks import Frequency
from bot.service.digest import next_digest

MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
OFFSETS = st.integers(-48, 56).map(lambda quarters: timedelta(minutes=15 * quarters))
FREQUENCIES = st.sampled_from((Frequency.DAILY, Frequency.WEEKLY))


@given(FREQUENCIES, st.integers(0, 23), OFFSETS, MOMENTS, st.none() | st.timedeltas(timedelta(0), timedelta(days=20)))
def test_it_comes_at_the_local_hour_in_a_period_that_had_none(
    frequency: Frequency, hour: int, offset: timedelta, now: datetime, since_last: timedelta | None
) -> None:
    last = None if since_last is None else now - since_last
    due = next_digest(frequency, hour, offset, now=now, last=last)
    local = due + offset
    assert now < due <= now + timedelta(days=15 if frequency == Frequency.WEEKLY else 2)
    assert (local.hour, local.minute, local.second, local.microsecond) == (hour, 0, 0, 0)
    if last is not None and frequency == Frequency.DAILY:
        assert local.date() > (last + offset).date()
    if last is not None and frequency == Frequency.WEEKLY:
        assert local.isocalendar()[:2] > (last + offset).isocalendar()[:2]
    if frequency == Frequency.WEEKLY:
        assert local.strftime("%A") == "Friday"


def test_a_friday_that_had_its_digest_waits_for_the_next() -> None:
    friday = datetime(2026, 3, 6, 17, 0, tzinfo=UTC)
    due = next_digest(Frequency.WEEKLY, 19, timedelta(hours=2), now=friday, last=friday)
    assert due == friday + timedelta(days=7)
