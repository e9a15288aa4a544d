"""Matches: two people who want to know how alike they are; each has to say so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal, NewType

from sqlalchemy import ColumnElement, CursorResult, delete, insert, select, update

from bot.storage.night_tables import MatchRow
from bot.storage.repository import Repository
from recommender.domain import UserId

MatchId = NewType("MatchId", int)
MatchState = Literal["asked", "agreed", "refused"]
# Links of one person that wait for an answer; an older one goes with the next.
MOST_ASKED: Final = 20


@dataclass(frozen=True, slots=True)
class Match:
    """A question from one person to another.

    Attributes:
        other: who opened the link; None as long as nobody has.
        asked_name: a pseudonym of whom it is for; empty for whoever has the link.
    """

    id: MatchId
    person: UserId
    other: UserId | None
    code: str
    asked_name: str
    state: MatchState


class Matches(Repository):
    __slots__ = ()

    def ask(self, person: UserId, *, code: str, asked_name: str) -> None:
        """Store a question; the person's oldest ones go beyond `MOST_ASKED`."""
        row = {"person_id": person, "code": code, "asked_name": asked_name, "state": "asked", "acted_at": self.now}
        self.connection.execute(insert(MatchRow).values(row))
        newest = select(MatchRow.id).where(MatchRow.person_id == person).order_by(MatchRow.id.desc())
        old = self.connection.scalars(newest.offset(MOST_ASKED)).all()
        self.connection.execute(delete(MatchRow).where(MatchRow.id.in_(old)))

    def get(self, match: MatchId) -> Match | None:
        return self._one(MatchRow.id == match)

    def by_code(self, code: str) -> Match | None:
        return self._one(MatchRow.code == code)

    def open(self, match: MatchId, other: UserId) -> None:
        """Note who opened the link; who did so first stays."""
        mine = (MatchRow.id == match, MatchRow.other_id.is_(None))
        self.connection.execute(update(MatchRow).where(*mine).values(other_id=other, acted_at=self.now))

    def answer(self, match: MatchId, state: MatchState) -> None:
        """Store the other one's answer."""
        self.connection.execute(update(MatchRow).where(MatchRow.id == match).values(state=state, acted_at=self.now))

    def prune(self, kept: timedelta) -> int:
        """Drop what nobody touched for so long; returns how many went."""
        dropped = self.connection.execute(delete(MatchRow).where(MatchRow.acted_at < self.now - kept))
        assert isinstance(dropped, CursorResult)
        return dropped.rowcount

    def _one(self, condition: ColumnElement[bool]) -> Match | None:
        row = self.connection.execute(select(MatchRow.__table__).where(condition)).mappings().first()
        if row is None:
            return None
        other = None if row["other_id"] is None else UserId(row["other_id"])
        return Match(MatchId(row["id"]), UserId(row["person_id"]), other, row["code"], row["asked_name"], row["state"])
