"""Dates as sites write them and as spreadsheets leave them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

# Excel counts days from here, its leap year 1900 included (ECMA-376, 18.17.4.1).
_SERIAL_ZERO: Final = datetime(1899, 12, 30, tzinfo=UTC)
# Day numbers of 1927 to 2119; larger numbers are seconds since 1970, and those beyond are milliseconds.
_SERIALS: Final = range(10_000, 80_000)
_FIRST_SECONDS: Final = 10**8
_FIRST_MILLISECONDS: Final = 10**11
_EARLIEST: Final = datetime(1900, 1, 1, tzinfo=UTC)

_YEAR_FIRST: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?")
_YEAR_LAST: Final = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_DAY_MONTH_NAME: Final = re.compile(
    r"(\d{1,2})\.?[\s-]+(?:de\s+)?([^\W\d_]{3,12})\.?,?[\s-]+(?:del?\s+)?(\d{4}|\d{2})(?!\d)"
)
_MONTH_NAME_DAY: Final = re.compile(r"([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_WEEKDAY: Final = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+", re.IGNORECASE)
# As C's ctime writes it: "Mar 20 06:33:00 2023".
_YEAR_BEHIND_TIME: Final = re.compile(r"([^\W\d_]{3})\s+(\d{1,2})(\s+\d{1,2}:\d{2}:\d{2})\s+(\d{4})")
_TIME: Final = re.compile(r"[T\s,]+(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,6})?)?\s*(am|pm)?\s*(Z|[+-]\d{2}:?\d{2})?", re.I)
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?(?:e\+?\d+)?", re.IGNORECASE)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OTHER_MONTHS: Final = {
    **{"mär": 3, "mai": 5, "maj": 5, "okt": 10, "dez": 12, "fév": 2, "avr": 4, "aoû": 8, "déc": 12},
    **{"ene": 1, "fev": 2, "abr": 4, "ago": 8, "set": 9, "out": 10, "dic": 12},
    **{"gen": 1, "mag": 5, "giu": 6, "lug": 7, "ott": 10},
}


def is_day_first(dates: Iterable[str]) -> bool:
    """Tell whether a column writes 20/03/2023 or 3/20/2023: a number over twelve does, else a zero before it.

    Spreadsheets write the month first where they write no zeros.
    """
    padded = False
    for date in dates:
        found = _YEAR_LAST.match(date.strip())
        if found is None:
            continue
        if found[2] == "." or int(found[1]) > 12:
            return True
        if int(found[3]) > 12:
            return False
        padded = padded or found[1].startswith("0") or found[3].startswith("0")
    return padded


def read_moment(text: str, *, day_first: bool = True) -> datetime | None:
    """Return the moment that a cell tells (UTC), at midnight where it tells a day; None for what is no date."""
    text = text.strip().lstrip("'")
    if not text:
        return None
    try:
        moment = _numbered(text) if _NUMBER.fullmatch(text.replace(",", ".")) else _written(text, day_first)
    except (ValueError, OverflowError):
        return None
    return moment if moment is None or moment >= _EARLIEST else None


def _numbered(text: str) -> datetime | None:
    number = float(text.replace(",", "."))
    if int(number) in _SERIALS:
        return _SERIAL_ZERO + timedelta(days=number)
    if number >= _FIRST_MILLISECONDS:
        number /= 1000
    return datetime.fromtimestamp(number, UTC) if number >= _FIRST_SECONDS else None


def _written(text: str, day_first: bool) -> datetime | None:
    text = _YEAR_BEHIND_TIME.sub(r"\1 \2, \4\3", _WEEKDAY.sub("", text, count=1), count=1)
    if found := _YEAR_FIRST.match(text):
        year, month, day = found[1], int(found[2]), found[3]
    elif found := _YEAR_LAST.match(text):
        first, second = (found[1], found[3]) if day_first else (found[3], found[1])
        year, month, day = found[4], int(second), first
    elif found := _DAY_MONTH_NAME.match(text):
        year, month, day = found[3], _month(found[2]), found[1]
    elif found := _MONTH_NAME_DAY.match(text):
        year, month, day = found[3], _month(found[1]), found[2]
    else:
        return None
    return _at_time(datetime(_full_year(year), month, int(day), tzinfo=UTC), text[found.end() :])


def _month(name: str) -> int:
    """Return a month's number by the first letters of its name.

    Raises:
        ValueError: it is none.
    """
    short = name.casefold()[:3]
    return _OTHER_MONTHS.get(short) or _MONTHS.index(short) + 1


def _full_year(year: str) -> int:
    # Two digits mean this century: no site that exports is older.
    return int(year) if len(year) == 4 else 2000 + int(year)


def _at_time(day: datetime, rest: str) -> datetime:
    found = _TIME.match(rest)
    if found is None:
        return day
    hour = int(found[1]) % 12 + (12 if found[5].lower() == "pm" else 0) if found[5] else int(found[1])
    fraction = round(float(found[4] or 0) * 1_000_000)
    moment = day.replace(hour=hour, minute=int(found[2]), second=int(found[3] or 0), microsecond=fraction)
    return moment - _offset(found[6])


def _offset(zone: str | None) -> timedelta:
    if not zone or zone in "Zz":
        return timedelta(0)
    size = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return size if zone[0] == "+" else -size
