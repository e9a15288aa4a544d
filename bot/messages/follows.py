"""Who is followed: the page of them, and what the digest tells of their new films."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.callbacks import FollowOnPage, Open, Place, encode, number_of
from bot.messages.clipping import NAME_UNITS, clip
from bot.messages.facts import heading, own_title
from bot.messages.films import Film
from bot.messages.words import Html, Words
from bot.outgoing import Button, Outgoing


@dataclass(frozen=True, slots=True)
class Followed:
    """Somebody who is followed, or was until just now.

    Attributes:
        name: as credits have it.
        shown: in the person's language.
        films: how many films of theirs there are.
    """

    name: str
    shown: str
    films: int
    on: bool = True


def following(words: Words, people: Sequence[Followed], *, edits: int | None = None) -> Outgoing:
    """List who is followed, each with a button that ends it."""
    if not people:
        return Outgoing(words.html("follows.none"), (), edits)
    lines = [
        words.html("follows.line", name=one.shown, films=words.count("follows.films", one.films))
        for one in people
        if one.on
    ]
    rows = tuple((_button(words, one),) for one in people)
    return Outgoing("\n".join((words.count("follows.title", len(lines)), *lines)), rows, edits)


def with_new_films(words: Words, page: Outgoing, films: Sequence[Film], round_: int) -> Outgoing:
    """Return a digest that names new films first, each with a button that opens it."""
    if not films:
        return page
    titles = words.plain("film.name_separator").join(heading(words, film.movie, film.facts) for film in films)
    buttons = tuple(
        (
            Button(
                words.plain("follows.new_button", title=clip(own_title(words, film.movie, film.facts), NAME_UNITS)),
                encode(Open(film.movie.id, Place.LIST, round_, 0)),
            ),
        )
        for film in films
    )
    told = words.html("follows.new", titles=Html(titles))
    return replace(page, text=f"{told}\n\n{page.text}", keyboard=(*page.keyboard, *buttons))


def _button(words: Words, one: Followed) -> Button:
    key = "follows.end" if one.on else "follows.begin"
    return Button(
        words.plain(key, name=clip(one.shown, NAME_UNITS)), encode(FollowOnPage(number_of(one.name), not one.on))
    )
