"""Movie nights in words: who is in, films with how they fit, polls, and what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from bot.callbacks import Action, CountVotes, EndNight, JoinNight, LeaveOutSeen, ShowNightFilms, encode
from bot.messages.clipping import clip
from bot.messages.films import genre_names, label
from bot.messages.lists import SAFE_BET
from bot.messages.words import Html, Words
from bot.outgoing import Button, Keyboard, Outgoing, Poll
from recommender.domain import Movie

# What a film has going for it: a genre that most of them chose, all alike, or much for somebody.
Strength = Literal["genre", "everyone", "some", "none"]
# Of an option's title; Telegram takes 100 with number and year.
_OPTION_UNITS: Final = 85
_LINK: Final = "https://t.me/{bot}?start={payload}"


@dataclass(frozen=True, slots=True)
class NightFilm:
    """A film for all of them.

    Attributes:
        movie: under its title in the group's language.
        fit: None where nobody knows.
        is_exact: whether the fit is worth a number.
        genre: of the strength.
        is_carried: whether it waits since the last night.
    """

    movie: Movie
    fit: float | None
    is_exact: bool = True
    strength: Strength = "none"
    genre: str = ""
    is_carried: bool = False


def invitation_link(bot: str, payload: str) -> str:
    """Return the address that opens the private chat with the bot."""
    return _LINK.format(bot=bot, payload=payload)


def groups_only(words: Words, bot: str) -> Outgoing:
    """Say in private what a night is, with the way to a group."""
    add = Button(words.plain("night.add"), url=f"https://t.me/{bot}?startgroup=night")
    return Outgoing(words.html("night.groups_only"), ((add,),))


def lobby(words: Words, night: int, members: int, *, without_seen: bool, edits: int | None = None) -> Outgoing:
    """Ask who is in."""
    seen = words.html("night.without_seen" if without_seen else "night.with_seen")
    text = "\n".join((words.html("night.title"), words.html("night.how"), words.count("night.members", members), seen))
    rows = (
        (_button(words, "night.join", JoinNight(night, True)), _button(words, "night.leave", JoinNight(night, False))),
        (_button(words, "night.let_in" if without_seen else "night.leave_out", LeaveOutSeen(night, not without_seen)),),
        (_button(words, "night.show", ShowNightFilms(night)), _button(words, "night.end", EndNight(night))),
    )
    return Outgoing(text, rows, edits)


def closed_lobby(words: Words, members: int, *, edits: int | None) -> Outgoing:
    """Take the buttons away once films are chosen; the chat may have gone on below."""
    lines = (words.html("night.title"), words.count("night.members", members), words.html("night.below"))
    return Outgoing("\n".join(lines), (), edits)


def shortlist(words: Words, films: Sequence[NightFilm], members: int, lot: int) -> Outgoing:
    """List the films with how each fits and what it has going for it."""
    blocks = [f"{number}. {_film_text(words, film)}" for number, film in enumerate(films, 1)]
    lot_text = words.html("night.lot", lot=lot)
    return Outgoing("\n".join((words.count("night.films", members), "", *blocks, "", lot_text)))


def no_films(words: Words, night: int, *, edits: int | None) -> Outgoing:
    """Say that no film is left for all of them."""
    rows = ((_button(words, "night.end", EndNight(night)),),)
    return Outgoing(words.html("night.no_films"), rows, edits)


def shortlist_poll(words: Words, night: int, movies: Sequence[Movie]) -> Outgoing:
    """Ask for votes on the shortlist."""
    options = tuple(f"{number}. {_option(movie)}" for number, movie in enumerate(movies, 1))
    return Outgoing("", _vote_buttons(words, night), poll=Poll(words.plain("night.vote"), options, True))


def final_poll(words: Words, night: int, movies: Sequence[Movie]) -> Outgoing:
    """Ask for votes on the last two."""
    options = tuple(f"🎬 {_option(movie)}" for movie in movies)
    return Outgoing("", _vote_buttons(words, night), poll=Poll(words.plain("night.final"), options))


def vote_is_on(words: Words, night: int) -> Outgoing:
    """Answer who asks for a night while a vote is on."""
    return Outgoing(words.html("night.vote_is_on"), _vote_buttons(words, night))


def voting_again(words: Words) -> Outgoing:
    """Say that a group that became a supergroup votes once more."""
    return Outgoing(words.html("night.moved"))


def drawn(words: Words, movie: Movie, lot: int) -> Outgoing:
    """Say that a tie for the last two was drawn."""
    return Outgoing(words.html("night.drawn", title=label(movie), lot=lot))


def chosen(
    words: Words, movie: Movie, *, votes: int, lot: int | None, runners_up: Sequence[Movie], bot: str
) -> Outgoing:
    """Say which film it is; `lot` where it was drawn."""
    how = words.count("night.votes", votes) if lot is None else words.html("night.won_by_lot", lot=lot)
    waiting = Html(" · ".join(Html.of(label(one)) for one in runners_up))
    lines = [words.html("night.winner", title=label(movie)), how]
    lines += [words.html("night.waiting", films=waiting)] if runners_up else []
    card = Button(words.plain("night.card"), url=invitation_link(bot, f"m_{movie.id}"))
    return Outgoing("\n".join(lines), ((card,),))


def nobody_voted(words: Words) -> Outgoing:
    return Outgoing(words.html("night.nobody_voted"))


def called_off(words: Words, *, edits: int | None) -> Outgoing:
    return Outgoing(words.html("night.called_off"), (), edits)


def joined(words: Words, members: int) -> Outgoing:
    """Tell in private who came by the link that they are in."""
    return Outgoing(f"{words.html('night.joined')} {words.count('night.members', members)}")


def link_is_over(words: Words) -> Outgoing:
    return Outgoing(words.html("night.link_is_over"))


def _film_text(words: Words, film: NightFilm) -> str:
    carried = f"{words.plain('night.carried')} " if film.is_carried else ""
    parts = [_fit_text(words, film), _strength_text(words, film)]
    return f"{carried}<b>{Html.of(label(film.movie))}</b>\n{' · '.join(part for part in parts if part)}"


def _fit_text(words: Words, film: NightFilm) -> str:
    if film.fit is None:
        return ""
    if film.is_exact:
        return words.html("night.fit", percent=round(100 * film.fit))
    return words.html("list.safe_bet" if film.fit >= SAFE_BET else "list.worth_a_try")


def _strength_text(words: Words, film: NightFilm) -> str:
    if film.strength == "genre":
        return words.html("night.strong_genre", genre=genre_names(words, (film.genre,)))
    return (
        genre_names(words, film.movie.genres)
        if film.strength == "none"
        else words.html(f"night.strong_{film.strength}")
    )


def _option(movie: Movie) -> str:
    return label(replace(movie, title=clip(movie.title, _OPTION_UNITS)))


def _vote_buttons(words: Words, night: int) -> Keyboard:
    return ((_button(words, "night.count", CountVotes(night)), _button(words, "night.end", EndNight(night))),)


def _button(words: Words, key: str, action: Action) -> Button:
    return Button(words.plain(key), encode(action))
