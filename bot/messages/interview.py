"""The rating interview: one card at a time, and what is said at its end."""

from __future__ import annotations

from dataclasses import dataclass

from bot.callbacks import Adjust, Answer, Ask, Stop, Undo, Unseen, encode
from bot.messages.films import headline, label, stars_text
from bot.messages.onboarding import list_button
from bot.messages.words import Words
from bot.outgoing import Button, Keyboard, Outgoing
from recommender.domain import Movie, MovieId, Stars


@dataclass(frozen=True, slots=True)
class JustRated:
    """The film rated a moment ago, its rating and the one before, in half stars; 0 for none."""

    movie: Movie
    half_stars: int
    before: int


def question_card(
    words: Words, movie: Movie, rated: int, *, just: JustRated | None = None, edits: int | None = None
) -> Outgoing:
    """Ask for one film's stars; below, the last answer with its corrections."""
    stars = tuple(Button(f"{n}★", encode(Answer(movie.id, n * 2, 0))) for n in range(1, 6))
    unseen = Button(words.plain("interview.unseen"), encode(Unseen(movie.id)))
    rows = [stars, (unseen, Button(words.plain("interview.stop"), encode(Stop())))]
    text = f"{headline(words, movie)}\n\n{words.html('interview.question')}"
    if just:
        text = f"{text}\n\n{_saved(words, just)}\n{words.count('interview.count', rated)}"
        rows.append(_corrections(words, just, movie.id))
    return Outgoing(text, tuple(rows), edits)


def exhausted(words: Words, round_: int, *, just: JustRated | None, edits: int | None) -> Outgoing:
    """End the interview because nothing is left to ask."""
    text: str = words.html("interview.exhausted")
    rows: Keyboard = ((list_button(words, round_),),)
    if just:
        text = f"{text}\n\n{_saved(words, just)}"
        rows = (*rows, _corrections(words, just, MovieId(0)))
    return Outgoing(text, rows, edits)


def stopped(words: Words, rated: int, round_: int, *, edits: int | None) -> Outgoing:
    """End the interview because the person wants to."""
    text = words.count("interview.stopped", rated) if rated else words.html("interview.stopped_none")
    go_on = Button(words.plain("interview.go_on"), encode(Ask()))
    return Outgoing(text, ((list_button(words, round_), go_on),), edits)


def _saved(words: Words, just: JustRated) -> str:
    stars = stars_text(Stars.from_half_stars(just.half_stars))
    return words.html("interview.saved", title=label(just.movie), stars=stars)


def _corrections(words: Words, just: JustRated, next_id: MovieId) -> tuple[Button, ...]:
    def adjust(half_stars: int) -> str:
        return encode(Adjust(just.movie.id, min(10, max(1, half_stars)), just.before, next_id))

    return (
        Button(words.plain("interview.half_less"), adjust(just.half_stars - 1)),
        Button(words.plain("interview.half_more"), adjust(just.half_stars + 1)),
        Button(words.plain("interview.undo"), encode(Undo(just.movie.id, just.before))),
    )
