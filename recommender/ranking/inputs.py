"""The arrays that a ranker's network takes: the same in training as in serving."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.ranking.features import LONGEST_HISTORY, EncodedProfile
from recommender.ranking.retrieval import Retrieval

# Films the first stage hands to the network, in training as in serving.
CANDIDATES: Final = 400
NO_FILM: Final = -1
# The middle of the scale, which stars of a history are counted from.
MIDDLE_STARS: Final = 3


def network_inputs(
    person: EncodedProfile, rows: NDArray[np.integer], retrieval: Retrieval
) -> dict[str, NDArray[np.generic]]:
    """Return the model's inputs for one person and these films, without the batch axis."""
    history = np.full(LONGEST_HISTORY, NO_FILM, dtype=np.int32)
    stars = np.zeros(LONGEST_HISTORY, dtype=np.float32)
    history[: len(person.rows)] = person.rows
    stars[: len(person.rows)] = person.stars - MIDDLE_STARS
    return {
        "genres": person.genres.astype(np.float32),
        "history": history,
        "stars": stars,
        "person": retrieval.person_features(person),
        "films": rows.astype(np.int32),
        "pairs": retrieval.pair_features(person, rows).astype(np.float16),
    }
