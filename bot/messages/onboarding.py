"""The first minutes: who the bot is, consent, genres, and the invitation to rate."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from bot.callbacks import (
    Ask,
    ChooseGenre,
    Consent,
    ExcludeGenre,
    GenresDone,
    Place,
    SetWildcards,
    ShowPage,
    encode,
)
from bot.messages.films import genre_names
from bot.messages.words import Html, Words
from bot.outgoing import Button, Keyboard, Outgoing
from recommender.domain import GENRES

_GENRES_PER_ROW = 2  # with three, a phone cuts the longer names


def welcome(words: Words, round_: int) -> Outgoing:
    """Introduce the bot and ask for consent to training; both answers go on."""
    yes = Button(words.plain("consent.yes"), encode(Consent(True, round_)))
    no = Button(words.plain("consent.no"), encode(Consent(False, round_)))
    return Outgoing(f"{words.html('start.intro')}\n\n{words.html('consent.question')}", ((yes,), (no,)))


def welcome_back(words: Words, rated: int, round_: int) -> Outgoing:
    """Greet someone who has been here before."""
    return Outgoing(words.count("start.back", rated), (next_steps(words, round_),))


def next_steps(words: Words, round_: int) -> tuple[Button, ...]:
    """Return the two ways on: rate, or see a list."""
    return (Button(words.plain("button.rate"), encode(Ask())), list_button(words, round_))


def list_button(words: Words, round_: int, key: str = "button.list") -> Button:
    """Return a button that turns its message into the list of that round."""
    return Button(words.plain(key), encode(ShowPage(Place.LIST, round_, 0)))


@dataclass(frozen=True, slots=True)
class GenreWishes:
    """What somebody wants of genres: some above all, some never; and now and then something else."""

    chosen: Set[str] = frozenset()
    excluded: Set[str] = frozenset()
    wildcards: bool = True


def genre_grid(words: Words, wishes: GenreWishes, round_: int, *, edits: int | None = None) -> Outgoing:
    """Show every genre as a button: wanted, never, or neither, tap by tap; `round_` is 0 outside onboarding."""
    cells = [_genre_button(words, row, wishes, round_) for row in range(len(GENRES))]
    rows = [tuple(cells[start : start + _GENRES_PER_ROW]) for start in range(0, len(cells), _GENRES_PER_ROW)]
    done = Button(words.plain("genres.done"), encode(GenresDone(round_)))
    title = words.html("genres.onboarding" if round_ else "genres.title")
    if round_:  # a newcomer has enough to choose
        return Outgoing(title, (*rows, (done,)), edits)
    return Outgoing(title, (*rows, (_wildcards_button(words, wishes),), (done,)), edits)


def _genre_button(words: Words, row: int, wishes: GenreWishes, round_: int) -> Button:
    genre = GENRES[row]
    name = words.plain(f"genre.{genre}")
    if genre in wishes.chosen:
        return Button(f"✅ {name}", encode(ExcludeGenre(row, True, round_)))
    if genre in wishes.excluded:
        return Button(f"🚫 {name}", encode(ExcludeGenre(row, False, round_)))
    return Button(name, encode(ChooseGenre(row, True, round_)))


def _wildcards_button(words: Words, wishes: GenreWishes) -> Button:
    key = "genres.wildcards_on" if wishes.wildcards else "genres.wildcards_off"
    return Button(words.plain(key), encode(SetWildcards(not wishes.wildcards, 0)))


def genres_chosen(words: Words, wishes: GenreWishes, *, edits: int | None, keyboard: Keyboard = ()) -> Outgoing:
    """Confirm the chosen genres and the excluded ones."""
    names = _names(words, wishes.chosen)
    lines = [words.html("genres.saved", genres=names) if names else words.html("genres.saved_none")]
    if wishes.excluded:
        lines.append(words.html("genres.saved_never", genres=_names(words, wishes.excluded)))
    if len(wishes.excluded) == len(GENRES):
        lines.append(words.html("genres.saved_nothing"))
    elif keyboard and names:
        lines.append(words.html("genres.next"))
    return Outgoing("\n".join(lines), keyboard, edits)


def _names(words: Words, genres: Set[str]) -> Html:
    ordered = [genre for genre in GENRES if genre in genres]
    return Html(genre_names(words, ordered, words.plain("genres.separator")))


def invitation(words: Words) -> Outgoing:
    """Invite to the interview after the first list; the tap turns this very message into its first card."""
    return Outgoing(words.html("start.invite"), ((Button(words.plain("button.rate"), encode(Ask())),),))
