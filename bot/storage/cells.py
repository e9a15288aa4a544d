"""Cells: the place in the operator's tables where a showing counts, as one number that an index can count by.

A database groups a million showings by five columns in seconds, and by an index in a tenth of one. The numbers are
stored: what is here may only grow at the ends.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import Final

from recommender.domain import MovieId, Recommendation

SLOTS: Final = ("top", "wildcard", "nearest", "alike", "later", "again", "followed")
REASONS: Final = ("film", "genre", "liked_with", "none")
# Chances are told apart by tenths.
BANDS: Final = 10
# What is said in place of a tenth where no chance was told.
NO_BAND: Final = BANDS
# A page holds fewer.
PLACES: Final = 64


@dataclass(frozen=True, slots=True)
class Cell:
    """Attributes:
    band: the tenths of the chance that was told; NO_BAND for none.
    is_repeated: whether a chance was told, and the film had been shown to this person with one before.
    position: on the page, from 0.
    """

    slot: str
    reason: str
    band: int
    is_repeated: bool
    position: int

    @property
    def number(self) -> int:
        """Return the cell as it is stored."""
        number = SLOTS.index(self.slot) * len(REASONS) + REASONS.index(self.reason)
        return ((number * (NO_BAND + 1) + self.band) * 2 + self.is_repeated) * PLACES + self.position

    @classmethod
    def from_number(cls, number: int) -> Cell:
        """Return the cell that is stored as this number."""
        rest, position = divmod(number, PLACES)
        rest, is_repeated = divmod(rest, 2)
        rest, band = divmod(rest, NO_BAND + 1)
        slot, reason = divmod(rest, len(REASONS))
        return cls(SLOTS[slot], REASONS[reason], band, bool(is_repeated), position)


def cell_of(shown: Recommendation, position: int, before: Set[MovieId] = frozenset()) -> Cell:
    """Return the cell of a film at its place on a page.

    Args:
        before: films that had been shown to this person with a chance.
    """
    chance, because = shown.like_probability, shown.because
    reasons = (because.movie_id, because.genre, because.liked_with)
    reason = next((name for name, given in zip(REASONS, reasons, strict=False) if given is not None), REASONS[-1])
    if chance is None:
        return Cell(shown.slot, reason, NO_BAND, False, position)
    return Cell(shown.slot, reason, band_of(chance), shown.movie_id in before, position)


def band_of(chance: float) -> int:
    """Return the tenths of a chance; certainty belongs to the highest band."""
    return min(int(chance * BANDS), BANDS - 1)
