"""What became of films that were shown: which were rated later, and which liked, by the chance they were shown with.

Each person's film counts once, as it was first shown with a chance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.storage.cells import BANDS, NO_BAND, Cell
from recommender.domain import LIKE

LIKED: Final = LIKE.half_stars


@dataclass(frozen=True, slots=True)
class ShownBand:
    """Films shown with a chance of so many tenths and less than one more; each person's film once, as first shown.

    Attributes:
        tenths: 0 to 9.
        shown: how many.
        rated: how many of them the person rated afterwards.
        liked: how many of those they gave a like.
        chance: the mean chance that those rated had been shown with; None where none was.
    """

    tenths: int
    shown: int
    rated: int
    liked: int
    chance: float | None


def bands_of(
    shown: Mapping[int, int], rated: Mapping[tuple[int, int], int], chances: Mapping[int, float]
) -> tuple[ShownBand, ...]:
    """Return what became of films, the lowest chance first; bands without a film are absent.

    Args:
        shown: how many, by the number of their cell.
        rated: how many of those that were first shown in a cell, by its number and the half stars they got.
        chances: the sum of the chances that these had been shown with, by the number of their cell.
    """
    found = list[ShownBand]()
    for tenths in range(BANDS):
        cells = {number for number in {*shown, *chances} if _band(number) == tenths}
        count = sum(shown.get(number, 0) for number in cells)
        said = [(half_stars, times) for (number, half_stars), times in rated.items() if number in cells]
        answered, liked = sum(times for _, times in said), sum(times for half, times in said if half >= LIKED)
        chance = sum(chances.get(number, 0.0) for number in cells) / answered if answered else None
        if count:
            found.append(ShownBand(tenths, count, answered, liked, chance))
    return tuple(found)


def _band(number: int) -> int | None:
    """Return the band that a cell counts in; None where no chance was told, or had been before."""
    cell = Cell.from_number(number)
    return None if cell.band == NO_BAND or cell.is_repeated else cell.band
