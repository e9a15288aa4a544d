"""Learning the retrieval tables from a corpus: statistics, conditional priors, item-to-item weights, tastes."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from recommender.catalogue import Catalogue
from recommender.corpus import Corpus
from recommender.domain import GENRES
from recommender.features import years_ad
from recommender.ladder import onboarding_genres
from recommender.retrieval import Retrieval
from recommender.statistics import count_statistics

# How many first ratings stand for a person when priors are conditioned on them, as at the last rung of the ladder.
MATERIAL: Final = 20
# People at the overall rate that every conditional prior starts from (empirical Bayes, Efron and Morris 1975).
PRIOR_PEOPLE: Final = 20.0
# Ridge of EASE (Steck 2019, eq. 8) on likes; on all ratings, which are about twice as many, twice that.
EASE_RIDGE: Final = 300.0
# EASE inverts a films x films matrix: the best known ones are covered, the rest is left to tastes and priors.
EASE_MOVIES: Final = 2_500
TASTES: Final = 32
# People whose co-ratings EASE and tastes are learned from; more do not change a co-rating rate.
MOST_PEOPLE: Final = 50_000
SAMPLE_SEED: Final = 11


def learn_tables(corpus: Corpus) -> Retrieval:
    """Learn every table from these people's ratings.

    Tables: `year`, `log_like_rate`, `log_rating_rate`, `log_count`, `mean_stars`, `star_deviation`, `like_odds`
    (movies,);
    `genre_prior` (genres, movies); `era`, `newest_year`, `mean_year`, each `_centres` (bins,) and `_prior` (bins,
    movies); `ease_rows` (covered,), `ease_places` (movies,), `ease_likes`, `ease_ratings` (covered, covered);
    `taste_in`, `taste_out` (movies, tastes). Priors are log ratios to the overall rate.
    """
    catalogue = Catalogue(corpus.movies)
    likes, ratings = _matrix(corpus, corpus.likes), _matrix(corpus, np.ones_like(corpus.likes))
    tables: dict[str, NDArray[Any]] = {"year": _years(corpus), **_film_statistics(corpus)}
    tables |= _priors(corpus, catalogue, tables["year"], likes)
    some = _sample(corpus.user_count)
    tables |= _ease(likes[some], ratings[some], tables["log_count"])
    tables |= _tastes(likes[some], ratings[some])
    return Retrieval(catalogue, tables)


def _matrix(corpus: Corpus, kept: NDArray[np.bool_]) -> Any:
    """Return ones where a person has a kept rating of a film: scipy CSR.  (users, movies)"""
    from scipy.sparse import csr_matrix

    values = np.ones(int(kept.sum()), dtype=np.float32)
    places = (corpus.user_rows[kept], corpus.movie_rows[kept])
    return csr_matrix((values, places), shape=(corpus.user_count, len(corpus.movies)))


def _years(corpus: Corpus) -> NDArray[np.float32]:
    years = np.array([np.nan if movie.year is None else movie.year for movie in corpus.movies], dtype=np.float32)
    usual = np.nanmedian(years) if np.isfinite(years).any() else 2000.0
    return np.where(np.isnan(years), usual, years).astype(np.float32)


def _film_statistics(corpus: Corpus) -> dict[str, NDArray[np.float32]]:
    statistics = count_statistics(corpus)
    squares = np.bincount(corpus.movie_rows, weights=corpus.stars.astype(np.float64) ** 2, minlength=len(corpus.movies))
    means = statistics.bayesian_means()
    usual = float(corpus.stars.std())
    spread = squares - 2 * means * statistics.star_sums + means**2 * statistics.ratings  # (movies,)
    deviation = np.sqrt((np.maximum(0, spread) + 5 * usual**2) / (statistics.ratings + 5))
    people, rates = corpus.user_count + 1, np.clip(statistics.like_rates, 0.01, 0.99)  # (movies,)
    return {
        "like_odds": np.log(rates / (1 - rates)).astype(np.float32),
        "log_like_rate": np.log((statistics.likes + 1) / people).astype(np.float32),
        "log_rating_rate": np.log((statistics.ratings + 1) / people).astype(np.float32),
        "log_count": np.log1p(statistics.ratings).astype(np.float32),
        "mean_stars": (means - corpus.stars.mean()).astype(np.float32),
        "star_deviation": deviation.astype(np.float32),
    }


def _priors(corpus: Corpus, catalogue: Catalogue, years: NDArray[np.float32], likes: Any) -> dict[str, NDArray[Any]]:
    """Return log P(like | attribute of the person) / P(like) for the attributes a newcomer shows."""
    firsts = [
        slice(int(start), min(int(start) + MATERIAL, int(stop)))
        for start, stop in zip(corpus.starts[:-1], corpus.starts[1:], strict=True)
    ]
    made = [np.sort(years[corpus.movie_rows[first]]) for first in firsts]
    asked = years_ad(corpus.times[corpus.starts[:-1]])
    chosen = np.zeros((len(GENRES), corpus.user_count), dtype=np.float32)  # (genres, users)
    for user, first in enumerate(firsts):
        names = onboarding_genres(catalogue.genres[corpus.movie_rows[first]], corpus.likes[first])
        chosen[[GENRES.index(name) for name in names], user] = 1
    newest = np.array([history[-min(2, len(history))] for history in made])
    means = np.array([history.mean() for history in made])
    return {
        "genre_prior": _log_ratio(chosen, likes),
        **_binned("era", asked, 0.5, 0.7, likes),
        **_binned("newest_year", newest, 1.0, 1.5, likes),
        **_binned("mean_year", means, 1.0, 2.0, likes),
    }


def _binned(name: str, values: NDArray[np.floating], step: float, width: float, likes: Any) -> dict[str, NDArray[Any]]:
    """Return the prior under a number of the person's: bins `step` apart, people weighted by a Gaussian of `width`."""
    centres = np.arange(values.min(), values.max() + step, step, dtype=np.float32)  # (bins,)
    weights = np.exp(-0.5 * ((centres[:, None] - values) / width) ** 2).astype(np.float32)  # (bins, users)
    return {f"{name}_centres": centres, f"{name}_prior": _log_ratio(weights, likes)}


def _log_ratio(weights: NDArray[np.float32], likes: Any) -> NDArray[np.float16]:
    """Return the log of each film's like rate among weighted people over its overall rate.  (bins, movies)"""
    overall = (np.asarray(likes.sum(axis=0)).ravel() + 0.5) / (likes.shape[0] + 1)  # (movies,)
    liked = (likes.T @ weights.T).T  # (bins, movies)
    rates = (liked + PRIOR_PEOPLE * overall) / (weights.sum(axis=1, keepdims=True) + PRIOR_PEOPLE)
    return np.asarray(np.log(rates / overall), dtype=np.float16)


def _sample(user_count: int) -> NDArray[np.int64]:
    if user_count <= MOST_PEOPLE:
        return np.arange(user_count)
    return np.sort(np.random.default_rng(SAMPLE_SEED).choice(user_count, MOST_PEOPLE, replace=False))


def _ease(likes: Any, ratings: Any, log_count: NDArray[np.float32]) -> dict[str, NDArray[Any]]:
    rows = np.sort(np.argsort(-log_count, kind="stable")[:EASE_MOVIES])
    places = np.full(len(log_count), -1, dtype=np.int32)
    places[rows] = np.arange(len(rows))
    return {
        "ease_rows": rows.astype(np.int32),
        "ease_places": places,
        "ease_likes": _item_weights(likes[:, rows], EASE_RIDGE),
        "ease_ratings": _item_weights(ratings[:, rows], 2 * EASE_RIDGE),
    }


def _item_weights(matrix: Any, ridge: float) -> NDArray[np.float16]:
    """Return EASE's item-to-item weights: Steck 2019, "Embarrassingly shallow autoencoders", eq. 8.  (items, items)"""
    inverse = _inverse_gram(matrix, ridge)
    weights = -inverse / np.diag(inverse)
    weights[np.diag_indices(len(weights))] = 0
    return np.asarray(weights, dtype=np.float16)


def _inverse_gram(matrix: Any, ridge: float) -> NDArray[np.float32]:
    """Return the inverse of X'X + ridge I through the smaller side (Woodbury's identity) and Cholesky.  (items, items)

    Args:
        matrix: scipy CSR.  (people, items)
    """
    from scipy.linalg import cho_factor, cho_solve
    from scipy.linalg.lapack import spotri

    people, items = matrix.shape
    wide = people < items
    gram = (matrix @ matrix.T if wide else matrix.T @ matrix).toarray().astype(np.float32)
    gram[np.diag_indices(len(gram))] += np.float32(ridge)
    factor = cho_factor(gram, lower=True, overwrite_a=True)
    if not wide:
        lower = np.tril(spotri(factor[0], lower=True)[0])  # (items, items)
        return np.asarray(lower + np.tril(lower, -1).T)
    dense = matrix.toarray().astype(np.float32)  # (people, items)
    inverse = -(dense.T @ cho_solve(factor, dense)) / np.float32(ridge)
    inverse[np.diag_indices(items)] += np.float32(1 / ridge)
    return np.asarray(inverse)


def _tastes(likes: Any, ratings: Any) -> dict[str, NDArray[np.float16]]:
    """Return film factors by truncated SVD of popularity-scaled ratings (PureSVD, Cremonesi et al. 2010, section 3).

    `taste_in` folds a history into tastes, `taste_out` reads the likes that go with a taste.
    """
    from scipy.sparse import diags
    from scipy.sparse.linalg import svds

    scale = 1 / np.sqrt(np.asarray(ratings.sum(axis=0)).ravel() + 10)  # (movies,)
    mixed = (0.5 * ratings + 0.5 * likes) @ diags(scale)
    count = min(TASTES, min(mixed.shape) - 1)
    if count < 1:
        empty = np.zeros((mixed.shape[1], 1), dtype=np.float16)
        return {"taste_in": empty, "taste_out": empty}
    people, strengths, films = svds(mixed.astype(np.float64), k=count, v0=np.ones(min(mixed.shape)))
    loadings = likes.T @ people  # (movies, tastes)
    out = loadings * strengths / (strengths**2 + 1) / np.sqrt(likes.shape[0]) * 10
    return {
        "taste_in": (films.T * scale[:, None]).astype(np.float16),
        "taste_out": out.astype(np.float16),
    }
