"""The tables of what is known of films besides what `movies` holds: facts, and films that are one under two ids."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Text,
    TypeDecorator,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.columns import UtcDateTime
from bot.storage.tables import NAMES_PERSON, Base


class NameList(TypeDecorator[tuple[str, ...]]):
    """Names in an order, with "|" between two as the starter's files have them."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        return None if value is None else "|".join(name.replace("|", "/") for name in value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        return None if value is None else tuple(value.split("|")) if value else ()


class FactsRow(Base):
    __tablename__ = "facts"

    movie_id: Mapped[int] = mapped_column(Integer, ForeignKey("movies.id"), primary_key=True)
    wikidata_id: Mapped[str | None] = mapped_column(String(16))  # "Q47703"; None: asked for, and nothing found
    original_title: Mapped[str] = mapped_column(String(400))
    zh_title: Mapped[str | None] = mapped_column(String(400))
    other_titles: Mapped[tuple[str, ...]] = mapped_column(NameList)
    directors: Mapped[tuple[str, ...]] = mapped_column(NameList)
    cast: Mapped[tuple[str, ...]] = mapped_column(NameList)
    countries: Mapped[tuple[str, ...]] = mapped_column(NameList)
    runtime_min: Mapped[int | None] = mapped_column(SmallInteger)
    sitelinks: Mapped[int | None] = mapped_column(Integer)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)  # when it last said something else
    checked_at: Mapped[datetime] = mapped_column(UtcDateTime)  # when it was last asked for

    __table_args__ = (Index(None, "wikidata_id"), Index(None, "changed_at"))


class TwinRow(Base):
    __tablename__ = "twins"

    gone_id: Mapped[int] = mapped_column(Integer, ForeignKey("movies.id"), primary_key=True)
    kept_id: Mapped[int] = mapped_column(Integer, ForeignKey("movies.id"))
    reason: Mapped[str] = mapped_column(String(16))
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)
    parted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # two films after all: never joined by itself again

    __table_args__ = (
        CheckConstraint("reason IN ('wikidata', 'title', 'operator')", name="reason"),
        CheckConstraint("gone_id <> kept_id", name="two"),
        Index(None, "kept_id"),
    )


class TwinRecordRow(Base):
    """What a person had said of either film before the two were joined."""

    __tablename__ = "twin_records"

    person_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, info={NAMES_PERSON: True}
    )
    gone_id: Mapped[int] = mapped_column(Integer, ForeignKey("twins.gone_id"), primary_key=True)
    movie_id: Mapped[int] = mapped_column(Integer, ForeignKey("movies.id"), primary_key=True)  # of which it was said
    kind: Mapped[str] = mapped_column(String(8), primary_key=True)  # rating, or that of a mark
    half_stars: Mapped[int | None] = mapped_column(SmallInteger)
    source: Mapped[str | None] = mapped_column(String(16))
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)
    stored_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    update_id: Mapped[int | None] = mapped_column(BigInteger)

    __table_args__ = (Index(None, "gone_id"),)
