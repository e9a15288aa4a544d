"""What became of films that were shown: which were rated later, and which liked, by the chance they were shown with.

Each person's film counts once, as it was first shown with a chance. Most are shown once: those that were shown again
are looked at one by one, and all others counted as they stand.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import ColumnElement, Connection, Integer, and_, case, cast, func, select

from bot.storage.tables import ImpressionRow, RatingRow
from recommender.domain import LIKE

# Chances are told apart by tenths.
BANDS: Final = 10
# What is said in place of a tenth where no chance was told.
NO_BAND: Final = BANDS

PersonsFilm = tuple[int, int]


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


@dataclass(slots=True)
class Outcomes:
    """Films counted by the chance they were shown with."""

    _shown: Counter[int] = field(default_factory=Counter)
    _rated: Counter[int] = field(default_factory=Counter)
    _liked: Counter[int] = field(default_factory=Counter)
    _chances: dict[int, float] = field(default_factory=lambda: dict.fromkeys(range(BANDS), 0.0))

    def show(self, tenths: int, count: int) -> None:
        """Count films as shown, or, by a negative number, as counted too often."""
        self._shown[tenths] += count

    def rate(self, chance: float, half_stars: int) -> None:
        """Count a film as rated after it was shown."""
        tenths = tenths_of(chance)
        self._rated[tenths] += 1
        self._liked[tenths] += half_stars >= LIKE.half_stars
        self._chances[tenths] += chance

    def bands(self) -> tuple[ShownBand, ...]:
        """Return what became of the films, the lowest chance first; bands without a film are absent."""
        return tuple(self._band(tenths) for tenths in range(BANDS) if self._shown[tenths])

    def _band(self, tenths: int) -> ShownBand:
        rated = self._rated[tenths]
        mean = self._chances[tenths] / rated if rated else None
        return ShownBand(tenths, self._shown[tenths], rated, self._liked[tenths], mean)


def tenths_of(chance: float) -> int:
    """Return the band of a chance."""
    return min(int(chance * BANDS), BANDS - 1)


def band_number() -> ColumnElement[int]:
    """Return the band of a showing as the database counts it."""
    chance = ImpressionRow.like_probability
    tenths = cast(func.floor(chance * BANDS), Integer)
    return case((chance.is_(None), NO_BAND), (tenths >= BANDS, BANDS - 1), else_=tenths)


def count_shown_again(connection: Connection, outcomes: Outcomes) -> set[PersonsFilm]:
    """Count people's films that were shown several times, all of which stand counted as shown; return these."""
    row = ImpressionRow
    several = (
        select(row.person_id, row.movie_id)
        .group_by(row.person_id, row.movie_id)
        .having(func.count() > 1)  # an index holds all of it, in this order
        .subquery()
    )
    here = and_(row.person_id == several.c.person_id, row.movie_id == several.c.movie_id)
    rated = and_(
        RatingRow.person_id == several.c.person_id, RatingRow.movie_id == several.c.movie_id, RatingRow.half_stars > 0
    )
    chance, is_before = func.coalesce(row.like_probability, 0.0), row.shown_at <= RatingRow.rated_at
    wanted = (
        select(row.person_id, row.movie_id, chance, is_before, RatingRow.half_stars)
        .select_from(several.join(row, here).outerjoin(RatingRow, rated))
        .where(row.like_probability.is_not(None))
        .order_by(row.person_id, row.movie_id, row.shown_at, row.like_probability)
    )
    found = set[PersonsFilm]()
    for person, film, told, is_rated, half_stars in connection.execute(wanted):
        if (person, film) in found:
            outcomes.show(tenths_of(told), -1)
            continue
        found.add((person, film))
        if is_rated:
            outcomes.rate(told, half_stars)
    return found
