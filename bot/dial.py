"""What a list of recommendations is tuned to, as buttons carry it.

Page code = PAGES x where the dial stands + PAGES_PER_ERA x the era + the page there, from 0.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final


class Dial(IntEnum):
    """Where the dial of a list stands: on films that many know, on both, or on those that few do."""

    WELL_KNOWN = 0
    MIXED = 1
    LITTLE_KNOWN = 2


class Era(IntEnum):
    """Which years the films of a list are from."""

    ANY = 0
    BEFORE_1960 = 1
    SIXTIES = 2
    SEVENTIES = 3
    EIGHTIES = 4
    NINETIES = 5
    NOUGHTIES = 6
    TENS = 7
    TWENTIES = 8


# So many pages are left for each stand of the dial, and of these for each era.
PAGES: Final = 10_000
PAGES_PER_ERA: Final = 1_000


def page_code(dial: Dial, era: Era, page: int = 0) -> int:
    """Return the number that a button carries."""
    return dial * PAGES + era * PAGES_PER_ERA + page


def first_year(era: Era) -> int | None:
    """Return the year that an era begins with; None where it has no beginning."""
    return None if era < Era.SIXTIES else 1960 + 10 * (era - Era.SIXTIES)


def last_year(era: Era) -> int | None:
    """Return the year that an era ends with; None where it has no end."""
    start = first_year(era)
    if start is None:
        return 1959 if era == Era.BEFORE_1960 else None
    return start + 9
