"""Films that somebody saw and did not rate are asked about, at most once a week."""

from __future__ import annotations

from datetime import timedelta
from typing import Final, get_args

from bot.messages import unasked
from bot.messages.news import News
from bot.service import digest, saved_lists
from bot.service.news import LOOK_AGAIN_AFTER, is_told_now
from bot.service.service import Service, Turn, Visit
from bot.storage.people import Person
from bot.storage.tx import Tx
from bot.storage.unrated import ASKED_AFTER
from recommender.domain import UserId

SCHEDULE: Final = "unrated"
AT_MOST_EVERY: Final = timedelta(days=7)
# So long after a digest or news.
APART: Final = timedelta(hours=6)
# No question is planned further ahead than this.
LONGEST_WAIT: Final = AT_MOST_EVERY + ASKED_AFTER


def remind_of_unrated(visit: Visit) -> None:
    """Plan to ask how a film was that was just marked as seen or chosen; one question is planned at a time."""
    planned = visit.tx.schedules.get(SCHEDULE, visit.id)
    if planned is not None and planned.next_run_at is not None:
        return
    due = visit.tx.now + ASKED_AFTER
    if planned is not None and planned.last_run_at is not None:
        due = max(due, planned.last_run_at + AT_MOST_EVERY)
    visit.tx.schedules.plan(SCHEDULE, due, visit.id)


def send_due(service: Service) -> int:
    """Ask everybody whose turn has come and who is awake; return how many were asked."""
    due = service.store.read(lambda tx: tx.schedules.due(SCHEDULE))
    return sum(_ask_if_due(service, person) for person in due)


def _ask_if_due(service: Service, person: UserId) -> bool:
    return service.store.write(lambda tx: _claim_and_ask(tx, service, person)).result()


def _claim_and_ask(tx: Tx, service: Service, person_id: UserId) -> bool:
    """Take the turn and store its letter in one transaction; who sleeps, or had a letter just now, keeps the turn."""
    person = tx.people.get(person_id)
    if person is not None and (not is_told_now(tx, person) or _was_just_written_to(tx, person_id)):
        tx.schedules.plan(SCHEDULE, tx.now + LOOK_AGAIN_AFTER, person_id)
        return False
    last = tx.schedules.last_run_at(SCHEDULE, person_id)
    unrated = [one for one in tx.unrated.movies(person_id) if last is None or one.since > last]
    if person is None or person.blocked or not person.wants_reminders or not unrated:
        tx.schedules.cancel(SCHEDULE, person_id)
        return False
    if not tx.schedules.claim(SCHEDULE, next_run_at=tx.now, person=person_id):
        return False
    tx.schedules.cancel(SCHEDULE, person_id)
    _ask(tx, service, person)
    return True


def _was_just_written_to(tx: Tx, person: UserId) -> bool:
    """Tell whether something else came unasked a while ago: one such letter is enough."""
    moments = (tx.schedules.last_run_at(name, person) for name in (digest.SCHEDULE, *get_args(News)))
    return any(moment is not None and tx.now - moment < APART for moment in moments)


def _ask(tx: Tx, service: Service, person: Person) -> None:
    visit = Visit(service, tx, person, service.words_for(person), Turn(0, person.id))
    tx.outbox.add(person.id, unasked.with_way_out(visit.words, saved_lists.unrated_page(visit, 0)))
