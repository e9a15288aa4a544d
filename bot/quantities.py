"""Durations, sizes and ids as people write them in settings."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, ByteSize

# Beyond it, dates counted from today leave the calendar.
LONGEST: Final = timedelta(days=3650)
_SECONDS_BY_UNIT: Final = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}


def clean(value: Any) -> Any:
    """Return a text without blanks and one pair of quotes around it; anything else as it came."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    return text[1:-1].strip() if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text


def parse_duration(text: object) -> object:
    """Return "90s", "30m", "24h", "7d" or "2w" as a timedelta; what is no text as it came."""
    if not isinstance(text, str):
        return text
    found = re.fullmatch(r"\s*([0-9]{1,6})\s*([smhdw])\s*", text.lower())
    if found is None:
        raise ValueError('a duration must be a number and s, m, h, d or w, such as "24h"')
    duration = timedelta(seconds=int(found[1]) * _SECONDS_BY_UNIT[found[2]])
    if duration > LONGEST:
        raise ValueError("a duration must be ten years at most")
    return duration


def parse_every(text: object) -> object:
    """Return None for "off", else a duration that is not nothing."""
    if isinstance(text, str) and text.strip().lower() == "off":
        return None
    try:
        every = parse_duration(text)
    except ValueError as error:
        raise ValueError(f'{error}, or "off"') from None
    if every == timedelta(0):
        raise ValueError('a duration must be longer than nothing; "off" is never')
    return every


def parse_ids(text: object) -> object:
    """Return "7, 8" as numbers of people; anything else as it came."""
    if not isinstance(text, str):
        return text
    parts = [part for part in re.split(r"[\s,;]+", text) if part]
    if not all(re.fullmatch(r"[1-9][0-9]{0,15}", part) for part in parts):
        raise ValueError("ids of people must be numbers with commas")
    return frozenset(int(part) for part in parts)


def parse_size(text: object) -> object:
    """Return "4GB" or "4.5 GiB" as it came, which is read as a number of bytes; nothing may stand behind it."""
    if isinstance(text, str) and not re.fullmatch(r"\s*[0-9]*\.?[0-9]+\s*[A-Za-z]*\s*", text):
        raise ValueError('a size must be a number and a unit, such as "4GB"')
    return text


def as_written(value: object) -> str:
    """Return a setting's value as people write it: "24h", "256MB", "7,8", "yes"; "not set" where there is none."""
    match value:
        case bool():
            return "yes" if value else "no"
        case timedelta():
            return _duration_as_written(int(value.total_seconds()))
        case ByteSize():
            return value.human_readable(decimal=True, separator="")
        case frozenset():
            return ",".join(map(str, sorted(value))) or "not set"
        case _:
            return "not set" if value is None else str(value)


def _duration_as_written(seconds: int) -> str:
    unit = next(unit for unit in "dhms" if seconds % _SECONDS_BY_UNIT[unit] == 0)
    return f"{seconds // _SECONDS_BY_UNIT[unit]}{unit}"


Duration = Annotated[timedelta, BeforeValidator(parse_duration)]
Size = Annotated[ByteSize, BeforeValidator(parse_size)]
Every = Annotated[timedelta | None, BeforeValidator(parse_every)]  # None: never
Ids = Annotated[frozenset[int], BeforeValidator(parse_ids)]
