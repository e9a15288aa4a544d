"""The novelty dial as buttons carry it: page code = PAGES x where the dial stands + the page there, from 0."""

from __future__ import annotations

from enum import IntEnum
from typing import Final


class Dial(IntEnum):
    """Where the dial of a list stands: on films that many know, on both, or on those that few do."""

    WELL_KNOWN = 0
    MIXED = 1
    LITTLE_KNOWN = 2


# So many pages are left for each of them.
PAGES: Final = 10_000
