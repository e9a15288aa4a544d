"""How much of everything is stored, for the operator."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, select

from bot.storage.tables import Base, ImpressionRow, InboxRow, MovieRow, OutboxRow, PersonRow, RatingRow


@dataclass(frozen=True, slots=True)
class Counts:
    people: int
    consenting: int
    blocked: int
    movies: int
    ratings: int
    impressions: int
    inbox_pending: int
    inbox_dead: int
    outbox_waiting: int
    outbox_dead: int


def count_all(connection: Connection) -> Counts:
    """Count by table and state."""

    def count(row: type[Base], *where: ColumnElement[bool]) -> int:
        return connection.scalar(select(func.count()).select_from(row).where(*where)) or 0

    return Counts(
        people=count(PersonRow),
        consenting=count(PersonRow, PersonRow.consent.is_(True)),
        blocked=count(PersonRow, PersonRow.blocked.is_(True)),
        movies=count(MovieRow),
        ratings=count(RatingRow, RatingRow.half_stars > 0),
        impressions=count(ImpressionRow),
        inbox_pending=count(InboxRow, InboxRow.state == "pending"),
        inbox_dead=count(InboxRow, InboxRow.state == "dead"),
        outbox_waiting=count(OutboxRow, OutboxRow.state == "waiting"),
        outbox_dead=count(OutboxRow, OutboxRow.state == "dead"),
    )
