"""What the bot sends by itself: which kinds of it a person wants."""

from __future__ import annotations

from bot.callbacks import Frequency, SetUnasked, ShowUnasked, Unasked
from bot.messages import digest as digest_letters
from bot.messages import unasked
from bot.messages.unasked import UnaskedWishes
from bot.service import digest
from bot.service.service import Reply, Visit, in_visit
from bot.storage.people import Person


@in_visit
def show_settings(visit: Visit) -> Reply:
    """Show which kinds come."""
    return Reply((unasked.settings(visit.words, _wishes(visit.person)),))


@in_visit
def open_settings(visit: Visit, _: ShowUnasked) -> Reply:
    """Show them below the letter whose button was tapped, which stays."""
    return Reply((unasked.settings(visit.words, _wishes(visit.person)),))


@in_visit
def set_unasked(visit: Visit, action: SetUnasked) -> Reply:
    """Turn one kind on or off, or all of them; a digest whose hour nobody knows asks for it."""
    if action.kind in (Unasked.ALL, Unasked.DIGEST):
        frequency = Frequency.WEEKLY if action.on else Frequency.OFF
        if action.on and digest.plan_of(visit.person).clock is None:
            return Reply((digest_letters.ask_hour(visit.words, frequency, edits=visit.edits),))
        digest.set_frequency(visit, frequency, visit.person.digest_hour)
    visit.tx.people.set_unasked(
        visit.id,
        news=action.on if action.kind in (Unasked.ALL, Unasked.NEWS) else None,
        reminders=action.on if action.kind in (Unasked.ALL, Unasked.REMINDERS) else None,
    )
    person = visit.tx.people.get(visit.id) or visit.person
    return Reply((unasked.settings(visit.words, _wishes(person), edits=visit.edits),))


def _wishes(person: Person) -> UnaskedWishes:
    return UnaskedWishes(digest.plan_of(person), person.wants_news, person.wants_reminders)
