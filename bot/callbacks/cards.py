"""Buttons of film cards and of the lists they are opened from; `key` and `page_code` lead back to `place`."""

from __future__ import annotations

from enum import IntEnum
from typing import Annotated

from bot.callbacks.arguments import FilmId, HalfStarsOrNone, Round
from bot.callbacks.codec import Action, button
from bot.dial import PAGES, Dial


class Place(IntEnum):
    """Where a film card sits, and so where its Back button leads."""

    CARD = 0
    LIST = 1
    RATINGS = 2
    LATER = 3
    SEARCH = 4
    PICTURE = 5
    UNRATED = 6


class Side(IntEnum):
    """What a card shows besides its front."""

    WHY = 0
    MORE = 1


class Mark(IntEnum):
    """What a person can say of a film besides stars."""

    SEEN = 0
    LATER = 1
    NEVER = 2
    NOT_NOW = 3


PageCode = Annotated[int, range(PAGES * len(Dial))]  # a page and what its list is tuned to: see dial.py


@button("o")
class Open(Action):
    """Turn the message into a film's card."""

    movie_id: FilmId
    place: Place
    key: Round
    page_code: PageCode


@button("r")
class Rate(Action):
    """Set a film's rating, 0 for none; `stay` keeps the card open instead of going back to `place`."""

    movie_id: FilmId
    rating: HalfStarsOrNone
    stay: bool
    place: Place
    key: Round
    page_code: PageCode


@button("ru")
class UndoRate(Action):
    """Bring a rating back to what it was, and the film to the watchlist if it had been there; the card stays."""

    movie_id: FilmId
    rating: HalfStarsOrNone
    later: bool
    place: Place
    key: Round
    page_code: PageCode


@button("rc")
class Count(Action):
    """Let a rating count for the person's taste, or not."""

    movie_id: FilmId
    on: bool
    place: Place
    key: Round
    page_code: PageCode


@button("os")
class ShowSide(Action):
    """Turn a film's card."""

    movie_id: FilmId
    side: Side
    place: Place
    key: Round
    page_code: PageCode


@button("op")
class SendPicture(Action):
    """Send a film's card anew, with its picture."""

    movie_id: FilmId
    place: Place
    key: Round
    page_code: PageCode


@button("sh")
class Share(Action):
    """Send a film's picture without anything of the person's, to be forwarded."""

    movie_id: FilmId


@button("m")
class SetMark(Action):
    """Set a mark on a film on or off, from `place`."""

    movie_id: FilmId
    mark: Mark
    on: bool
    place: Place
    key: Round
    page_code: PageCode


@button("k")
class ShowAlike(Action):
    """Send films like this one."""

    movie_id: FilmId


@button("lp")
class PickLater(Action):
    """Choose one film of the watchlist for now."""


@button("p")
class ShowPage(Action):
    """Turn the message into a page of a list: recommendations or hits (`key` is the round), ratings or watchlist."""

    place: Place
    key: Round
    page_code: PageCode
