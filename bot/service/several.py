"""Several films in one message: a list of titles, line by line, or with commas between."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from bot.catalogue.phrasing import RATED
from bot.catalogue.search import EXACT, SURE, Match
from bot.messages.clipping import clean

# Who sends more films than these has a list to import.
MOST: Final = 20
_MARK: Final = re.compile(r"^\s*(?:[-–—*•·>]+|\(?\d{1,2}[.)、])\s*")
_BETWEEN: Final = re.compile(r"\s*[;|、；]\s*|\s+/\s+|\s*[,，]\s*")
_AND: Final = re.compile(r"\s+(?:and|&|y|\+)\s+|\s*(?:和|跟)\s*", re.IGNORECASE)

Search = Callable[[str, int], Sequence[Match]]


def find_several(text: str, search: Search, *, least: float = SURE) -> list[Match]:
    """Return the films that a message lists, each once, in its order; none where it lists no films.

    Lines may hold what is not found beside two that are. Commas and "and" stand in titles, too: there every part must
    be a title.

    Args:
        least: how sure a film of a line must be.
    """
    lines = [line for line in text.splitlines() if any(map(str.isalnum, line))]
    if len(lines) > 1:
        return _found(lines, search, least=least) if len(lines) <= MOST else []
    for between in (_BETWEEN, _AND):
        parts = [part for part in between.split(text) if part.strip()]
        if 1 < len(parts) <= MOST:
            found = _found(parts, search, least=EXACT)
            return found if len(found) == len(parts) else []
    return []


def _found(parts: Sequence[str], search: Search, *, least: float) -> list[Match]:
    titles = [clean(RATED.sub("", _MARK.sub("", part))) for part in parts]
    best = [next(iter(search(title, 1)), None) for title in titles if title]
    found = {one.movie_id: one for one in best if one is not None and one.score >= least}
    return list(found.values()) if len(found) > 1 else []
