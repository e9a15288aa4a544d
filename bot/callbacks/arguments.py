"""What the numbers of several buttons may be."""

from __future__ import annotations

from enum import IntEnum
from typing import Annotated

from bot.dial import PAGES, Dial
from recommender.domain import MovieId


class Place(IntEnum):
    """Where a film card sits, and so where its Back button leads."""

    CARD = 0
    LIST = 1
    RATINGS = 2
    LATER = 3


FilmId = Annotated[MovieId, range(1, 2**31)]  # the width of the database's key
Round = Annotated[int, range(2**31)]  # of recommendation lists, counted from 1; 0 where there is none
HalfStars = Annotated[int, range(1, 11)]
HalfStarsOrNone = Annotated[int, range(11)]  # 0 for none
PageCode = Annotated[int, range(PAGES * len(Dial))]  # a page and where the dial stands: see dial.py
