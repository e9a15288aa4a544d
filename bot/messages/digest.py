"""The digest's settings: how often, at what hour, in which time zone, all chosen by buttons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot import callbacks
from bot.callbacks import Frequency, encode
from bot.messages.words import Words
from bot.outgoing import Button, Keyboard, Outgoing

QUARTER: Final = timedelta(minutes=15)
FIRST_OFFSET: Final = timedelta(hours=-12)
# The offsets in use, in hours (IANA time zone database, 2025); all are whole quarters of an hour.
OFFSETS_IN_USE: Final = (
    *(-11, -10, -9.5, -9, -8, -7, -6, -5, -4, -3.5, -3, -2, -1),
    *(0, 1, 2, 3, 3.5, 4, 4.5, 5, 5.5, 5.75, 6, 6.5, 7, 8, 9, 9.5, 10, 10.5, 11, 12, 13, 14),
)
_PER_ROW: Final = 4  # with six, a phone cuts the minutes
_OFFSETS_PER_ROW: Final = 2


@dataclass(frozen=True, slots=True)
class DigestPlan:
    """How often, at which local hour, and how far local time is from UTC."""

    frequency: Frequency
    hour: int | None
    offset: timedelta | None


def settings(words: Words, plan: DigestPlan, *, edits: int | None = None, usage: bool = False) -> Outgoing:
    """Show how often the digest comes, with a button for every other choice."""
    text = words.html("digest.usage") if usage else _summary(words, plan)
    choices = tuple(
        Button(words.plain(f"digest.button_{frequency.name.lower()}"), encode(callbacks.Digest(frequency)))
        for frequency in Frequency
        if usage or frequency != plan.frequency
    )
    return Outgoing(text, (choices, *_change_time(words, plan)), edits)


def ask_hour(words: Words, frequency: Frequency, *, edits: int | None = None) -> Outgoing:
    """Ask at which local hour."""
    cells = [Button(f"{hour:02}:00", encode(callbacks.DigestHour(frequency, hour))) for hour in range(24)]
    return Outgoing(words.html("digest.ask_hour"), _grid(cells, _PER_ROW), edits)


def ask_offset(words: Words, frequency: Frequency, hour: int, now: datetime, *, edits: int | None = None) -> Outgoing:
    """Ask what the clock shows: people know that, and few know their offset."""
    clocks = {offset: f"{now + offset:%H:%M}" for offset in (timedelta(hours=hours) for hours in OFFSETS_IN_USE)}
    shown = Counter(clocks.values())
    plain = [_offset_button(frequency, hour, offset, at) for offset, at in clocks.items() if shown[at] == 1]
    # A day apart, two clocks show the same: only these need their offset beside.
    twice = [
        _offset_button(frequency, hour, offset, f"{at} · {offset_text(offset)}")
        for offset, at in clocks.items()
        if shown[at] > 1
    ]
    rows = (*_grid(plain, _PER_ROW), *_grid(twice, _OFFSETS_PER_ROW))
    return Outgoing(words.html("digest.ask_offset"), rows, edits)


def offset_from_code(quarters: int) -> timedelta:
    """Return the offset that a button carries."""
    return FIRST_OFFSET + quarters * QUARTER


def offset_text(offset: timedelta) -> str:
    """Return an offset as people write it: UTC+5:30."""
    minutes = int(offset.total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


def _summary(words: Words, plan: DigestPlan) -> str:
    if plan.frequency == Frequency.OFF or plan.hour is None or plan.offset is None:
        return words.html("digest.off")
    key = "digest.daily" if plan.frequency == Frequency.DAILY else "digest.weekly"
    return words.html(key, hour=f"{plan.hour:02}:00", offset=offset_text(plan.offset))


def _change_time(words: Words, plan: DigestPlan) -> Keyboard:
    if plan.frequency == Frequency.OFF:
        return ()
    return ((Button(words.plain("digest.button_time"), encode(callbacks.DigestTime(plan.frequency))),),)


def _offset_button(frequency: Frequency, hour: int, offset: timedelta, text: str) -> Button:
    quarters = (offset - FIRST_OFFSET) // QUARTER
    return Button(text, encode(callbacks.DigestOffset(frequency, hour, quarters)))


def _grid(cells: Sequence[Button], width: int) -> Keyboard:
    return tuple(tuple(cells[start : start + width]) for start in range(0, len(cells), width))
