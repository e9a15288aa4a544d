"""What somebody waits for is told them once: that a first model serves, one of real people, one that knows them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.messages import news
from bot.messages.news import News
from bot.service.service import Service, Turn, Visit
from bot.storage.people import Person
from bot.storage.tx import Tx
from bot.zones import Clock, clock_of
from recommender.domain import Profile, Recommendation, UserId

FIRST_MODEL: Final[News] = "first_model"
REAL_MODEL: Final[News] = "real_model"
# Planned by a training, for those whose ratings are in a published model for the first time.
OWN_MODEL: Final[News] = "own_model"
# Planned by a training, once, for those who taught a model much more since they heard that one knows them.
TAUGHT_MORE: Final[News] = "taught_more"
# So many ratings since are much more.
MUCH_MORE: Final = 20
# What says most comes first; who is told it needs none of the others.
_NEWS: Final = (OWN_MODEL, TAUGHT_MORE, REAL_MODEL, FIRST_MODEL)
# Who did something so lately is awake, and who did at this time of day is likely to be.
JUST_NOW: Final = timedelta(hours=1)
SAME_TIME_OF_DAY: Final = timedelta(hours=2)
# At which hours of their own clock people may be written to unasked.
DAY: Final = range(9, 21)
# Who sleeps is looked at again after so long.
LOOK_AGAIN_AFTER: Final = timedelta(minutes=30)
_A_DAY: Final = timedelta(days=1)


def wait_for_news(visit: Visit, found: Sequence[Recommendation]) -> None:
    """Note what a person waits for who is shown such a list; who was told already waits no more."""
    waited = _missing(visit.service, found)
    if waited is not None and visit.tx.schedules.get(waited, visit.id) is None:
        visit.tx.schedules.plan(waited, visit.tx.now, visit.id)


def plan_for_taught(tx: Tx, people: Collection[UserId]) -> None:
    """Plan what those are told whose own ratings are in a model that was just published."""
    told = {person: tx.schedules.last_run_at(OWN_MODEL, person) for person in people}
    tx.schedules.plan_first(OWN_MODEL, people)
    taught = [one for one, at in told.items() if at and tx.ratings.count_since(one, at) >= MUCH_MORE]
    tx.schedules.plan_first(TAUGHT_MORE, taught)


def tell_news(service: Service) -> int:
    """Tell everybody who waits for what is there now and is awake; return how many were told."""
    waiting: list[tuple[News, UserId]] = [(name, person) for name in _NEWS for person in _waiting(service, name)]
    if not waiting:
        return 0
    missing = _missing(service, service.recommender.recommend(Profile(), 1))
    still: set[News] = {*_NEWS} if missing == FIRST_MODEL else {REAL_MODEL} if missing == REAL_MODEL else set()
    ready: dict[UserId, list[News]] = {}
    for name, person in waiting:
        if name not in still:
            ready.setdefault(person, []).append(name)
    return sum(_tell(service, names, person) for person, names in ready.items())


def is_awake(now: datetime, clock: Clock | None, last_seen: datetime | None) -> bool:
    """Tell whether somebody may be written to unasked: it is day where they are, or they were just here.

    Whose clock nobody knows is awake at the time of day at which they were here last.
    """
    if last_seen is not None and now - last_seen <= JUST_NOW:
        return True
    if clock is not None:
        return now.astimezone(clock).hour in DAY
    if last_seen is None:
        return False
    since = (now - last_seen) % _A_DAY
    return min(since, _A_DAY - since) <= SAME_TIME_OF_DAY


def is_told_now(tx: Tx, person: Person) -> bool:
    """Tell whether this person is awake, as far as is known."""
    clock = clock_of(person.zone, person.utc_offset_minutes)
    return is_awake(tx.now, clock, _last_seen(tx, person.id))


def _waiting(service: Service, name: News) -> list[UserId]:
    return service.store.read(lambda tx: tx.schedules.due(name))


def _missing(service: Service, found: Sequence[Recommendation]) -> News | None:
    """Return what a list lacks that a model will bring: chances of a like, or that they are of real people."""
    if not found or found[0].slot in ("alike", "again"):
        return None
    if all(one.like_probability is None for one in found):
        return FIRST_MODEL
    return REAL_MODEL if service.recommender.is_simulated else None


def _tell(service: Service, names: Sequence[News], person: UserId) -> bool:
    return service.store.write(lambda tx: _claim_and_tell(tx, service, names, person)).result()


def _claim_and_tell(tx: Tx, service: Service, names: Sequence[News], person_id: UserId) -> bool:
    """Tell the first of what is ready, in one transaction with its turn, so that no restart tells it twice."""
    person = tx.people.get(person_id)
    if person is not None and not is_told_now(tx, person):
        for name in names:
            tx.schedules.plan(name, tx.now + LOOK_AGAIN_AFTER, person_id)
        return False
    is_due = tx.schedules.claim(names[0], next_run_at=tx.now, person=person_id)
    for name in names:
        tx.schedules.cancel(name, person_id)
    if person is None or person.blocked or not is_due or not _may_hear(person, names[0]):
        return False
    visit = Visit(service, tx, person, service.words_for(person), Turn(0, person_id))
    tx.outbox.add(person_id, news.model_is_there(visit.words, visit.new_round(), names[0]))
    return True


def _may_hear(person: Person, name: News) -> bool:
    return person.wants_news and (person.consent is True or name not in (OWN_MODEL, TAUGHT_MORE))


def _last_seen(tx: Tx, person: UserId) -> datetime | None:
    """Return when a person was here last, as far as a list that was shown or a rating tells."""
    moments = (tx.impressions.last_shown_at(person), tx.ratings.last_stored_at(person))
    return max((moment for moment in moments if moment is not None), default=None)
