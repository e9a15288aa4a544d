"""The wildcard: now and then a film off somebody's usual path, drawn from those they would probably like."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from recommender.domain import GENRES, LIKE

# Of how many lists of ten one ends with a wildcard. Each costs the list what its tenth film would have been worth:
# one in five keeps the lists within what they may lose (docs/experiments.md).
ODDS: Final = 0.2
# The wildcard is drawn from this many of the best scores off the path.
DRAWN_FROM: Final = 30
# Stars below their own mean at which somebody rates a genre low, in the mean of two films at least.
LOW_STARS: Final = 0.5
FEWEST_LOW: Final = 2
# Whom films are for, told from genres: for all the family, for most, for grown-ups.
FAMILY, MOST, GROWN_UPS = 0, 1, 2
# Returns how probably each of some films is drawn, which are named by their places.  (films,) -> (films,)
Odds: TypeAlias = Callable[[NDArray[np.int64]], NDArray[np.float64]]
_FAMILY_GENRES: Final = np.isin(GENRES, ("Children", "Animation"))
_GROWN_UP_GENRES: Final = np.isin(GENRES, ("Crime", "Film-Noir", "Horror", "Thriller", "War"))


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Which of the films given was drawn, and how probable it was that it would be."""

    film: int
    propensity: float


def age_groups(genres: NDArray[np.bool_]) -> NDArray[np.int8]:
    """Return whom each film is for: FAMILY, MOST or GROWN_UPS.  (films, genres) -> (films,)"""
    family = genres[:, _FAMILY_GENRES].any(axis=1)
    grown_up = genres[:, _GROWN_UP_GENRES].any(axis=1)
    return np.where(grown_up, GROWN_UPS, np.where(family, FAMILY, MOST)).astype(np.int8)


def has_wildcard(rng: np.random.Generator) -> bool:
    """Draw whether a list of ten shall end with a wildcard."""
    return bool(rng.random() < ODDS)


def draw_wildcard(
    rng: np.random.Generator,
    scores: NDArray[np.floating],
    chances: NDArray[np.floating],
    welcome: NDArray[np.bool_],
    odds: Odds | None = None,
) -> Wildcard | None:
    """Return the wildcard of a list that shall have one, or None for want of films.

    Args:
        rng: of the person and the list, so that the same list is drawn the same.
        scores, chances: how films rank, and how probably each is liked.  (films,) each
        welcome: which of the films are not in the list yet, and off the path in good manners.  (films,)
        odds: how probably each is drawn; None for one as probably as another.
    """
    if not welcome.any():
        return None
    places = np.flatnonzero(welcome & (chances > np.median(chances)))
    places = places[np.argsort(-scores[places], kind="stable")][:DRAWN_FROM]
    if not len(places):
        return None
    drawn_by = np.full(len(places), 1 / len(places)) if odds is None else odds(places)  # (places,)
    drawn = int(rng.choice(len(places), p=drawn_by))
    return Wildcard(int(places[drawn]), ODDS * float(drawn_by[drawn]))


def is_welcome(
    genres: NDArray[np.bool_],
    chosen: NDArray[np.bool_],
    rated_genres: NDArray[np.bool_],
    stars: NDArray[np.floating],
) -> NDArray[np.bool_]:
    """Return which films are off the path of somebody, and would not offend: no genre of theirs, none they rate low,
    and for nobody older than what they like or, as long as they liked nothing, than what they chose.

    Nobody who neither chose nor liked anything has a path to leave.

    Args:
        genres: of the films.  (films, genres)
        chosen: (genres,)
        rated_genres: of the films rated.  (history, genres)
        stars: given to them.  (history,)
    """
    liked = rated_genres[stars >= LIKE.value]  # (likes, genres)
    usual = chosen | (liked.sum(axis=0) > 1)  # (genres,)
    if not usual.any():
        return np.zeros(len(genres), dtype=np.bool_)
    counts = rated_genres.sum(axis=0)  # (genres,)
    means = (stars - stars.mean()) @ rated_genres / np.maximum(1, counts) if len(stars) else np.zeros(len(usual))
    low = (counts >= FEWEST_LOW) & (means <= -LOW_STARS)
    oldest = age_groups(liked if len(liked) else np.eye(len(chosen), dtype=np.bool_)[chosen]).max()
    return np.asarray(~genres[:, usual | low].any(axis=1) & (age_groups(genres) <= oldest))
