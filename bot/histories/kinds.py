"""What sites call a film, a series, an episode; and how far somebody is with it."""

from __future__ import annotations

import re
from typing import Final

from bot.histories.entry import Says
from bot.histories.layouts import plain_name

# In the languages that IMDb exports in; "TV Movie" and "TV Special" are films.
_NO_FILM: Final = re.compile(r"serie|episod|season|show|game|podcast|music|anime|剧集|^tv$|^tvpilot$", re.IGNORECASE)
# Of Simkl. What was begun or dropped is known to its person, and no news in a list.
_STATUS: Final[dict[str, Says]] = {
    **{"completed": "seen", "watching": "seen", "hold": "seen", "onhold": "seen", "dropped": "seen", "true": "seen"},
    **{"plantowatch": "later", "watchlist": "later"},
}


def is_film(kind: str) -> bool:
    """Say whether what a site calls this is a film; what it calls nothing is one."""
    return not _NO_FILM.search(plain_name(kind))


def of_status(status: str) -> Says | None:
    """Return what Simkl's name for how far somebody is says; None for one that says nothing."""
    return _STATUS.get(plain_name(status))
