"""Buttons of the digest's settings."""

from __future__ import annotations

from enum import IntEnum
from typing import Annotated

from bot.callbacks.codec import Action, button
from bot.zones import OFFERED


class Frequency(IntEnum):
    """How often the digest comes."""

    OFF = 0
    DAILY = 1
    WEEKLY = 2


Hour = Annotated[int, range(24)]


@button("d")
class Digest(Action):
    """Choose how often; asks for hour and place when they are not known."""

    frequency: Frequency


@button("dt")
class DigestTime(Action):
    """Ask for the hour anew."""

    frequency: Frequency


@button("dh")
class DigestHour(Action):
    """Choose the local hour; asks for the place next where that is not known."""

    frequency: Frequency
    hour: Hour


@button("do")
class DigestOffset(Action):
    """Choose the offset from UTC in quarters of an hour, counted from UTC-12:00: a button of messages of old."""

    frequency: Frequency
    hour: Hour
    offset: Annotated[int, range(105)]  # to UTC+14:00


@button("dp")
class DigestPlace(Action):
    """Ask for the place anew."""

    frequency: Frequency


@button("dz")
class DigestZone(Action):
    """Choose the time zone by its number in OFFERED, and save all three."""

    frequency: Frequency
    hour: Hour
    zone: Annotated[int, range(len(OFFERED))]
