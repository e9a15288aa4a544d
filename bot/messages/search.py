"""What a search found: pages of hits, guesses, and what is said when there is nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.callbacks import NoneOfThese, Open, Place, ShowPage, encode
from bot.messages.clipping import ECHO_UNITS, clip
from bot.messages.films import CardOrigin, Film, headline, stars_text
from bot.messages.words import Html, Words
from bot.outgoing import Button, Keyboard, Outgoing

HITS_SIZE: Final = 5


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of what a search found.

    Attributes:
        total: how many were found in all.
        round: the search's number, which its pages bear.
        page: from 0.
        guess_for: what was typed, where none of the films is called that.
        lacks_part: whether that was a part of a series, of which these are others.
    """

    films: Sequence[Film]
    total: int
    round: int
    page: int = 0
    guess_for: str | None = None
    lacks_part: bool = False

    @property
    def first(self) -> int:
        """Return the number of the page's first film."""
        return self.page * HITS_SIZE + 1


def hits_page(words: Words, hits: Hits, *, edits: int | None = None) -> Outgoing:
    """Show a page of films, each opening its card in the same message."""
    blocks = [_line(words, number, film) for number, film in enumerate(hits.films, hits.first)]
    origin = CardOrigin(Place.SEARCH, hits.round, hits.page)
    numbers = tuple(
        Button(str(number), encode(Open(film.movie.id, origin.place, origin.key, origin.page_code)))
        for number, film in enumerate(hits.films, hits.first)
    )
    none = (Button(words.plain("search.none_of_these"), encode(NoneOfThese())),)
    return Outgoing("\n\n".join((_title(words, hits), *blocks)), (numbers, *_turns(words, hits), none), edits)


def no_hits(words: Words, query: str) -> Outgoing:
    return Outgoing(words.html("search.none", query=clip(query, ECHO_UNITS)))


def no_letters(words: Words) -> Outgoing:
    """Say what to send instead of signs."""
    return Outgoing(words.html("search.no_letters"))


def none_of_these(words: Words, *, edits: int | None = None) -> Outgoing:
    """Say how the film may be found yet."""
    return Outgoing(words.html("search.try_again"), (), edits)


def unknown_link(words: Words) -> Outgoing:
    return Outgoing(words.html("search.unknown_link"))


def query_too_long(words: Words) -> Outgoing:
    return Outgoing(words.html("search.too_long"))


def _title(words: Words, hits: Hits) -> Html:
    if hits.guess_for is not None:
        key = "search.lacks_part" if hits.lacks_part else "search.unsure"
        return words.html(key, query=clip(hits.guess_for, ECHO_UNITS))
    return words.count("search.found", hits.total)


def _line(words: Words, number: int, film: Film) -> str:
    state = f"\n✓ {stars_text(film.stars)}" if film.stars else ""
    return f"{number}. {headline(words, film.movie, film.facts)}{state}"


def _turns(words: Words, hits: Hits) -> Keyboard:
    def turn(key: str, page: int) -> Button:
        return Button(words.plain(key), encode(ShowPage(Place.SEARCH, hits.round, page)))

    back = (turn("button.previous", hits.page - 1),) if hits.page else ()
    more = (turn("search.more", hits.page + 1),) if hits.first + len(hits.films) <= hits.total else ()
    return (row,) if (row := (*back, *more)) else ()
