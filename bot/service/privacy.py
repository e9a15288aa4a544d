"""A person's rights over their data: explained, handed over, erased."""

from __future__ import annotations

from bot.callbacks import DeleteMe, KeepMe
from bot.messages import Words, privacy
from bot.service.export import everything_as_json, ratings_as_letterboxd
from bot.service.service import Reply, Service, Turn, Visit, in_visit
from bot.storage.tx import Tx


def explain(service: Service, turn: Turn) -> Reply:
    """Say what is kept, to everybody, and to people whether training may use it; strangers stay unknown."""
    if service.store.read(lambda tx: tx.people.get(turn.person)) is None:
        return service.answer(turn, lambda words: Reply((privacy.kept_of_people(words), privacy.rights(words))))
    return _explain(service, turn)


def export(service: Service, turn: Turn) -> Reply:
    """Hand over everything as JSON, and the ratings as Letterboxd imports them; not again while that waits to go."""
    if service.store.read(lambda tx: tx.people.get(turn.person)) is None:
        return service.answer(turn, lambda words: Reply((privacy.nothing_to_export(words),)))
    if service.store.read(lambda tx: tx.outbox.has_file_waiting(turn.person)):
        return service.answer(turn, lambda words: Reply((privacy.export_waits(words),)))
    rated = service.store.read(lambda tx: tx.ratings.count(turn.person))
    everything = service.store.read(lambda tx: everything_as_json(tx, turn.person))
    letterboxd = service.store.read(lambda tx: ratings_as_letterboxd(tx, turn.person))

    def decide(words: Words) -> Reply:
        return Reply(privacy.export(words, rated=rated, everything=everything, letterboxd=letterboxd))

    return service.answer(turn, decide)


def ask_to_delete(service: Service, turn: Turn) -> Reply:
    """Ask once."""
    if service.store.read(lambda tx: tx.people.get(turn.person)) is None:
        return service.answer(turn, lambda words: Reply((privacy.nothing_to_delete(words),)))
    return _ask_to_delete(service, turn)


def keep(service: Service, turn: Turn, _: KeepMe) -> Reply:
    """Say that nothing happened."""
    return service.answer(turn, lambda words: Reply((privacy.kept(words, edits=turn.message_id),)))


def delete(service: Service, turn: Turn, _: DeleteMe) -> Reply:
    """Erase everything; the goodbye leaves no trace either once it is sent."""

    def effect(tx: Tx) -> Reply:
        words = service.words_for(tx.people.get(turn.person), turn.telegram_language)
        tx.erasure.delete_person(turn.person, update_id=turn.update_id)
        tx.erased.add(service.pseudonyms.of(turn.person))
        goodbye = privacy.deleted(words, edits=turn.message_id)
        tx.outbox.add(turn.person, goodbye, forget=True)
        tx.inbox.finish(turn.update_id)
        return Reply((goodbye,))

    return service.store.write(effect).result()


@in_visit
def _explain(visit: Visit) -> Reply:
    agreed = bool(visit.person.consent)
    return Reply((privacy.kept_of_people(visit.words), privacy.privacy(visit.words, agreed=agreed)))


@in_visit
def _ask_to_delete(visit: Visit) -> Reply:
    return Reply((privacy.delete_question(visit.words, visit.tx.ratings.count(visit.id)),))
