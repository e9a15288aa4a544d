"""The digest's settings: how often, at what hour and by whose clock, chosen by buttons or typed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot import callbacks
from bot.callbacks import Frequency, encode
from bot.messages.clipping import ECHO_UNITS, clip
from bot.messages.rows import grid, pairs
from bot.messages.words import Words
from bot.outgoing import Button, Keyboard, Outgoing
from bot.zones import OFFERED, Clock, city_of

QUARTER: Final = timedelta(minutes=15)
FIRST_OFFSET: Final = timedelta(hours=-12)
_HOURS_PER_ROW: Final = 4  # with six, a phone cuts the minutes
_SAID: Final = {
    Frequency.OFF: "digest.off_words",
    Frequency.DAILY: "digest.daily_words",
    Frequency.WEEKLY: "digest.weekly_words",
}


@dataclass(frozen=True, slots=True)
class DigestPlan:
    """How often, at which local hour, and by which clock."""

    frequency: Frequency
    hour: int | None
    clock: Clock | None

    @property
    def lacks_clock(self) -> bool:
        """Tell whether all is known but whose clock it goes by."""
        return self.frequency != Frequency.OFF and self.hour is not None and self.clock is None


def settings(words: Words, plan: DigestPlan, *, edits: int | None = None, usage: bool = False) -> Outgoing:
    """Show how often the digest comes, with a button for every other choice."""
    text = words.html("digest.usage") if usage else _summary(words, plan)
    choices = tuple(
        Button(words.plain(f"digest.button_{frequency.name.lower()}"), encode(callbacks.Digest(frequency)))
        for frequency in Frequency
        if usage or frequency != plan.frequency
    )
    return Outgoing(text, (choices, *_changes(words, plan)), edits)


def paused(words: Words, frequency: Frequency) -> Outgoing:
    """Say that it comes no more as nobody answered it, with the way back."""
    back = Button(words.plain("digest.button_resume"), encode(callbacks.Digest(frequency)))
    return Outgoing(words.html("digest.paused"), ((back,),))


def ask_hour(words: Words, frequency: Frequency, *, edits: int | None = None) -> Outgoing:
    """Ask at which local hour."""
    cells = [Button(f"{hour:02}:00", encode(callbacks.DigestHour(frequency, hour))) for hour in range(24)]
    return Outgoing(words.html("digest.ask_hour"), grid(cells, _HOURS_PER_ROW), edits)


def ask_place(
    words: Words, plan: DigestPlan, now: datetime, zones: Sequence[str] = (), *, edits: int | None = None
) -> Outgoing:
    """Ask where somebody is: some cities with what their clocks show, and any other may be typed.

    Args:
        zones: the only ones that it may be; none, and those are offered that are likely.
    """
    offered = [zone for zone in zones or words.several("digest.zones") if zone in OFFERED]
    cells = [_place_button(words, plan, zone, now) for zone in offered]
    text = words.html("digest.ask_which" if zones else "digest.ask_place")
    return Outgoing(text, pairs(cells), edits)


def frequency_called(every: Mapping[str, Words], said: str) -> Frequency | None:
    """Return how often somebody says it shall come, in whichever language; None where that is not said."""
    words = {word: one for one, key in _SAID.items() for each in every.values() for word in each.several(key)}
    return words.get(said.casefold())


def frequency_in(every: Mapping[str, Words], said: str) -> tuple[Frequency, str] | None:
    """Return how often a text says among other things that it shall come, and what else it says.

    Args:
        said: in lower case.
    """
    for one in (Frequency.DAILY, Frequency.WEEKLY):
        words = sorted({word for each in every.values() for word in each.several(_SAID[one])}, key=len, reverse=True)
        named = "|".join(rf"\b{word}\b" if word.isascii() else word for word in words)
        if found := re.search(named, said):
            return one, f"{said[: found.start()]} {said[found.end() :]}".strip()
    return None


def unknown_place(words: Words, said: str) -> Outgoing:
    """Say how else a place can be told."""
    return Outgoing(words.html("digest.unknown_place", said=clip(said, ECHO_UNITS)))


def offset_from_code(quarters: int) -> timedelta:
    """Return the offset that a button carries."""
    return FIRST_OFFSET + quarters * QUARTER


def clock_text(words: Words, clock: Clock) -> str:
    """Return a clock as people write it: the city of its zone, else UTC+5:30."""
    if isinstance(clock, ZoneInfo) and not clock.key.startswith("Etc/"):
        return city_of(clock.key, words.language)
    return offset_text(clock.utcoffset(datetime(2000, 1, 1)) or timedelta(0))


def offset_text(offset: timedelta) -> str:
    """Return an offset as people write it: UTC+5:30."""
    minutes = int(offset.total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


def comes(words: Words, plan: DigestPlan) -> str:
    """Say in one line when it comes."""
    if plan.frequency == Frequency.OFF or plan.hour is None or plan.clock is None:
        return words.html("unasked.digest_off")
    key = "unasked.digest_daily" if plan.frequency == Frequency.DAILY else "unasked.digest_weekly"
    return words.html(key, hour=f"{plan.hour:02}:00", place=clock_text(words, plan.clock))


def _summary(words: Words, plan: DigestPlan) -> str:
    place = None if plan.clock is None else clock_text(words, plan.clock)
    if plan.frequency == Frequency.OFF or plan.hour is None or place is None:
        known = () if place is None else (words.html("digest.place", place=place),)
        return "\n".join((words.html("digest.off"), *known))
    key = "digest.daily" if plan.frequency == Frequency.DAILY else "digest.weekly"
    return words.html(key, hour=f"{plan.hour:02}:00", place=place)


def _changes(words: Words, plan: DigestPlan) -> Keyboard:
    if plan.frequency == Frequency.OFF:
        return ()
    time = Button(words.plain("digest.button_time"), encode(callbacks.DigestTime(plan.frequency)))
    place = Button(words.plain("digest.button_place"), encode(callbacks.DigestPlace(plan.frequency)))
    return ((time,), (place,))


def _place_button(words: Words, plan: DigestPlan, zone: str, now: datetime) -> Button:
    code = callbacks.DigestZone(plan.frequency, plan.hour or 0, OFFERED.index(zone))
    return Button(f"{city_of(zone, words.language)} {now.astimezone(ZoneInfo(zone)):%H:%M}", encode(code))
