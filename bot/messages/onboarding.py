"""The first minutes: who the bot is, consent, genres, and the invitation to rate."""

from __future__ import annotations

from collections.abc import Set

from bot.callbacks import Ask, ChooseGenre, Consent, GenresDone, Place, ShowPage, encode
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


def genre_grid(words: Words, chosen: Set[str], round_: int, *, edits: int | None = None) -> Outgoing:
    """Show every genre as a button that switches it; `round_` is 0 outside onboarding."""
    cells = [_genre_button(words, row, chosen, round_) for row in range(len(GENRES))]
    rows = [tuple(cells[start : start + _GENRES_PER_ROW]) for start in range(0, len(cells), _GENRES_PER_ROW)]
    done = Button(words.plain("genres.done"), encode(GenresDone(round_)))
    title = words.html("genres.onboarding" if round_ else "genres.title")
    return Outgoing(title, (*rows, (done,)), edits)


def _genre_button(words: Words, row: int, chosen: Set[str], round_: int) -> Button:
    on = GENRES[row] in chosen
    name = words.plain(f"genre.{GENRES[row]}")
    return Button(f"✅ {name}" if on else name, encode(ChooseGenre(row, not on, round_)))


def genres_chosen(words: Words, chosen: Set[str], *, edits: int | None, keyboard: Keyboard = ()) -> Outgoing:
    """Confirm the chosen genres."""
    ordered = [genre for genre in GENRES if genre in chosen]
    names = Html(genre_names(words, ordered, words.plain("genres.separator")))
    text = words.html("genres.saved", genres=names) if ordered else words.html("genres.saved_none")
    follow_up = f"\n{words.html('genres.next')}" if keyboard and ordered else ""
    return Outgoing(text + follow_up, keyboard, edits)


def invitation(words: Words) -> Outgoing:
    """Invite to the interview after the first list; the tap turns this very message into its first card."""
    return Outgoing(words.html("start.invite"), ((Button(words.plain("button.rate"), encode(Ask())),),))
