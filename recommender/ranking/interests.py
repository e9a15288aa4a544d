"""Which genres somebody's ratings show that they are after: beyond what anybody likes, and beyond chance."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb
from typing import Final

import numpy as np
from numpy.typing import NDArray

# So many films as everybody meets them are added to those that somebody met, so that two films prove nothing.
PRIOR_FILMS: Final = 4.0
# How improbable it must be that as many likes bear a genre by chance, where nothing else follows likes: of 18 genres
# one may always look like it. A ranker follows likes by itself, and what overrules it must be surer.
BY_CHANCE: Final = 0.01
BY_CHANCE_BESIDE_A_RANKER: Final = 0.001
# Fewer likes of a genre than this are no taste.
FEWEST_LIKES: Final = 2
# What likes must at least have of a genre beyond others, as a ratio: else it is only what is made most.
LEAST_RATIO: Final = 2.0


@dataclass(frozen=True, slots=True)
class Interest:
    """A genre that somebody is after, and how many of their likes it accounts for that none before it did."""

    genre: int
    likes: int


def usual_shares(genres: NDArray[np.bool_], known: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return how many of the films that people have met bear each genre, as a share.  (genres,)

    Args:
        genres: of the films that somebody may have met.  (films, genres)
        known: logs of how many people know each, up to a constant.  (films,)
    """
    if not len(known):
        return np.zeros(genres.shape[1])
    weights = np.exp(known - known.max())
    return np.asarray(weights @ genres / weights.sum())


def genre_odds(rated: NDArray[np.bool_], likes: NDArray[np.bool_], usual: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return logs of how much likelier liked films are to bear each genre than others that were met.  (genres,)

    Args:
        rated: genres of the films rated.  (history, genres)
        likes: which of them were liked.  (history,)
        usual: shares of films that bear each genre.  (genres,)
    """
    liked = (rated[likes].sum(axis=0) + PRIOR_FILMS * usual) / (likes.sum() + PRIOR_FILMS)
    return np.asarray(np.log(np.maximum(liked, 1e-9) / np.maximum(_met(rated, likes, usual), 1e-9)))


def read_interests(
    rated: NDArray[np.bool_], likes: NDArray[np.bool_], usual: NDArray[np.floating], by_chance: float = BY_CHANCE
) -> tuple[Interest, ...]:
    """Return the genres that somebody is after, the strongest first; none before likes say so beyond chance.

    Each accounts for likes that no stronger one has. Arguments as of genre_odds, and how improbable chance must be.
    """
    met, left, found = _met(rated, likes, usual), likes.copy(), list[Interest]()
    while left.sum() >= FEWEST_LIKES:
        counts, total = rated[left].sum(axis=0), int(left.sum())
        ratios = counts / total / np.maximum(met, 1e-9)  # (genres,)
        strong = (counts >= FEWEST_LIKES) & (ratios >= LEAST_RATIO)
        sure = strong.copy()  # (genres,)
        sure[strong] = [_tail(int(counts[genre]), total, met[genre]) <= by_chance for genre in np.flatnonzero(strong)]
        worth = np.where(sure, counts * np.log(np.maximum(ratios, 1e-9)), -np.inf)
        genre = int(worth.argmax())
        if not np.isfinite(worth[genre]):
            break
        found.append(Interest(genre, int(counts[genre])))
        left &= ~rated[:, genre]
    return tuple(found)


def _met(rated: NDArray[np.bool_], likes: NDArray[np.bool_], usual: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return which share of the films that somebody met and did not like bear each genre.  (genres,)"""
    others = rated[~likes]
    return np.asarray((others.sum(axis=0) + PRIOR_FILMS * usual) / (len(others) + PRIOR_FILMS))


def _tail(count: int, total: int, share: float) -> float:
    """Return how probable it is that so many of a total bear what this share of all bears, or more (binomial)."""
    return sum(comb(total, at) * share**at * (1 - share) ** (total - at) for at in range(count, total + 1))
