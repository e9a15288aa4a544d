"""Buttons that follow directors and actors; a name is carried as a number made of it."""

from __future__ import annotations

from hashlib import blake2b
from typing import Annotated, Final

from bot.callbacks.arguments import FilmId, Round
from bot.callbacks.cards import PageCode, Place
from bot.callbacks.codec import Action, button

_NUMBERS: Final = 2**31
# Among a hundred thousand names two share a number with odds of two to one, and of one film's none but by a wonder.
NameNumber = Annotated[int, range(_NUMBERS)]


def number_of(name: str) -> int:
    """Return the number that stands for a name."""
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") % _NUMBERS


@button("fo")
class Follow(Action):
    """Follow somebody of a film's credits from its card, or no more."""

    movie_id: FilmId
    name: NameNumber
    on: bool
    place: Place
    key: Round
    page_code: PageCode


@button("fp")
class FollowOnPage(Action):
    """Follow somebody from the page of who is followed, or no more."""

    name: NameNumber
    on: bool
