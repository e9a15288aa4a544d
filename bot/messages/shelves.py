"""Shelves: groups of films, of which somebody says which is most them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.callbacks import Ask, ChooseShelf, LeaveShelf, encode
from bot.messages.clipping import clip
from bot.messages.words import Words
from bot.outgoing import Button, Outgoing
from recommender.domain import Movie

Shelf = Sequence[Movie]
# Titles are cut to so many signs, so that four of them stay two lines.
TITLE_UNITS: Final = 28


def choice(words: Words, shelves: Sequence[Shelf], *, edits: int | None) -> Outgoing:
    """Ask which shelf is most theirs; who finds none goes on film by film."""
    lines = [words.html("shelves.shelf", n=n, titles=titles(shelf)) for n, shelf in enumerate(shelves, start=1)]
    rows = [
        (Button(words.plain("shelves.choose", n=n, title=clip(shelf[0].title, TITLE_UNITS)), encode(_choose(shelf))),)
        for n, shelf in enumerate(shelves, start=1)
    ]
    none = Button(words.plain("shelves.none"), encode(Ask()))
    text = "\n\n".join((words.html("shelves.question"), *lines))
    return Outgoing(text, (*rows, (none,)), edits)


def titles(shelf: Shelf) -> str:
    """Return the titles of a shelf on one line."""
    return " · ".join(clip(movie.title, TITLE_UNITS) for movie in shelf)


def leave(shelf: Shelf) -> LeaveShelf:
    """Return what takes the choice of a shelf back."""
    return LeaveShelf(*(movie.id for movie in shelf))


def _choose(shelf: Shelf) -> ChooseShelf:
    return ChooseShelf(*(movie.id for movie in shelf))
