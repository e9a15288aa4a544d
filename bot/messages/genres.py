"""What somebody wants of genres, as a grid of buttons and in words."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Final

from bot.callbacks import Action, ShowGenres, Wish, encode
from bot.messages.films import genre_names
from bot.messages.words import Html, Words
from bot.outgoing import Button, Keyboard, Outgoing
from recommender.domain import GENRES

_PER_ROW: Final = 2  # with three, a phone cuts the longer names
_SIGNS: Final = {Wish.NONE: "", Wish.CHOSEN: "✅ ", Wish.EXCLUDED: "🚫 "}
# What a tap on a genre makes of it.
_NEXT: Final = {Wish.NONE: Wish.CHOSEN, Wish.CHOSEN: Wish.EXCLUDED, Wish.EXCLUDED: Wish.NONE}


@dataclass(frozen=True, slots=True)
class GenreWishes:
    """What somebody wants of genres: some above all, some never; and now and then something else."""

    chosen: Set[str] = frozenset()
    excluded: Set[str] = frozenset()
    wildcards: bool = True

    @property
    def allow_nothing(self) -> bool:
        return len(self.excluded) == len(GENRES)

    def of(self, genre: str) -> Wish:
        if genre in self.chosen:
            return Wish.CHOSEN
        return Wish.EXCLUDED if genre in self.excluded else Wish.NONE


def grid(words: Words, wishes: GenreWishes, setting: Callable[[int, Wish], Action]) -> Keyboard:
    """Show every genre as a button: wanted, never, or neither, tap by tap.

    Args:
        setting: what sets the genre of a row to a wish.
    """
    cells = [_button(words, row, wishes, setting) for row in range(len(GENRES))]
    return tuple(tuple(cells[start : start + _PER_ROW]) for start in range(0, len(cells), _PER_ROW))


def _button(words: Words, row: int, wishes: GenreWishes, setting: Callable[[int, Wish], Action]) -> Button:
    wish = wishes.of(GENRES[row])
    text = f"{_SIGNS[wish]}{words.plain(f'genre.{GENRES[row]}')}"
    return Button(text, encode(setting(row, _NEXT[wish])))


def nothing_allowed(words: Words, *, edits: int | None) -> Outgoing:
    """Say that all genres are excluded, and how one is allowed again."""
    return Outgoing(
        words.html("genres.saved_nothing"), ((Button(words.plain("button.genres"), encode(ShowGenres())),),), edits
    )


def say_wishes(words: Words, wishes: GenreWishes) -> list[str]:
    """Return a line for the chosen genres, and one for those excluded if there are any."""
    names = _names(words, wishes.chosen)
    lines = [words.html("genres.saved", genres=names) if names else words.html("genres.saved_none")]
    if wishes.excluded:
        lines.append(words.html("genres.saved_never", genres=_names(words, wishes.excluded)))
    return [str(line) for line in lines]


def _names(words: Words, genres: Set[str]) -> Html:
    ordered = [genre for genre in GENRES if genre in genres]
    return Html(genre_names(words, ordered, words.plain("genres.separator")))
