"""The tables of movie nights and matches; the rest of the schema is in tables.py."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String, false
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.columns import MovieIdList, UtcDateTime
from bot.storage.tables import NAMES_PERSON, Base, BigKey


class NightRow(Base):
    __tablename__ = "nights"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)  # a group; no person
    thread_id: Mapped[int | None] = mapped_column(Integer)  # the group's topic
    language: Mapped[str] = mapped_column(String(16))  # of who called
    code: Mapped[str] = mapped_column(String(32), unique=True)  # of the link by which strangers join
    lot: Mapped[int] = mapped_column(Integer)  # what decides a tie, drawn before any vote
    state: Mapped[str] = mapped_column(String(8))
    without_seen: Mapped[bool] = mapped_column(server_default=false())
    movie_ids: Mapped[tuple[int, ...]] = mapped_column(MovieIdList)  # the shortlist, in the poll's order
    finalists: Mapped[tuple[int, ...]] = mapped_column(MovieIdList)
    runners_up: Mapped[tuple[int, ...]] = mapped_column(MovieIdList)  # for the next night
    lobby_letter: Mapped[int | None] = mapped_column(BigInteger)  # of the outbox
    poll_letter: Mapped[int | None] = mapped_column(BigInteger)  # of the outbox
    poll_id: Mapped[str | None] = mapped_column(String(64))  # Telegram's, once it is sent
    acted_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("state IN ('open', 'voting', 'final', 'over', 'off')", name="state"),
        Index(None, "chat_id", "state"),
        Index(None, "poll_id"),
        Index(None, "acted_at"),
        # A button carries its number, which must never become another night's.
        {"sqlite_autoincrement": True},
    )


class NightMemberRow(Base):
    __tablename__ = "night_members"

    night_id: Mapped[int] = mapped_column(BigKey, ForeignKey("nights.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, info={NAMES_PERSON: True}
    )

    __table_args__ = (Index(None, "person_id"),)


class MatchRow(Base):
    __tablename__ = "matches"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    person_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("people.id", ondelete="CASCADE"), info={NAMES_PERSON: True}
    )  # who asks
    other_id: Mapped[int | None] = mapped_column(
        BigInteger, ForeignKey("people.id", ondelete="CASCADE"), info={NAMES_PERSON: True}
    )  # who opened the link
    code: Mapped[str] = mapped_column(String(32), unique=True)  # of the link
    asked_name: Mapped[str] = mapped_column(String(32))  # a pseudonym of whom it is for; empty for whoever has the link
    state: Mapped[str] = mapped_column(String(8))
    acted_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("state IN ('asked', 'agreed', 'refused')", name="state"),
        Index(None, "person_id"),
        Index(None, "other_id"),
        Index(None, "acted_at"),
        {"sqlite_autoincrement": True},
    )
