"""Learning what features of films are worth when films are compared: the more, the fewer films bear them."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from recommender.data.content import Content

# Who or what is in one film alone joins it to no other.
FEWEST_FILMS: Final = 2


def likeness_tables(content: Content) -> dict[str, NDArray[Any]]:
    """Return each film's features weighted by rarity, so that of a film's weights the squares sum to one.

    Rows of inverse document frequencies (Sparck Jones 1972), whose products are cosines. Tables: `content_starts`
    (movies + 1,); `content_features` and `content_weights` (features borne,); `content_names`, UTF-8 by lines.
    """
    shared = content.shared(FEWEST_FILMS)
    counts = np.bincount(shared.features, minlength=len(shared.names))  # (features,)
    weights = np.log((2 + content.is_known.sum()) / (1 + counts))[shared.features]  # (features borne,)
    rows = np.repeat(np.arange(len(shared.starts) - 1), np.diff(shared.starts))
    squares = np.bincount(rows, weights**2, len(shared.starts) - 1)  # (movies,)
    return {
        "content_starts": shared.starts.astype(np.int32),
        "content_features": shared.features,
        "content_weights": (weights / np.sqrt(squares[rows])).astype(np.float32),
        "content_names": np.frombuffer("\n".join(shared.names).encode(), dtype=np.uint8),
    }
