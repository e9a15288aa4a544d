"""The schema's only truth. Migrations follow it, repositories query it; nothing else names a column."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Text,
    false,
    text,
    true,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.storage.columns import GenreList, Lines, MovieIdList, UtcDateTime

# A name for every constraint, so that a migration can drop it (Alembic, "The Importance of Naming Constraints").
NAMING: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
# Marks the columns that name a person: erasure and export walk them.
NAMES_PERSON: Final = "names_person"
# SQLite numbers rows by itself only for a column that is exactly INTEGER PRIMARY KEY.
BigKey = BigInteger().with_variant(Integer(), "sqlite")


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


def _person_key() -> Mapped[int]:
    owner = ForeignKey("people.id", ondelete="CASCADE")
    return mapped_column(BigInteger, owner, primary_key=True, info={NAMES_PERSON: True})


def _movie_key() -> Mapped[int]:
    return mapped_column(Integer, ForeignKey("movies.id"), primary_key=True)


class PersonRow(Base):
    __tablename__ = "people"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False, info={NAMES_PERSON: True})
    language: Mapped[str | None] = mapped_column(String(16))  # None: follow Telegram's
    telegram_language: Mapped[str | None] = mapped_column(String(16))  # as last seen, for messages sent by the clock
    consent: Mapped[bool | None]  # to training; None: not asked yet
    consent_version: Mapped[int | None] = mapped_column(Integer)
    consent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    digest: Mapped[str] = mapped_column(String(8), server_default=text("'off'"))
    digest_hour: Mapped[int | None] = mapped_column(SmallInteger)  # local
    zone: Mapped[str | None] = mapped_column(String(40))  # of the IANA database; None: their clock keeps its offset
    utc_offset_minutes: Mapped[int | None] = mapped_column(SmallInteger)  # where there is a zone, when it was chosen
    blocked: Mapped[bool] = mapped_column(server_default=false())
    wildcards: Mapped[bool] = mapped_column(server_default=true())  # whether lists may end with one
    wants_news: Mapped[bool] = mapped_column(server_default=true())  # of what the bot has learned
    wants_reminders: Mapped[bool] = mapped_column(server_default=true())  # of films seen and not rated
    unanswered_digests: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))  # since they were here
    round: Mapped[int] = mapped_column(Integer, server_default=text("0"))  # the newest impression round; never reused
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("digest IN ('off', 'daily', 'weekly')", name="digest"),
        CheckConstraint("digest_hour BETWEEN 0 AND 23", name="digest_hour"),
        CheckConstraint("utc_offset_minutes BETWEEN -840 AND 840", name="utc_offset_minutes"),
    )


class ChosenGenreRow(Base):
    __tablename__ = "chosen_genres"

    person_id: Mapped[int] = _person_key()
    genre: Mapped[str] = mapped_column(String(32), primary_key=True)
    excluded: Mapped[bool] = mapped_column(server_default=false())  # chosen never to be shown


class MovieRow(Base):
    __tablename__ = "movies"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)  # ours, never reused
    title: Mapped[str] = mapped_column(String(400))
    year: Mapped[int | None] = mapped_column(SmallInteger)
    genres: Mapped[tuple[str, ...]] = mapped_column(GenreList)
    imdb_id: Mapped[str | None] = mapped_column(String(16), unique=True)  # "tt0113277"
    tmdb_id: Mapped[int | None] = mapped_column(Integer, unique=True)
    movielens_id: Mapped[int | None] = mapped_column(Integer, unique=True)
    popularity: Mapped[float | None]  # how well known, higher is more; None: unknown


class RatingRow(Base):
    __tablename__ = "ratings"

    person_id: Mapped[int] = _person_key()
    movie_id: Mapped[int] = _movie_key()
    half_stars: Mapped[int] = mapped_column(SmallInteger)  # 0: taken back; the row stays to order late updates
    source: Mapped[str] = mapped_column(String(16))
    rated_at: Mapped[datetime] = mapped_column(UtcDateTime)  # when the person gave it
    stored_at: Mapped[datetime] = mapped_column(UtcDateTime)  # when we wrote it
    update_id: Mapped[int] = mapped_column(BigInteger)
    counted: Mapped[bool] = mapped_column(server_default=true())  # whether it tells of a taste

    __table_args__ = (
        CheckConstraint("half_stars BETWEEN 0 AND 10", name="half_stars"),
        Index(None, "person_id", "rated_at"),
        Index(None, "movie_id"),
        Index(None, "stored_at"),
    )


class MarkRow(Base):
    __tablename__ = "marks"

    person_id: Mapped[int] = _person_key()
    movie_id: Mapped[int] = _movie_key()
    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)  # of not_now alone
    marked_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("kind IN ('seen', 'later', 'never', 'not_now', 'unseen', 'leaning')", name="kind"),
        Index(None, "movie_id"),
    )


class ImpressionRow(Base):
    __tablename__ = "impressions"

    person_id: Mapped[int] = _person_key()
    round: Mapped[int] = mapped_column(Integer, primary_key=True)
    page: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)  # within the page, from 0
    movie_id: Mapped[int] = mapped_column(Integer, ForeignKey("movies.id"))
    slot: Mapped[str] = mapped_column(String(8))
    score: Mapped[float]
    like_probability: Mapped[float | None]  # None: what answered knew no chances
    because_movie_id: Mapped[int | None] = mapped_column(Integer)
    because_genre: Mapped[str | None] = mapped_column(String(32))
    because_liked_with: Mapped[str | None] = mapped_column(String(32))
    because_shared: Mapped[str | None] = mapped_column(Text)  # with because_movie_id: "director:Akira Kurosawa"
    propensity: Mapped[float | None]  # how probable it was to be drawn; None: it was not drawn
    version: Mapped[str] = mapped_column(String(80))  # of the bundle that answered
    shown_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # when its card was, from this page
    cell: Mapped[int] = mapped_column(Integer)  # where the operator's tables count it (bot/storage/cells.py)

    __table_args__ = (
        Index(None, "shown_at", "position"),  # how many pages a day
        Index(None, "movie_id"),
        Index(None, "person_id", "movie_id", "shown_at"),  # when a film was shown before it was rated
        Index(None, "version", "cell"),  # how many stand where
    )


class SearchRow(Base):
    __tablename__ = "searches"

    person_id: Mapped[int] = _person_key()
    round: Mapped[int] = mapped_column(Integer, primary_key=True)  # numbered with the rounds of lists
    movie_ids: Mapped[tuple[int, ...]] = mapped_column(MovieIdList)  # what was found, best first; never what was typed
    searched_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index(None, "searched_at"),)


class WishRow(Base):
    __tablename__ = "wishes"

    person_id: Mapped[int] = _person_key()
    round: Mapped[int] = mapped_column(Integer, primary_key=True)  # of the list that keeps to it
    genres_in: Mapped[tuple[str, ...]] = mapped_column(GenreList)
    genres_all: Mapped[tuple[str, ...]] = mapped_column(GenreList)
    genres_out: Mapped[tuple[str, ...]] = mapped_column(GenreList)
    year_from: Mapped[int | None] = mapped_column(SmallInteger)
    year_to: Mapped[int | None] = mapped_column(SmallInteger)
    parts: Mapped[tuple[str, ...]] = mapped_column(Lines, server_default=text("''"))  # all else: bot/wanted.py
    made_from: Mapped[int | None] = mapped_column(Integer)  # the round whose wish it is, less a part
    wished_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index(None, "wished_at"),)


class InboxRow(Base):
    __tablename__ = "inbox"

    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    person_id: Mapped[int | None] = mapped_column(BigInteger, info={NAMES_PERSON: True})
    payload: Mapped[str] = mapped_column(Text)  # JSON in ASCII; emptied when done
    state: Mapped[str] = mapped_column(String(8))
    attempts: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))  # failed ones
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    error: Mapped[str | None] = mapped_column(String(200))  # an error's class, never its text

    __table_args__ = (
        CheckConstraint("state IN ('pending', 'done', 'dead')", name="state"),
        Index(None, "state", "received_at"),
        Index(None, "person_id"),
    )


_WAITING: Final = text("state = 'waiting'")


class OutboxRow(Base):
    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    chat_id: Mapped[int] = mapped_column(BigInteger, info={NAMES_PERSON: True})
    edits: Mapped[int | None] = mapped_column(BigInteger)  # Telegram's id of the message to edit; None: a new one
    payload: Mapped[str] = mapped_column(Text)  # JSON in ASCII; emptied when sent
    attachment: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(8))
    message_id: Mapped[int | None] = mapped_column(BigInteger)  # Telegram's, once sent
    forget: Mapped[bool] = mapped_column(server_default=false())  # leave no row behind once sent
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    error: Mapped[str | None] = mapped_column(String(200))

    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'sent', 'dropped', 'dead')", name="state"),
        Index(None, "state", "id"),
        Index(None, "chat_id", "edits"),
        # What waits for one chat, asked by every message stored for it. PostgreSQL has it for such rows alone as well,
        # by its migration; to say so here would import its dialect into every bot (2 MB, .1 s).
        Index("ix_outbox_waiting", "chat_id", "id", sqlite_where=_WAITING),
        # Without it SQLite gives the number of a replaced message to the next one, and the sender takes it for sent.
        {"sqlite_autoincrement": True},
    )


class ErasedRow(Base):
    __tablename__ = "erased"

    pseudonym: Mapped[str] = mapped_column(String(32), primary_key=True)  # names nobody: bot/pseudonyms.py
    erased_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index(None, "erased_at"),)


class ScheduleRow(Base):
    __tablename__ = "schedules"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        BigInteger, primary_key=True, autoincrement=False, info={NAMES_PERSON: True}
    )  # 0: the bot's own
    last_run_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    next_run_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (Index(None, "name", "next_run_at"),)


class ClaimRow(Base):
    __tablename__ = "claims"

    lane: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)  # a person, or another chat
    holder: Mapped[str] = mapped_column(String(120), index=True)  # a process, for people to read
    until: Mapped[datetime] = mapped_column(UtcDateTime)  # by the database's clock


class LeaseRow(Base):
    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(String(16), primary_key=True)
    holder: Mapped[str] = mapped_column(String(120))  # a process, for people to read
    token: Mapped[int] = mapped_column(Integer)  # grows with every holder
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)  # by the database's clock
