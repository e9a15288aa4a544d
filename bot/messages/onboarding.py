"""The first minutes: who the bot is, consent, genres, and the invitation to rate."""

from __future__ import annotations

from functools import partial

from bot.callbacks import (
    Action,
    AnswerWelcome,
    Ask,
    ChooseGenre,
    ExcludeGenre,
    GenresDone,
    Place,
    SetWildcards,
    ShowPage,
    ShowShelves,
    Wish,
    encode,
)
from bot.messages import genres
from bot.messages.genres import GenreWishes
from bot.messages.words import Words
from bot.outgoing import Button, Keyboard, Outgoing


def welcome(words: Words) -> Outgoing:
    """Introduce the bot and ask for consent to training; nothing waits for the answer."""
    yes = Button(words.plain("consent.yes"), encode(AnswerWelcome(True)))
    no = Button(words.plain("consent.no"), encode(AnswerWelcome(False)))
    return Outgoing(f"{words.html('start.intro')}\n\n{words.html('consent.question')}", ((yes,), (no,)))


def welcome_answered(words: Words, *, edits: int | None) -> Outgoing:
    """Leave the introduction, the question being answered."""
    return Outgoing(words.html("start.intro"), (), edits)


def welcome_back(words: Words, rated: int, kept: int, round_: int) -> Outgoing:
    """Greet someone who has been here before with what they left."""
    text, rows = words.count("start.back", rated), (next_steps(words, round_),)
    if not kept:
        return Outgoing(text, rows)
    later = Button(words.plain("button.later"), encode(ShowPage(Place.LATER, 0, 0)))
    return Outgoing(f"{text}\n{words.count('start.kept', kept)}", (*rows, (later,)))


def next_steps(words: Words, round_: int) -> tuple[Button, ...]:
    """Return the two ways on: rate, or see a list."""
    return (Button(words.plain("button.rate"), encode(Ask())), list_button(words, round_))


def list_button(words: Words, round_: int, key: str = "button.list") -> Button:
    """Return a button that turns its message into the list of that round."""
    return Button(words.plain(key), encode(ShowPage(Place.LIST, round_, 0)))


def genre_grid(words: Words, wishes: GenreWishes, round_: int, *, edits: int | None = None) -> Outgoing:
    """Show the grid of genres; `round_` is 0 outside onboarding."""
    rows = genres.grid(words, wishes, partial(_setting, round_))
    done = Button(words.plain("genres.done_first" if round_ else "genres.done"), encode(GenresDone(round_)))
    title = words.html("genres.onboarding" if round_ else "genres.title")
    if round_:  # a newcomer has enough to choose
        return Outgoing(title, (*rows, (done,)), edits)
    return Outgoing(title, (*rows, (_wildcards_button(words, wishes),), (done,)), edits)


def _setting(round_: int, row: int, wish: Wish) -> Action:
    if wish == Wish.CHOSEN:
        return ChooseGenre(row, True, round_)
    return ExcludeGenre(row, wish == Wish.EXCLUDED, round_)


def _wildcards_button(words: Words, wishes: GenreWishes) -> Button:
    key = "genres.wildcards_on" if wishes.wildcards else "genres.wildcards_off"
    return Button(words.plain(key), encode(SetWildcards(not wishes.wildcards, 0)))


def genres_chosen(words: Words, wishes: GenreWishes, *, edits: int | None, keyboard: Keyboard) -> Outgoing:
    """Lead on from the grid; what was chosen there needs no repeating."""
    if wishes.allow_nothing:
        return genres.nothing_allowed(words, edits=edits)
    return Outgoing(words.html("genres.next"), keyboard, edits)


def invitation(words: Words) -> Outgoing:
    """Invite to the interview after the first list; the tap turns this very message into its first card."""
    shelves = Button(words.plain("button.shelves"), encode(ShowShelves()))
    return Outgoing(words.html("start.invite"), ((Button(words.plain("button.rate"), encode(Ask())),), (shelves,)))
