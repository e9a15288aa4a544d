"""How much of everything is stored, for the operator."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, select

from bot.storage.tables import Base, InboxRow, MovieRow, OutboxRow, PersonRow, RatingRow


@dataclass(frozen=True, slots=True)
class Counts:
    people: int
    movies: int
    ratings: int
    inbox_dead: int
    outbox_dead: int


def count_all(connection: Connection) -> Counts:
    """Count by table and state."""

    def count(row: type[Base], *where: ColumnElement[bool]) -> int:
        return connection.scalar(select(func.count()).select_from(row).where(*where)) or 0

    return Counts(
        people=count(PersonRow),
        movies=count(MovieRow),
        ratings=count(RatingRow, RatingRow.half_stars > 0),
        inbox_dead=count(InboxRow, InboxRow.state == "dead"),
        outbox_dead=count(OutboxRow, OutboxRow.state == "dead"),
    )
