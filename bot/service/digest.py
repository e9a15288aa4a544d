"""The digest: choosing how often and when, and sending it at most once per period."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Final

from bot import callbacks
from bot.callbacks import Frequency
from bot.messages import digest
from bot.messages.digest import DigestPlan
from bot.outgoing import Outgoing
from bot.service.lists import find, first_page
from bot.service.service import Reply, Service, Turn, Visit, in_visit
from bot.storage.people import DigestFrequency, Person
from bot.storage.tx import Tx
from recommender.domain import Recommendation, UserId

SCHEDULE: Final = "digest"
NAMES: Final[dict[Frequency, DigestFrequency]] = {
    Frequency.OFF: "off",
    Frequency.DAILY: "daily",
    Frequency.WEEKLY: "weekly",
}
# datetime.weekday() of Friday: the weekly digest comes before the evening when most people watch.
WEEKLY_DAY: Final = 4
_DAY: Final = timedelta(days=1)
# No digest is planned further ahead than this: a week's that had one, and the offset.
LONGEST_WAIT: Final = timedelta(days=15)


@in_visit
def show_settings(visit: Visit, *, usage: bool = False) -> Reply:
    """Say how often the digest comes."""
    return Reply((_settings(visit, visit.person, usage=usage),))


@in_visit
def choose(visit: Visit, action: callbacks.Digest) -> Reply:
    """Set how often; hour and offset are asked for only the first time."""
    person = visit.person
    is_known = person.digest_hour is not None and person.utc_offset_minutes is not None
    if action.frequency == Frequency.OFF or is_known:
        return _save(visit, action.frequency, person.digest_hour, person.utc_offset_minutes)
    return Reply((digest.ask_hour(visit.words, action.frequency, edits=visit.edits),))


@in_visit
def ask_hour(visit: Visit, action: callbacks.DigestTime) -> Reply:
    """Ask for the hour anew."""
    return Reply((digest.ask_hour(visit.words, action.frequency, edits=visit.edits),))


@in_visit
def ask_offset(visit: Visit, action: callbacks.DigestHour) -> Reply:
    """Ask for the offset, the hour being chosen."""
    return Reply((digest.ask_offset(visit.words, action.frequency, action.hour, visit.tx.now, edits=visit.edits),))


@in_visit
def choose_time(visit: Visit, action: callbacks.DigestOffset) -> Reply:
    """Store frequency, hour and offset."""
    minutes = digest.offset_from_code(action.offset) // timedelta(minutes=1)
    return _save(visit, action.frequency, action.hour, minutes)


def next_digest(
    frequency: Frequency, hour: int, offset: timedelta, *, now: datetime, last: datetime | None
) -> datetime:
    """Return when the next digest is due (UTC): at the local hour, in a local day or ISO week that had none yet."""
    local_now = (now + offset).replace(tzinfo=None)
    day = local_now.date() if local_now.time() < time(hour) else local_now.date() + _DAY
    local_last = None if last is None else (last + offset).date()
    if frequency == Frequency.WEEKLY:
        day += _DAY * ((WEEKLY_DAY - day.weekday()) % 7)
        if local_last and day.isocalendar()[:2] == local_last.isocalendar()[:2]:
            day += _DAY * 7
    elif local_last and day <= local_last:
        day = local_last + _DAY
    return datetime.combine(day, time(hour), UTC) - offset


def send_due(service: Service) -> int:
    """Send the digest to everyone whose turn has come; return how many went out."""
    due = service.store.read(lambda tx: tx.schedules.due(SCHEDULE))
    return sum(_send(service, person) for person in due)


def _send(service: Service, person: UserId) -> bool:
    found = find(service, person)
    return service.store.write(lambda tx: _claim_and_send(tx, service, person, found)).result()


def _claim_and_send(tx: Tx, service: Service, person_id: UserId, found: list[Recommendation]) -> bool:
    """Take the turn and store its message in one transaction, so that no restart can send it twice."""
    person = tx.people.get(person_id)
    next_run_at = None if person is None else _next_for(person, tx.now, last=tx.now)
    if person is None or next_run_at is None:
        tx.schedules.cancel(SCHEDULE, person_id)
        return False
    if not tx.schedules.claim(SCHEDULE, next_run_at=next_run_at, person=person_id) or person.blocked or not found:
        return False
    # The bot speaks by itself here: no update, and the language as last seen.
    visit = Visit(service, tx, person, service.words_for(person), Turn(0, person_id))
    tx.outbox.add(person_id, first_page(visit, visit.new_round(), found, digest=True))
    return True


def _save(visit: Visit, frequency: Frequency, hour: int | None, minutes: int | None) -> Reply:
    visit.tx.people.set_digest(visit.id, NAMES[frequency], hour=hour, utc_offset_minutes=minutes)
    person = visit.tx.people.get(visit.id) or visit.person
    previous = visit.tx.schedules.get(SCHEDULE, visit.id)
    next_run_at = _next_for(person, visit.tx.now, last=previous.last_run_at if previous else None)
    if next_run_at is None:
        visit.tx.schedules.cancel(SCHEDULE, visit.id)
    else:
        visit.tx.schedules.plan(SCHEDULE, next_run_at, visit.id)
    return Reply((_settings(visit, person),))


def _next_for(person: Person, now: datetime, *, last: datetime | None) -> datetime | None:
    plan = _plan(person)
    if plan.frequency == Frequency.OFF or plan.hour is None or plan.offset is None:
        return None
    return next_digest(plan.frequency, plan.hour, plan.offset, now=now, last=last)


def _plan(person: Person) -> DigestPlan:
    frequency = next(each for each, name in NAMES.items() if name == person.digest)
    minutes = person.utc_offset_minutes
    return DigestPlan(frequency, person.digest_hour, None if minutes is None else timedelta(minutes=minutes))


def _settings(visit: Visit, person: Person, *, usage: bool = False) -> Outgoing:
    return digest.settings(visit.words, _plan(person), edits=visit.edits, usage=usage)
