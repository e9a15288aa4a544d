"""What became of films that were shown: which were rated later, and which liked, by the chance they were shown with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Integer, Select, and_, case, cast, func, select

from bot.storage.tables import ImpressionRow, RatingRow
from recommender.domain import LIKE

# Chances are told apart by tenths.
BANDS: Final = 10


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


def count_outcomes(connection: Connection) -> list[ShownBand]:
    """Return what became of the films shown with a chance, the lowest first; bands without a film are absent."""
    shown = _first_shown().subquery()
    later = and_(
        RatingRow.person_id == shown.c.person_id,
        RatingRow.movie_id == shown.c.movie_id,
        RatingRow.rated_at >= shown.c.at,
        RatingRow.half_stars > 0,
    )
    tenths = cast(func.floor(shown.c.chance * BANDS), Integer)
    band = case((tenths >= BANDS, BANDS - 1), else_=tenths).label("band")
    liked = func.sum(case((RatingRow.half_stars >= LIKE.half_stars, 1), else_=0))
    told = func.avg(case((RatingRow.movie_id.is_not(None), shown.c.chance)))
    counted = (
        select(band, func.count(), func.count(RatingRow.movie_id), liked, told)
        .select_from(shown.outerjoin(RatingRow, later))
        .group_by(band)
        .order_by(band)
    )
    return [
        ShownBand(int(tenth), int(count), int(rated), int(likes), None if chance is None else float(chance))
        for tenth, count, rated, likes, chance in connection.execute(counted)
    ]


def _first_shown() -> Select[Any]:
    """Return person, film, when it was first shown with a chance, and that chance."""
    row = ImpressionRow
    first = (
        select(row.person_id, row.movie_id, func.min(row.shown_at).label("at"))
        .where(row.like_probability.is_not(None))
        .group_by(row.person_id, row.movie_id)
        .subquery()
    )
    same = and_(row.person_id == first.c.person_id, row.movie_id == first.c.movie_id, row.shown_at == first.c.at)
    # A film stands once on a page: of a moment there is one chance.
    return (
        select(first.c.person_id, first.c.movie_id, first.c.at, func.min(row.like_probability).label("chance"))
        .join(row, same)
        .group_by(first.c.person_id, first.c.movie_id, first.c.at)
    )
