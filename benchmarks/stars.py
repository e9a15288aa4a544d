"""Stars predicted, as papers on rating prediction judge it: ratings dealt out at random, and how far off they are.

Who is judged is known, and so is the future of everybody's taste: nothing of the ladder holds here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from surprise import SVD, AlgoBase, BaselineOnly, Dataset, Reader

from recommender.data.corpus import Corpus

SPLIT_SEED: Final = 47  # plus the number of the split
# Sedhain et al. 2015, section 4: a tenth of all ratings is judged, and a tenth of the others chooses settings.
JUDGED_SHARE: Final = 0.1
FACTORISER_SEED: Final = 11

Stars = NDArray[np.float64]
Which = NDArray[np.bool_]  # (ratings,)


@dataclass(frozen=True, slots=True)
class Factors:
    """Settings of biased matrix factorisation."""

    factors: int = 100
    epochs: int = 20
    regularization: float = 0.02


# Surprise's own, which its published figures have.
USUAL: Final = Factors()
GRID: Final = (
    USUAL,
    *(Factors(size, epochs, pull) for size in (20, 100) for epochs in (20, 40) for pull in (0.05, 0.1)),
)


def errors_by_split(corpus: Corpus, splits: int) -> dict[str, list[float]]:
    """Return the error of each way to predict on each split."""
    found: dict[str, list[float]] = {name: [] for name in WAYS}
    for split in range(splits):
        judged = deal_ratings(corpus, SPLIT_SEED + split)
        for name, way in WAYS.items():
            found[name].append(root_mean_square(way(corpus, ~judged, judged), corpus, judged))
    return found


def deal_ratings(corpus: Corpus, seed: int) -> Which:
    """Return which ratings are judged, a tenth of all at random.  (ratings,)"""
    return np.random.default_rng(seed).random(corpus.rating_count) < JUDGED_SHARE


def root_mean_square(stars: Stars, corpus: Corpus, judged: Which) -> float:
    """Return the root mean square error, predictions held to the scale.  stars: (judged ratings,)"""
    held = np.clip(stars, corpus.stars.min(), corpus.stars.max())
    return float(np.sqrt(np.mean((held - corpus.stars[judged]) ** 2)))


def predict_mean(corpus: Corpus, known: Which, judged: Which) -> Stars:
    """Predict the mean of all ratings."""
    return np.full(int(judged.sum()), float(corpus.stars[known].mean()))


def predict_biases(corpus: Corpus, known: Which, judged: Which) -> Stars:
    """Predict by the biases of person and film (Koren 2010, section 2.1)."""
    return _predict(BaselineOnly(verbose=False), corpus, known, judged)


def factorise(corpus: Corpus, known: Which, judged: Which, settings: Factors = USUAL) -> Stars:
    """Predict by biased matrix factorisation (Koren, Bell and Volinsky 2009)."""
    model = SVD(
        n_factors=settings.factors,
        n_epochs=settings.epochs,
        reg_all=settings.regularization,
        random_state=FACTORISER_SEED,
    )
    return _predict(model, corpus, known, judged)


def factorise_tuned(corpus: Corpus, known: Which, judged: Which) -> Stars:
    """Predict by the settings that predict a tenth of what is known best."""
    inner = known & deal_ratings(corpus, SPLIT_SEED - 1)
    errors = [root_mean_square(factorise(corpus, known & ~inner, inner, each), corpus, inner) for each in GRID]
    return factorise(corpus, known, judged, GRID[int(np.argmin(errors))])


WAYS: Final[Mapping[str, Callable[[Corpus, Which, Which], Stars]]] = {
    "mean of all": predict_mean,
    "biases": predict_biases,
    "biased MF, usual": factorise,
    "biased MF, tuned": factorise_tuned,
}


def _predict(model: AlgoBase, corpus: Corpus, known: Which, judged: Which) -> Stars:
    """Fit on what is known, and predict the judged ratings; a person or film nobody knows has no bias and no taste."""
    columns = {"user": corpus.user_rows, "movie": corpus.movie_rows, "stars": corpus.stars}
    scale = Reader(rating_scale=(float(corpus.stars.min()), float(corpus.stars.max())))
    train = Dataset.load_from_df(pd.DataFrame(columns)[known], scale).build_full_trainset()
    model.fit(train)
    people, films = corpus.user_rows[judged], corpus.movie_rows[judged]
    rows_of_people = [train.to_raw_uid(inner) for inner in train.all_users()]
    rows_of_films = [train.to_raw_iid(inner) for inner in train.all_items()]
    stars = train.global_mean + _by_row(model.bu, rows_of_people, corpus.user_count)[people]
    stars = stars + _by_row(model.bi, rows_of_films, len(corpus.movies))[films]
    if isinstance(model, SVD):
        tastes = _by_row(model.pu, rows_of_people, corpus.user_count)[people]
        stars = stars + (tastes * _by_row(model.qi, rows_of_films, len(corpus.movies))[films]).sum(axis=1)
    return np.asarray(stars, dtype=np.float64)


def _by_row(values: NDArray[np.float64], rows: Sequence[int], size: int) -> NDArray[np.float64]:
    """Return what the library learned by our rows, zeros where it met none.  (size, ...)"""
    values = np.asarray(values)
    placed = np.zeros((size, *values.shape[1:]))
    placed[np.array(rows, dtype=np.int64)] = values[: len(rows)]
    return placed
