"""What is no text: photos, stickers, voices, places; a caption is read as a text."""

from __future__ import annotations

from bot.messages import notices
from bot.reading.places import Place
from bot.service import conversation, digest
from bot.service.service import Reply, Service, Turn, Visit, in_visit
from bot.storage.schedules import ALBUM_KEPT, album_name
from bot.storage.tx import Tx
from bot.zones import zone_at
from recommender.domain import UserId


def read(
    service: Service, turn: Turn, caption: str | None, album: str | None, where: tuple[float, float] | None = None
) -> Reply:
    """Answer a caption as a text, and else what the bot reads; of an album, whose parts come one by one, one.

    Args:
        where: latitude and longitude of a place that was shared: read for its time zone where that was asked for.
    """
    if where is not None and service.store.read(lambda tx: digest.is_place_asked(tx, turn.person)):
        zone = zone_at(*where)
        if zone is not None:
            return digest.say_place(service, turn, Place((zone,)))
    if not caption:
        return _say_unreadable(service, turn, album)
    if album is not None:
        service.store.write(lambda tx: _is_first(tx, turn.person, album)).result()
    return conversation.answer(service, turn, caption)


@in_visit
def _say_unreadable(visit: Visit, album: str | None) -> Reply:
    if album is not None and not _is_first(visit.tx, visit.id, album):
        return Reply()
    return Reply((notices.unreadable(visit.words),))


def _is_first(tx: Tx, person: UserId, album: str) -> bool:
    """Note that an album is answered; tell whether it was not before."""
    return tx.schedules.claim(album_name(album), next_run_at=tx.now + ALBUM_KEPT, person=person, if_new=True)
