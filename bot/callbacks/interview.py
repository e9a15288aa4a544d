"""Buttons of the rating interview."""

from __future__ import annotations

from typing import Annotated

from bot.callbacks.arguments import FilmId, HalfStarsOrNone
from bot.callbacks.codec import Action, button
from recommender.domain import MovieId

HalfStars = Annotated[int, range(1, 11)]
FilmIdOrNone = Annotated[MovieId, range(2**31)]  # 0 for none


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
    next_id: FilmIdOrNone


@button("u")
class Undo(Action):
    """Give the film just rated its rating from before, 0 for none, and show its card again."""

    movie_id: FilmId
    before: HalfStarsOrNone


@button("n")
class Unseen(Action):
    """Say that the interview's film is not known, and go on: as Skip, by a card that remembers no answer."""

    movie_id: FilmId


@button("nj")
class Skip(Action):
    """Say that the interview's film is not known, and go on.

    `rated_id` is the film rated last, 0 for none, with its stars and those before, so that it can still be undone.
    """

    movie_id: FilmId
    rated_id: FilmIdOrNone
    half_stars: HalfStarsOrNone
    before: HalfStarsOrNone


@button("nu")
class Unskip(Action):
    """Take back that a film is not known, and ask for it again; the rest as in Skip."""

    movie_id: FilmId
    rated_id: FilmIdOrNone
    half_stars: HalfStarsOrNone
    before: HalfStarsOrNone


@button("h")
class ShowShelves(Action):
    """Turn the message into shelves of films, of which to choose one."""


@button("hc")
class ChooseShelf(Action):
    """Say that these films are most oneself, and go on with the interview."""

    first_id: FilmId
    second_id: FilmId
    third_id: FilmId
    fourth_id: FilmId


@button("hu")
class LeaveShelf(Action):
    """Take that back, and show the shelves again."""

    first_id: FilmId
    second_id: FilmId
    third_id: FilmId
    fourth_id: FilmId


@button("x")
class Stop(Action):
    """End the interview."""
