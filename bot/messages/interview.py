"""The rating interview: one card at a time, and what is said at its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.callbacks import Adjust, Answer, Ask, Skip, Stop, Undo, Unskip, encode
from bot.messages import shelves
from bot.messages.facts import NOTHING_KNOWN, Facts, fact_lines
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


@dataclass(frozen=True, slots=True)
class Answers:
    """What was said last, as far as it can be undone: of the film before the card that is shown, or of none.

    Attributes:
        just: the film rated last.
        skipped: the film that was not known, said after `just`.
        shelf: the films of the shelf that was chosen; none of the others then.
    """

    just: JustRated | None = None
    skipped: Movie | None = None
    shelf: tuple[Movie, ...] = ()


NOTHING_SAID: Final = Answers()


def question_card(
    words: Words,
    movie: Movie,
    rated: int,
    said: Answers = NOTHING_SAID,
    *,
    facts: Facts = NOTHING_KNOWN,
    edits: int | None = None,
) -> Outgoing:
    """Ask for one film's stars; below, the last answer with its corrections."""
    stars = tuple(Button(f"{n}★", encode(Answer(movie.id, n * 2, 0))) for n in range(1, 6))
    unseen = Button(words.plain("interview.unseen"), encode(_skip(movie, said)))
    stop = Button(words.plain("interview.stop"), encode(Stop()))
    # Each on a row of its own: on two halves of one, a small phone cuts them.
    rows = (stars, (unseen,), (stop,), *_undoing(words, said, movie.id))
    head = "\n".join((headline(words, movie, facts), *fact_lines(words, facts)))
    text = f"{head}\n\n{words.html('interview.question')}"
    return Outgoing("\n\n".join((text, *_echo(words, said, rated))), rows, edits)


def exhausted(words: Words, rated: int, round_: int, said: Answers, *, edits: int | None) -> Outgoing:
    """End the interview because nothing is left to ask."""
    text = "\n\n".join((words.html("interview.exhausted"), *_echo(words, said, rated)))
    return Outgoing(text, ((list_button(words, round_),), *_undoing(words, said, MovieId(0))), edits)


def enough(words: Words, rated: int, round_: int, said: Answers, *, edits: int | None) -> Outgoing:
    """End the interview because more answers would teach little."""
    text = "\n\n".join((words.html("interview.enough"), *_echo(words, said, rated)))
    go_on = Button(words.plain("interview.go_on"), encode(Ask()))
    return Outgoing(text, ((list_button(words, round_), go_on), *_undoing(words, said, MovieId(0))), edits)


def stopped(words: Words, rated: int, round_: int, *, edits: int | None) -> Outgoing:
    """End the interview because the person wants to."""
    text = words.count("interview.stopped", rated) if rated else words.html("interview.stopped_none")
    go_on = Button(words.plain("interview.go_on"), encode(Ask()))
    return Outgoing(text, ((list_button(words, round_), go_on),), edits)


def _echo(words: Words, said: Answers, rated: int) -> tuple[str, ...]:
    """Return what was said last, in words."""
    if said.skipped:
        return (words.html("interview.skipped", title=label(said.skipped)),)
    if said.shelf:
        return (words.html("shelves.chosen", titles=shelves.titles(said.shelf)),)
    if said.just is None:
        return ()
    stars = stars_text(Stars.from_half_stars(said.just.half_stars))
    saved = words.html("interview.saved", title=label(said.just.movie), stars=stars)
    return (f"{saved}\n{words.count('interview.count', rated)}",)


def _undoing(words: Words, said: Answers, next_id: MovieId) -> Keyboard:
    if said.skipped:
        return ((Button(words.plain("interview.undo"), encode(_unskip(said.skipped, said))),),)
    if said.shelf:
        return ((Button(words.plain("interview.undo"), encode(shelves.leave(said.shelf))),),)
    return (_corrections(words, said.just, next_id),) if said.just else ()


def _skip(movie: Movie, said: Answers) -> Skip:
    just = said.just
    return Skip(movie.id, just.movie.id, just.half_stars, just.before) if just else Skip(movie.id, MovieId(0), 0, 0)


def _unskip(movie: Movie, said: Answers) -> Unskip:
    skip = _skip(movie, said)
    return Unskip(skip.movie_id, skip.rated_id, skip.half_stars, skip.before)


def _corrections(words: Words, just: JustRated, next_id: MovieId) -> tuple[Button, ...]:
    def adjust(half_stars: int) -> str:
        return encode(Adjust(just.movie.id, min(10, max(1, half_stars)), just.before, next_id))

    return (
        Button(words.plain("interview.half_less"), adjust(just.half_stars - 1)),
        Button(words.plain("interview.half_more"), adjust(just.half_stars + 1)),
        Button(words.plain("interview.undo"), encode(Undo(just.movie.id, just.before))),
    )
