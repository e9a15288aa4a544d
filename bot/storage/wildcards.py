"""Wildcards that were shown, and whether they were liked.

People are asked whether their ratings may teach, and nothing else: that a card was opened or a film kept for later is
not looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, and_, func, select

from bot.storage.outcomes import LIKED
from bot.storage.people import CONSENTING
from bot.storage.tables import ImpressionRow, PersonRow, RatingRow
from recommender.domain import MovieId, UserId

# Nobody says at once what they make of a film: what was shown later tells nothing yet.
ANSWERED_WITHIN: Final = timedelta(days=2)
# Of one person the newest ones alone, so that nobody speaks for all.
MOST_OF_ONE: Final = 20


@dataclass(frozen=True, slots=True)
class WildcardShown:
    """A wildcard and what became of it.

    Attributes:
        chance: of a like, as it was told.
        propensity: how probable it was to stand there.
        is_liked: whether it was given a like afterwards.
    """

    person: UserId
    movie_id: MovieId
    shown_at: datetime
    chance: float
    propensity: float
    is_liked: bool


def read_wildcards(connection: Connection, now: datetime) -> tuple[WildcardShown, ...]:
    """Return what was shown to people who consent to training, by person, the newest first."""
    row, rating = ImpressionRow, RatingRow
    same_film = (rating.person_id == row.person_id, rating.movie_id == row.movie_id)
    rated = and_(*same_film, rating.rated_at >= row.shown_at, rating.counted)
    is_liked = func.coalesce(rating.half_stars, 0) >= LIKED
    columns = (row.person_id, row.movie_id, row.shown_at, row.like_probability, row.propensity, is_liked)
    where = (row.slot == "wildcard", row.shown_at <= now - ANSWERED_WITHIN, CONSENTING)
    wanted = select(*columns).join(PersonRow, PersonRow.id == row.person_id).outerjoin(rating, rated).where(*where)
    found = connection.execute(wanted.order_by(row.person_id, row.shown_at.desc(), row.movie_id))
    every = (
        WildcardShown(UserId(person), MovieId(film), at, chance, propensity, bool(liked))
        for person, film, at, chance, propensity, liked in found
        if chance is not None and propensity
    )
    return tuple(_newest_of_each(every))


def _newest_of_each(shown: Iterable[WildcardShown]) -> Iterator[WildcardShown]:
    counted = Counter[UserId]()
    for one in shown:
        counted[one.person] += 1
        if counted[one.person] <= MOST_OF_ONE:
            yield one
