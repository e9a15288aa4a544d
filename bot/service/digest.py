"""The digest: choosing how often and when, and sending it at most once per period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot import callbacks
from bot.callbacks import Frequency
from bot.messages import digest
from bot.messages.digest import DigestPlan
from bot.reading.places import NOWHERE, Place
from bot.service.finding import find
from bot.service.followed import is_likely
from bot.service.follows import find_new_films, with_new_films
from bot.service.lists import first_page
from bot.service.service import Reply, Service, Turn, Visit, in_visit
from bot.storage.people import DigestFrequency, Person
from bot.storage.tx import Tx
from bot.zones import OFFERED, Clock, clock_of
from recommender.domain import Profile, Recommendation, UserId

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
# After so many without a word or a tap since, the digest pauses.
MOST_UNANSWERED: Final = 4
# The name under which it is known that the place was asked for, and how long what is typed is the answer.
PLACE_QUESTION: Final = "place"
ANSWER_WITHIN: Final = timedelta(minutes=15)
# So it is with the hour, of a digest that shall come so often.
HOUR_QUESTIONS: Final = {Frequency.DAILY: "hour of every day", Frequency.WEEKLY: "hour of every week"}
# No hour was said; None is a time that is none on the hour.
ANY_HOUR: Final = -1


@dataclass(frozen=True, slots=True)
class Said:
    """How often, at which hour and where, as somebody says it in one message."""

    often: Frequency | None = None
    hour: int | None = ANY_HOUR
    place: Place = NOWHERE


@in_visit
def show_settings(visit: Visit, *, usage: bool = False) -> Reply:
    """Say how often the digest comes."""
    return _settings(visit, visit.person, usage=usage)


@in_visit
def choose(visit: Visit, action: callbacks.Digest) -> Reply:
    """Set how often; hour and place are asked for only the first time."""
    is_known = visit.person.digest_hour is not None and plan_of(visit.person).clock is not None
    if action.frequency == Frequency.OFF or is_known:
        return _save(visit, action.frequency, visit.person.digest_hour)
    return _ask_hour(visit, action.frequency)


@in_visit
def ask_hour(visit: Visit, action: callbacks.DigestTime) -> Reply:
    """Ask for the hour anew."""
    return _ask_hour(visit, action.frequency)


@in_visit
def choose_hour(visit: Visit, action: callbacks.DigestHour) -> Reply:
    """Store frequency and hour; the place is asked for where no zone is known, for an offset forgets summer time."""
    reply = _save(visit, action.frequency, action.hour)
    if action.frequency == Frequency.OFF or visit.person.zone is not None:
        return reply
    return _ask_place(visit, replace(plan_of(visit.person), frequency=action.frequency, hour=action.hour))


@in_visit
def ask_place(visit: Visit, action: callbacks.DigestPlace) -> Reply:
    """Ask for the place anew."""
    return _ask_place(visit, replace(plan_of(visit.person), frequency=action.frequency))


@in_visit
def choose_zone(visit: Visit, action: callbacks.DigestZone) -> Reply:
    """Store frequency, hour and zone."""
    return _save_place(visit, action.frequency, action.hour, Place((OFFERED[action.zone],)))


@in_visit
def choose_time(visit: Visit, action: callbacks.DigestOffset) -> Reply:
    """Store frequency, hour and offset, as buttons of old ask for."""
    return _save_place(visit, action.frequency, action.hour, Place(offset=digest.offset_from_code(action.offset)))


@in_visit
def say_place(visit: Visit, place: Place) -> Reply:
    """Take the place that somebody says they are in; ask again where it has several clocks."""
    plan = plan_of(visit.person)
    if len(place.zones) > 1:
        return _ask_place(visit, plan, place.zones)
    return _save_place(visit, plan.frequency, plan.hour, place)


@in_visit
def say_plan(visit: Visit, said: Said) -> Reply:
    """Take how often, when and where somebody says; ask for what is missing then."""
    if (said.place and len(said.place.zones) == 1) or said.place.offset is not None:
        _store_clock(visit, said.place)
    known = plan_of(visit.person)
    often = said.often or (known.frequency if known.frequency != Frequency.OFF else Frequency.DAILY)
    hour = known.hour if said.hour == ANY_HOUR else said.hour
    if hour is None:
        return _ask_hour(visit, often)
    person = set_frequency(visit, often, hour)
    if len(said.place.zones) > 1:
        return _ask_place(visit, plan_of(person), said.place.zones)
    return _settings(visit, person)


@in_visit
def say_unknown_place(visit: Visit, said: str) -> Reply:
    """Say how else a place can be told; the question stays."""
    return Reply((digest.unknown_place(visit.words, said),))


def hour_asked(tx: Tx, person: UserId) -> Frequency | None:
    """Return how often the digest shall come whose hour was asked for a moment ago; None where none was."""
    return next((each for each, name in HOUR_QUESTIONS.items() if _is_asked(tx, name, person)), None)


def is_place_asked(tx: Tx, person: UserId) -> bool:
    """Tell whether the place was asked for a moment ago, so that what is typed now is the answer."""
    return _is_asked(tx, PLACE_QUESTION, person)


def _is_asked(tx: Tx, question: str, person: UserId) -> bool:
    asked = tx.schedules.get(question, person)
    return asked is not None and asked.next_run_at is not None and asked.next_run_at > tx.now


def next_digest(frequency: Frequency, hour: int, clock: Clock, *, now: datetime, last: datetime | None) -> datetime:
    """Return when the next digest is due (UTC): at the local hour, in a local day or ISO week that had none yet.

    Where summer time takes the hour away it comes as much later, and where it doubles the hour, the first time.
    """
    local_now = now.astimezone(clock).replace(tzinfo=None)
    day = local_now.date() if local_now.time() < time(hour) else local_now.date() + _DAY
    local_last = None if last is None else last.astimezone(clock).date()
    if frequency == Frequency.WEEKLY:
        day += _DAY * ((WEEKLY_DAY - day.weekday()) % 7)
        if local_last and day.isocalendar()[:2] == local_last.isocalendar()[:2]:
            day += _DAY * 7
    elif local_last and day <= local_last:
        day = local_last + _DAY
    return datetime.combine(day, time(hour), clock).astimezone(UTC)


def send_due(service: Service) -> int:
    """Send the digest to everyone whose turn has come; return how many went out."""
    due = service.store.read(lambda tx: tx.schedules.due(SCHEDULE))
    return sum(_send(service, person) for person in due)


def _send(service: Service, person: UserId) -> bool:
    profile = service.store.read(lambda tx: tx.ratings.profile(person))
    found = [one for one in find(service, person, unmet=True) if _is_good(one, profile)]
    found = found or find_new_films(service, person)
    return service.store.write(lambda tx: _claim_and_send(tx, service, person, found)).result()


def _is_good(one: Recommendation, profile: Profile) -> bool:
    return one.slot == "followed" or (one.slot == "top" and is_likely(one, profile))


def _claim_and_send(tx: Tx, service: Service, person_id: UserId, found: list[Recommendation]) -> bool:
    """Take the turn and store its message in one transaction, so that no restart can send it twice."""
    person = tx.people.get(person_id)
    next_run_at = None if person is None else _next_for(person, tx.now, last=tx.now)
    if person is None or next_run_at is None:
        tx.schedules.cancel(SCHEDULE, person_id)
        return False
    if not tx.schedules.claim(SCHEDULE, next_run_at=next_run_at, person=person_id) or person.blocked:
        return False
    if person.unanswered_digests >= MOST_UNANSWERED:
        return _pause(tx, service, person)
    if not found:
        return False
    # The bot speaks by itself here: no update, and the language as last seen.
    visit = Visit(service, tx, person, service.words_for(person), Turn(0, person_id))
    round_ = visit.new_round()
    page = first_page(visit, round_, found, digest=True)
    tx.outbox.add(person_id, with_new_films(visit, page, round_, listed={one.movie_id for one in found}))
    tx.people.digest_sent(person_id)
    return True


def _pause(tx: Tx, service: Service, person: Person) -> bool:
    """Send no more, and say so once; hour and clock stay known, so that one tap brings it back."""
    frequency = plan_of(person).frequency
    tx.schedules.cancel(SCHEDULE, person.id)
    tx.people.set_digest(person.id, "off")
    tx.outbox.add(person.id, digest.paused(service.words_for(person), frequency))
    return True


def _ask_hour(visit: Visit, often: Frequency) -> Reply:
    """Ask at which hour; for a while the answer may be typed."""
    if often in HOUR_QUESTIONS:
        visit.tx.schedules.plan(HOUR_QUESTIONS[often], visit.tx.now + ANSWER_WITHIN, visit.id)
    return Reply((digest.ask_hour(visit.words, often, edits=visit.edits),))


def _ask_place(visit: Visit, plan: DigestPlan, zones: Sequence[str] = ()) -> Reply:
    """Ask for the place: of these zones alone, where there are any; for a while the answer may be typed."""
    visit.tx.schedules.plan(PLACE_QUESTION, visit.tx.now + ANSWER_WITHIN, visit.id)
    return Reply((digest.ask_place(visit.words, plan, visit.tx.now, zones, edits=visit.edits),))


def _save_place(visit: Visit, frequency: Frequency, hour: int | None, place: Place) -> Reply:
    _store_clock(visit, place)
    return _save(visit, frequency, hour)


def _store_clock(visit: Visit, place: Place) -> None:
    zone = place.zones[0] if place.zones else None
    offset = place.offset if zone is None else visit.tx.now.astimezone(ZoneInfo(zone)).utcoffset()
    visit.tx.people.set_clock(visit.id, zone, utc_offset_minutes=(offset or timedelta(0)) // timedelta(minutes=1))


def set_frequency(visit: Visit, frequency: Frequency, hour: int | None) -> Person:
    """Store how often and at which hour it comes, and plan the next one; an hour of None stays as it is."""
    visit.tx.people.set_digest(visit.id, NAMES[frequency], hour=hour)
    for question in (PLACE_QUESTION, *HOUR_QUESTIONS.values()):
        visit.tx.schedules.cancel(question, visit.id)
    person = visit.tx.people.get(visit.id) or visit.person
    previous = visit.tx.schedules.get(SCHEDULE, visit.id)
    next_run_at = _next_for(person, visit.tx.now, last=previous.last_run_at if previous else None)
    if next_run_at is None:
        visit.tx.schedules.cancel(SCHEDULE, visit.id)
    else:
        visit.tx.schedules.plan(SCHEDULE, next_run_at, visit.id)
    return person


def _save(visit: Visit, frequency: Frequency, hour: int | None) -> Reply:
    return _settings(visit, set_frequency(visit, frequency, hour))


def _next_for(person: Person, now: datetime, *, last: datetime | None) -> datetime | None:
    plan = plan_of(person)
    if plan.frequency == Frequency.OFF or plan.hour is None or plan.clock is None:
        return None
    return next_digest(plan.frequency, plan.hour, plan.clock, now=now, last=last)


def plan_of(person: Person) -> DigestPlan:
    """Return how often, when and by whose clock a person's digest comes."""
    frequency = next(each for each, name in NAMES.items() if name == person.digest)
    return DigestPlan(frequency, person.digest_hour, clock_of(person.zone, person.utc_offset_minutes))


def _settings(visit: Visit, person: Person, *, usage: bool = False) -> Reply:
    plan = plan_of(person)
    if plan.lacks_clock and not usage:
        return _ask_place(visit, plan)
    return Reply((digest.settings(visit.words, plan, edits=visit.edits, usage=usage),))
