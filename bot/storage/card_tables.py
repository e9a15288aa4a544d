"""The tables of cards: whom people follow, and the pictures that Telegram has already."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.columns import UtcDateTime
from bot.storage.tables import NAMES_PERSON, Base


class FollowRow(Base):
    __tablename__ = "follows"

    person_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, info={NAMES_PERSON: True}
    )
    name: Mapped[str] = mapped_column(String(200), primary_key=True)  # of a director or actor, as credits have it
    told_up_to: Mapped[int] = mapped_column(Integer)  # the newest film's id when the person was last told of new ones
    followed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PictureRow(Base):
    __tablename__ = "pictures"

    key: Mapped[str] = mapped_column(String(32), primary_key=True)  # of what it shows
    file_id: Mapped[str] = mapped_column(String(200))  # Telegram's, for this bot alone
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index(None, "kept_at"),)
