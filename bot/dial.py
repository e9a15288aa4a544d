"""The novelty dial as buttons carry it."""

from __future__ import annotations

from enum import IntEnum
from typing import Final


class Dial(IntEnum):
    """Where the dial of a list stands: on films that many know, on both, or on those that few do."""

    WELL_KNOWN = 0
    MIXED = 1
    LITTLE_KNOWN = 2


# A list's page tells where its dial stands too: so many pages are left for each stand.
PAGES: Final = 10_000
