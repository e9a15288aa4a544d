"""The tables of files that people sent to be imported; the rest of the schema is in tables.py."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, SmallInteger, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.columns import UtcDateTime
from bot.storage.tables import NAMES_PERSON, Base, BigKey


class BatchRow(Base):
    __tablename__ = "batches"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    person_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("people.id", ondelete="CASCADE"), info={NAMES_PERSON: True}
    )
    state: Mapped[str] = mapped_column(String(10))
    file_id: Mapped[str] = mapped_column(String(200))  # Telegram's; emptied once read, as the name
    file_name: Mapped[str] = mapped_column(String(120))
    site: Mapped[str] = mapped_column(String(80))
    rows: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    matched: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    twice: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    series: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    unreadable: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    films: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    done: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    changed: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    kept: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    attempts: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))
    message_id: Mapped[int | None] = mapped_column(BigInteger)  # Telegram's
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    acted_at: Mapped[datetime] = mapped_column(UtcDateTime)  # of the last change of state

    __table_args__ = (
        CheckConstraint("state IN ('received', 'read', 'importing', 'imported', 'undoing', 'undone')", name="state"),
        Index(None, "state", "acted_at"),
        Index(None, "person_id"),
        # A button carries its number, which must never become another file's.
        {"sqlite_autoincrement": True},
    )


class BatchFilmRow(Base):
    __tablename__ = "batch_films"

    batch_id: Mapped[int] = mapped_column(BigKey, ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("people.id", ondelete="CASCADE"), info={NAMES_PERSON: True}
    )
    movie_id: Mapped[int | None] = mapped_column(Integer, ForeignKey("movies.id"))
    written_title: Mapped[str] = mapped_column(Text)
    written_year: Mapped[int | None] = mapped_column(SmallInteger)
    said: Mapped[str] = mapped_column(String(8))
    half_stars: Mapped[int] = mapped_column(SmallInteger)
    said_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # None: the import changed nothing
    before_half_stars: Mapped[int | None] = mapped_column(SmallInteger)  # None: not rated before
    before_rated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    before_stored_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    before_source: Mapped[str | None] = mapped_column(String(16))
    before_update_id: Mapped[int | None] = mapped_column(BigInteger)
    before_later_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # since when it was kept for later

    __table_args__ = (
        CheckConstraint("said IN ('rated', 'seen', 'later', 'never')", name="said"),
        CheckConstraint("half_stars BETWEEN 0 AND 10", name="half_stars"),
        Index(None, "person_id"),
        Index(None, "movie_id"),
    )
