"""Updates that pass: inline queries, sent while somebody types, answered at once or never, and never stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from telegram import Update

from bot.delivery.incoming import lane_of
from bot.delivery.newest import Newest

# Of one person in memory; what comes beyond is left out, for nobody reads so many answers.
MOST_OF_ONE: Final = 32
# Longer than it should take, and no longer than somebody who types waits.
ANSWER_WITHIN_S: Final = 5.0


def is_passing(raw: Mapping[str, Any]) -> bool:
    """Tell whether an update as Telegram sent it is one of these."""
    return Update.INLINE_QUERY in raw


class Passing:
    """Which of them are at hand, and which somebody has typed over since."""

    def __init__(self) -> None:
        self._newest = Newest[int]()

    def take(self, update: Update) -> bool:
        """Take an update into memory; says no where its person has too many there."""
        lane = lane_of(update)
        if self._newest.count(lane) >= MOST_OF_ONE:
            return False
        self._newest.take(lane, update.update_id)
        return True

    def is_outdated(self, update: Update) -> bool:
        """Tell whether its person has typed on since."""
        return self._newest.is_overtaken(lane_of(update), update.update_id)

    def release(self, update: Update) -> None:
        """Let go of an update that is handled."""
        if update.inline_query is not None:
            self._newest.release(lane_of(update))
