"""Buttons of the page where a list is tuned; all of them carry the list they came from and the one they lead to.

`key` and `page_code` are the list that Back shows again; `fresh` is the round of the tuned list, and `wanted` what it
is tuned to, a page code too.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Annotated

from bot.callbacks.arguments import Round
from bot.callbacks.cards import PageCode
from bot.callbacks.codec import Action, button
from recommender.domain import GENRES


class Knobs(IntEnum):
    """Which knobs the page shows."""

    ALL = 0
    GENRES = 1
    YEARS = 2


class Wish(IntEnum):
    """What somebody wants of a genre."""

    NONE = 0
    CHOSEN = 1
    EXCLUDED = 2


@button("t")
class Tune(Action):
    """Turn the message into the knobs of its list; `fresh` is 0 where no tuned list was begun."""

    knobs: Knobs
    key: Round
    page_code: PageCode
    fresh: Round
    wanted: PageCode


@button("tg")
class TuneGenre(Action):
    """Set what is wanted of one genre, from the knobs."""

    genre: Annotated[int, range(len(GENRES))]
    wish: Wish
    key: Round
    page_code: PageCode
    fresh: Round
    wanted: PageCode
