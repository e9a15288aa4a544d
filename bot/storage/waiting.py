"""What waits in inbox and outbox, and for how long: what health and metrics look at every few seconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.storage.tables import InboxRow, OutboxRow


@dataclass(frozen=True, slots=True)
class Waiting:
    """Attributes:
    inbox_s: the seconds that the oldest unfinished update has waited; 0 where none waits.
    outbox_s: the seconds that the oldest unsent message has waited.
    """

    inbox: int = 0
    inbox_s: float = 0.0
    inbox_dead: int = 0
    outbox: int = 0
    outbox_s: float = 0.0
    outbox_dead: int = 0


def look_at_waiting(connection: Connection, now: datetime) -> Waiting:
    """Count what waits and what was given up; every question is answered from an index."""
    inbox, received_at = InboxRow.state, func.min(InboxRow.received_at, type_=InboxRow.received_at.type)
    updates, oldest_update = connection.execute(select(func.count(), received_at).where(inbox == "pending")).one()
    outbox, created_at = OutboxRow.state, func.min(OutboxRow.created_at, type_=OutboxRow.created_at.type)
    letters, oldest_letter = connection.execute(select(func.count(), created_at).where(outbox == "waiting")).one()
    return Waiting(
        updates,
        _age_s(oldest_update, now),
        connection.scalar(select(func.count()).where(inbox == "dead")) or 0,
        letters,
        _age_s(oldest_letter, now),
        connection.scalar(select(func.count()).where(outbox == "dead")) or 0,
    )


def _age_s(oldest: datetime | None, now: datetime) -> float:
    """Return an age, and none below zero where the clock was set back."""
    return 0.0 if oldest is None else max(0.0, (now - oldest).total_seconds())
