"""Buttons of the rating interview."""

from __future__ import annotations

from typing import Annotated

from bot.callbacks.arguments import FilmId, HalfStarsOrNone
from bot.callbacks.codec import Action, button
from recommender.domain import MovieId

HalfStars = Annotated[int, range(1, 11)]


@button("q")
class Ask(Action):
    """Turn the message into the interview's next card."""


@button("a")
class Answer(Action):
    """Rate the interview's card and go on to the next; `before` is the rating it had, 0 for none."""

    movie_id: FilmId
    half_stars: HalfStars
    before: HalfStarsOrNone


@button("aa")
class Adjust(Action):
    """Correct the film just rated while `next_id`'s card stays; 0 where none is left to ask."""

    movie_id: FilmId
    half_stars: HalfStars
    before: HalfStarsOrNone
    next_id: Annotated[MovieId, range(2**31)]


@button("u")
class Undo(Action):
    """Give the film just rated its rating from before, 0 for none, and show its card again."""

    movie_id: FilmId
    before: HalfStarsOrNone


@button("n")
class Unseen(Action):
    """Say that the interview's film is not known, and go on."""

    movie_id: FilmId


@button("x")
class Stop(Action):
    """End the interview."""
