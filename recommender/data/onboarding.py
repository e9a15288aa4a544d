"""What a newcomer would choose at onboarding, told from their first ratings."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.domain import GENRES

ONBOARDING_GENRES: Final = 3
# A genre rated but never liked still goes before one never met; small enough never to outweigh a like.
RATED_WEIGHT: Final = 0.001


def onboarding_genres(genres: NDArray[np.bool_], likes: NDArray[np.bool_]) -> tuple[str, ...]:
    """Return the genres someone with these ratings would have chosen, best first.

    Args:
        genres: of the rated movies.  (ratings, genres)
        likes: which of them were liked.  (ratings,)
    """
    weights = (likes + RATED_WEIGHT) @ genres.astype(np.float64)  # (genres,)
    return tuple(GENRES[place] for place in _best_genres(weights) if weights[place] > 0)


def onboarding_masks(
    genres: NDArray[np.bool_], likes: NDArray[np.bool_], firsts: NDArray[np.integer]
) -> NDArray[np.bool_]:
    """Return what onboarding_genres says of many people at once, as masks.  (people, genres)

    Args:
        genres, likes: of everybody's ratings, person by person.  (ratings, genres), (ratings,)
        firsts: where each person's ratings begin; nobody has none.  (people,)
    """
    weights = np.add.reduceat((likes + RATED_WEIGHT)[:, None] * genres, firsts, axis=0)  # (people, genres)
    masks = np.zeros(weights.shape, dtype=np.bool_)
    np.put_along_axis(masks, _best_genres(weights), True, axis=1)
    return masks & (weights > 0)


def _best_genres(weights: NDArray[np.floating]) -> NDArray[np.int64]:
    return np.argsort(-weights.round(9), axis=-1, kind="stable")[..., :ONBOARDING_GENRES]
