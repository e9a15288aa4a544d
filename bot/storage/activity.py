"""Activity: who is there, how far newcomers came, and what happened on each of the last days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, exists, func, select

from bot.storage.tables import ChosenGenreRow, ImpressionRow, PersonRow, RatingRow

# Days that are told, the last one today's (UTC).
DAYS: Final = 30
# Who rated or was shown a list in this time is active.
ACTIVE_FOR: Final = timedelta(days=7)
# From so many ratings on somebody knows what they are in for.
SETTLED: Final = 5


@dataclass(frozen=True, slots=True)
class PeopleCounts:
    total: int
    new: int
    active: int
    consenting: int
    blocked: int


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many of all people came how far, in the order of onboarding; a step may be left out."""

    started: int
    answered: int
    chose_genres: int
    saw_list: int
    rated: int
    rated_five: int


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    ratings: int
    lists: int


@dataclass(frozen=True, slots=True)
class Activity:
    """Attributes:
    days: oldest first, each day once, whatever happened on it.
    """

    people: PeopleCounts
    funnel: Funnel
    days: tuple[Day, ...]


_GIVEN: Final = RatingRow.half_stars > 0
# One for each page of a list.
_FIRST_PLACE: Final = ImpressionRow.position == 0


def count_activity(connection: Connection, now: datetime) -> Activity:
    """Count people, steps and days."""
    return Activity(_count_people(connection, now), _count_funnel(connection), _count_days(connection, now))


def _count_people(connection: Connection, now: datetime) -> PeopleCounts:
    since = now - ACTIVE_FOR
    rated = select(RatingRow.person_id).where(RatingRow.stored_at > since, _GIVEN)
    saw = select(ImpressionRow.person_id).where(ImpressionRow.shown_at > since)
    return PeopleCounts(
        total=_people(connection),
        new=_people(connection, PersonRow.created_at > since),
        active=_number(connection, select(func.count()).select_from(rated.union(saw).subquery())),
        consenting=_people(connection, PersonRow.consent.is_(True)),
        blocked=_people(connection, PersonRow.blocked.is_(True)),
    )


def _count_funnel(connection: Connection) -> Funnel:
    mine = RatingRow.person_id == PersonRow.id
    chose = exists().where(ChosenGenreRow.person_id == PersonRow.id)
    saw = exists().where(ImpressionRow.person_id == PersonRow.id)
    settled = select(RatingRow.person_id).where(_GIVEN).group_by(RatingRow.person_id).having(func.count() >= SETTLED)
    return Funnel(
        started=_people(connection),
        answered=_people(connection, PersonRow.consent_version.is_not(None)),
        chose_genres=_people(connection, chose),
        saw_list=_people(connection, saw),
        rated=_people(connection, exists().where(mine, _GIVEN)),
        rated_five=_number(connection, select(func.count()).select_from(settled.subquery())),
    )


def _count_days(connection: Connection, now: datetime) -> tuple[Day, ...]:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    starts = [midnight - timedelta(days=back) for back in reversed(range(DAYS))]
    return tuple(_count_day(connection, start, start + timedelta(days=1)) for start in starts)


def _count_day(connection: Connection, start: datetime, end: datetime) -> Day:
    ratings = select(func.count()).select_from(RatingRow)
    ratings = ratings.where(RatingRow.stored_at >= start, RatingRow.stored_at < end, _GIVEN)
    lists = select(func.count()).select_from(ImpressionRow)
    lists = lists.where(ImpressionRow.shown_at >= start, ImpressionRow.shown_at < end, _FIRST_PLACE)
    return Day(start.date(), _number(connection, ratings), _number(connection, lists))


def _people(connection: Connection, *where: ColumnElement[bool]) -> int:
    return _number(connection, select(func.count()).select_from(PersonRow).where(*where))


def _number(connection: Connection, wanted: Select[Any]) -> int:
    return connection.scalar(wanted) or 0
