"""People: what they chose, whether they consent to training, and how the bot may reach them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import ColumnElement, CursorResult, RowMapping, and_, bindparam, delete, select, update

from bot.storage.errors import UnknownRecordError
from bot.storage.repository import Repository
from bot.storage.tables import ChosenGenreRow, PersonRow
from recommender.domain import GENRES, UserId

# Raised when the question about training changes its meaning: who answered another one is asked again.
CONSENT_VERSION: Final = 1
# Who agrees to training, by the question that is asked now.
CONSENTING: ColumnElement[bool] = and_(PersonRow.consent.is_(True), PersonRow.consent_version == CONSENT_VERSION)

DigestFrequency = Literal["off", "daily", "weekly"]
# What somebody wants of a genre.
GenreWish = Literal["chosen", "excluded", "none"]


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who talks to the bot.

    Attributes:
        language: chosen with /language; None follows Telegram.
        telegram_language: Telegram's code as last seen, for messages the bot sends by itself.
        consent: to training on their ratings; None means not asked yet.
        digest_hour: local hour, 0-23; None until asked.
        zone: the person's time zone in the IANA database; None where only an offset is known, or nothing.
        utc_offset_minutes: local minus UTC, of a zone as it was when it was chosen; None until asked.
        blocked: the person blocked the bot; nothing is sent until they write again.
        excluded: genres never to be shown; none of them is in `genres`.
        wildcards: whether lists may end with a film off the usual path.
        wants_news: whether they are told of what the bot has learned.
        wants_reminders: whether they are asked about films seen and not rated.
        unanswered_digests: how many came since they were here last.
    """

    id: UserId
    created_at: datetime
    language: str | None = None
    telegram_language: str | None = None
    consent: bool | None = None
    consent_version: int | None = None
    consent_at: datetime | None = None
    genres: tuple[str, ...] = ()
    digest: DigestFrequency = "off"
    digest_hour: int | None = None
    zone: str | None = None
    utc_offset_minutes: int | None = None
    blocked: bool = False
    excluded: tuple[str, ...] = ()
    wildcards: bool = True
    wants_news: bool = True
    wants_reminders: bool = True
    unanswered_digests: int = 0

    @property
    def answered_another_question(self) -> bool:
        """Return whether they answered a question about training that is not asked any more."""
        return self.consent is not None and self.consent_version != CONSENT_VERSION


# What every tap asks, built once.
_PERSON: Final = select(PersonRow.__table__).where(PersonRow.id == bindparam("person"))
_GENRES: Final = select(ChosenGenreRow.genre, ChosenGenreRow.excluded).where(
    ChosenGenreRow.person_id == bindparam("person")
)


class People(Repository):
    __slots__ = ()

    def get(self, person: UserId) -> Person | None:
        row = self.connection.execute(_PERSON, {"person": person}).mappings().first()
        return None if row is None else _person(row, *self.chosen_and_excluded(person))

    def ensure(self, person: UserId, *, telegram_language: str | None = None) -> Person:
        """Return the person, stored now if unknown; who writes to us has not blocked us."""
        found = self.get(person)
        if found is None:
            insert = self.upsert(PersonRow).values(
                id=person, created_at=self.now, telegram_language=_code(telegram_language)
            )
            self.connection.execute(insert.on_conflict_do_nothing())
        elif found.blocked or found.unanswered_digests or _is_other(telegram_language, found.telegram_language):
            seen = _code(telegram_language) or found.telegram_language
            self._set(person, blocked=False, unanswered_digests=0, telegram_language=seen)
        else:
            return found
        return self._known(person)

    def set_language(self, person: UserId, language: str | None) -> None:
        self._set(person, language=_code(language))

    def set_consent(self, person: UserId, consent: bool, *, version: int = CONSENT_VERSION) -> None:
        """Store the answer about training, the version of the question and when it was given."""
        self._set(person, consent=consent, consent_version=version, consent_at=self.now)

    def ask_again(self, person: UserId) -> None:
        """Take back an answer to another question about training; it stays known that this one was asked."""
        self._set(person, consent=None, consent_version=CONSENT_VERSION, consent_at=None)

    def set_digest(self, person: UserId, digest: DigestFrequency, *, hour: int | None = None) -> None:
        """Store the digest choice; an hour of None keeps the one stored."""
        self._set(person, digest=digest, **({} if hour is None else {"digest_hour": hour}))

    def set_clock(self, person: UserId, zone: str | None, *, utc_offset_minutes: int) -> None:
        """Store the person's time zone, or their offset from UTC alone."""
        self._set(person, zone=zone, utc_offset_minutes=utc_offset_minutes)

    def set_unasked(self, person: UserId, *, news: bool | None = None, reminders: bool | None = None) -> None:
        """Store what may come unasked besides the digest; None leaves it as it is."""
        wanted = {"wants_news": news, "wants_reminders": reminders}
        changed = {name: value for name, value in wanted.items() if value is not None}
        if changed:
            self._set(person, **changed)

    def digest_sent(self, person: UserId) -> None:
        """Count a digest that is not answered yet."""
        self._set(person, unanswered_digests=PersonRow.unanswered_digests + 1)

    def set_blocked(self, person: UserId, blocked: bool) -> None:
        """Store whether the person blocked the bot; an unknown person is left unknown."""
        self.connection.execute(update(PersonRow).where(PersonRow.id == person).values(blocked=blocked))

    def genres(self, person: UserId) -> tuple[str, ...]:
        """Return the chosen genres in the domain's order."""
        return self.chosen_and_excluded(person)[0]

    def chosen_and_excluded(self, person: UserId) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the genres chosen, and those never to be shown, in the domain's order."""
        is_excluded = dict(self.connection.execute(_GENRES, {"person": person}).all())
        found = [genre for genre in GENRES if genre in is_excluded]
        chosen = tuple(genre for genre in found if not is_excluded[genre])
        return chosen, tuple(genre for genre in found if is_excluded[genre])

    def set_genre(self, person: UserId, genre: str, wish: GenreWish) -> None:
        """Bring one genre to the target state."""
        if wish == "none":
            mine = (ChosenGenreRow.person_id == person, ChosenGenreRow.genre == genre)
            self.connection.execute(delete(ChosenGenreRow).where(*mine))
            return
        insert = self.upsert(ChosenGenreRow).values(person_id=person, genre=genre, excluded=wish == "excluded")
        wanted = {"excluded": insert.excluded.excluded}
        self.connection.execute(insert.on_conflict_do_update(index_elements=["person_id", "genre"], set_=wanted))

    def set_wildcards(self, person: UserId, wildcards: bool) -> None:
        """Store whether lists may end with a film off the usual path."""
        self._set(person, wildcards=wildcards)

    def _known(self, person: UserId) -> Person:
        found = self.get(person)
        if found is None:
            raise UnknownRecordError(f"the person must be stored first. Received: {person}")
        return found

    def _set(self, person: UserId, **values: Any) -> None:
        changed = self.connection.execute(update(PersonRow).where(PersonRow.id == person).values(**values))
        assert isinstance(changed, CursorResult)
        if changed.rowcount == 0:
            raise UnknownRecordError(f"the person must be stored first. Received: {person}")


def _is_other(seen: str | None, known: str | None) -> bool:
    return bool(seen) and known != _code(seen)


def _code(language: str | None) -> str | None:
    return language[:16] if language else None


def _person(row: RowMapping, genres: tuple[str, ...], excluded: tuple[str, ...]) -> Person:
    return Person(
        id=UserId(row["id"]),
        created_at=row["created_at"],
        language=row["language"],
        telegram_language=row["telegram_language"],
        consent=row["consent"],
        consent_version=row["consent_version"],
        consent_at=row["consent_at"],
        genres=genres,
        digest=row["digest"],
        digest_hour=row["digest_hour"],
        zone=row["zone"],
        utc_offset_minutes=row["utc_offset_minutes"],
        blocked=row["blocked"],
        excluded=excluded,
        wildcards=row["wildcards"],
        wants_news=row["wants_news"],
        wants_reminders=row["wants_reminders"],
        unanswered_digests=row["unanswered_digests"],
    )
