"""What became of films that were shown: which were rated later, and which liked, by the chance they were shown with.

Each person's film counts once, as it was first shown with a chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.storage.cells import NO_BAND, Cell
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


def banded(numbers: Iterable[int]) -> dict[int, int]:
    """Return the band of each cell that counts in one: a chance was told, and none had been before."""
    cells = {number: Cell.from_number(number) for number in numbers}
    return {number: cell.band for number, cell in cells.items() if cell.band != NO_BAND and not cell.is_repeated}


def bands_of(
    band_by_cell: Mapping[int, int],
    shown: Mapping[int, int],
    rated: Mapping[tuple[int, int], int],
    chances: Mapping[int, float],
) -> tuple[ShownBand, ...]:
    """Return what became of films, the lowest chance first; bands without a film are absent.

    Args:
        band_by_cell: the cells that count, by their numbers, as `banded` tells.
        shown: how many, by cell.
        rated: how many of those that were first shown in a cell, by cell and the half stars they got.
        chances: the sum of the chances that these had been shown with, by cell.
    """
    found = list[ShownBand]()
    for tenths in sorted(set(band_by_cell.values())):
        cells = [number for number, band in band_by_cell.items() if band == tenths]
        said = [(half_stars, times) for (number, half_stars), times in rated.items() if number in cells]
        answered, liked = sum(times for _, times in said), sum(times for half, times in said if half >= LIKED)
        chance = sum(chances.get(number, 0.0) for number in cells) / answered if answered else None
        found.append(ShownBand(tenths, sum(shown[number] for number in cells), answered, liked, chance))
    return tuple(found)
