"""What a ranker is built from: sizes, and the constants it carries inside."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

# What a training starts from unless told otherwise.
TRAINING_SEED: Final = 0
# Which onboardings liking is settled by where there are too many.
LIKING_SEED: Final = 12

# The logit of what may not be chosen.
NEVER: Final = -1e9

# The layer that liking is a logistic regression in, by its name: one weight a feature, and an offset.
REGRESSION: Final = "liking_regression"


@dataclass(frozen=True, slots=True, eq=False)
class ModelConfig:
    """One config for every ranker.

    Attributes:
        film_genres: of each film, rows summing to one.  (movies, 18)
        pair_mean, pair_scale: what standardises PAIR_FEATURES.  (pair features,)
        history: length of the padded history.
        person: number of PERSON_FEATURES.
        film_size, genre_size: widths of the embeddings.
        hidden: widths of the MLP's layers.
        dropout: share of hidden units left out in training.
        film_dropout, film_decay: share of film ids forgotten whole, and their L2 penalty: ids overfit first.
    """

    film_genres: NDArray[np.float32]
    pair_mean: NDArray[np.float32]
    pair_scale: NDArray[np.float32]
    history: int
    person: int
    film_size: int = 16
    genre_size: int = 8
    hidden: tuple[int, ...] = (64, 32)
    dropout: float = 0.2
    film_dropout: float = 0.5
    film_decay: float = 1e-2
    seed: int = TRAINING_SEED

    def with_seed(self, seed: int) -> ModelConfig:
        """Return the same config for another start."""
        return replace(self, seed=seed)

    def of_ids(self) -> ModelConfig:
        """Return the same config for rankers with little but ids, where nothing would stand in for a forgotten one."""
        return replace(self, film_dropout=0.0, film_decay=1e-4)
