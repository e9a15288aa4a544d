"""What a text asks of a list, as it was read."""

from __future__ import annotations

from dataclasses import dataclass

from bot.wanted import NOTHING_WANTED, Wanted
from recommender.domain import Filters


@dataclass(frozen=True, slots=True)
class Wish:
    """What a text asks of a list.

    Attributes:
        wanted: what was understood.
        unknown: what was not, as it was written.
        is_asked: whether it is said as people ask for a list, and name no film.
        names_several: whether it speaks of films as people do who want some: "disney movies".
        is_vague: whether all that is asked is new, old or modern.
        is_bare_genre: whether the text is a genre's name and nothing else.
        is_bare_year: whether it is a year and nothing else.
        is_bare_name: whether it is somebody's name and nothing else.
        is_bare_part: whether one thing besides genres and years is understood, and films are not named.
        is_contradictory: whether no film can be all that was asked.
    """

    wanted: Wanted = NOTHING_WANTED
    unknown: tuple[str, ...] = ()
    is_asked: bool = False
    names_several: bool = False
    is_vague: bool = False
    is_bare_genre: bool = False
    is_bare_year: bool = False
    is_bare_name: bool = False
    is_bare_part: bool = False
    is_contradictory: bool = False

    @property
    def filters(self) -> Filters:
        """Return the genres and years that were understood."""
        return self.wanted.filters

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was understood."""
        return not self.wanted
