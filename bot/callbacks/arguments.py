"""What the numbers of several buttons may be."""

from __future__ import annotations

from typing import Annotated

from recommender.domain import MovieId

FilmId = Annotated[MovieId, range(1, 2**31)]  # the width of the database's key
Round = Annotated[int, range(2**31)]  # of recommendation lists, counted from 1; 0 where there is none
HalfStarsOrNone = Annotated[int, range(11)]  # 0 for none
