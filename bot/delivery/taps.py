"""Taps at hand: which of them a later one overtakes, so that nobody need draw what is drawn over at once."""

from __future__ import annotations

from telegram import Update

from bot.callbacks import kind_of
from bot.delivery.incoming import lane_of
from bot.delivery.newest import Newest

# Person, chat, message and kind of button: whatever such a tap draws, the next one draws over.
Key = tuple[int, int, int, str]


class Taps:
    """Knows the newest tap of each person, message and kind among those in memory."""

    def __init__(self) -> None:
        self._newest = Newest[Key]()

    def take(self, update: Update) -> None:
        """Note an update that waits from now on; all but taps are passed over."""
        key = _key_of(update)
        if key is not None:
            self._newest.take(key, update.update_id)

    def is_overtaken(self, update: Update) -> bool:
        """Tell whether its person has tapped the same kind of button of the same message since."""
        key = _key_of(update)
        return key is not None and self._newest.is_overtaken(key, update.update_id)

    def release(self, update: Update) -> None:
        """Let go of an update that is handled."""
        key = _key_of(update)
        if key is not None:
            self._newest.release(key)


def _key_of(update: Update) -> Key | None:
    query = update.callback_query
    if query is None or query.message is None or query.data is None:
        return None
    return lane_of(update), query.message.chat.id, query.message.message_id, kind_of(query.data)
