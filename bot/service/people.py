"""Whether a person can be reached."""

from __future__ import annotations

from bot.service.service import Reply, Service, Turn
from bot.storage.tx import Tx


def set_blocked(service: Service, turn: Turn, blocked: bool) -> Reply:
    """Note that a person blocked the bot, or let it back."""

    def effect(tx: Tx) -> Reply:
        tx.people.set_blocked(turn.person, blocked)
        tx.inbox.finish(turn.update_id)
        return Reply()

    return service.store.write(effect).result()
