"""Learning the retrieval tables from a corpus: statistics, conditional priors, item-to-item weights, tastes."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from recommender.data.catalogue import Catalogue
from recommender.data.corpus import Corpus
from recommender.data.odds import logit
from recommender.data.onboarding import onboarding_masks
from recommender.data.statistics import count_statistics
from recommender.ranking.features import years_ad
from recommender.ranking.retrieval import NEWEST_PLACE, Retrieval
from recommender.training.content import content_features, fit_content_prior, series_of
from recommender.training.likeness import likeness_tables

# Ratings at the mean that a person or a film is given before their own while one is told from the other.
USER_BIAS_PRIOR: Final = 4.0
USER_BIAS_ROUNDS: Final = 5
# Where no film at all has a year, any will do: years only ever count beside one another.
ANY_YEAR: Final = 2000.0
# Shares of likes are kept from 0 and 1, whose log odds are infinite.
LEAST_RATE: Final = 0.01
# Ratings at the usual spread that every film is given before its own.
DEVIATION_PRIOR: Final = 5
# How many first ratings are taken for a person when priors are conditioned on them, as at the last rung of the ladder.
MATERIAL: Final = 20
# People at the overall rate that every conditional prior starts from (empirical Bayes, Efron and Morris 1975).
PRIOR_PEOPLE: Final = 20.0
# Half a like among one person more keeps a film that nobody liked from a rate of 0 (Krichevsky and Trofimov 1981).
RATE_PRIOR: Final = 0.5
# Priors under a year: how far bins lie apart, and how wide the Gaussian is by which people count, in years. The year of
# asking is held the finest: everybody has one, and it moves on by itself.
BINS: Final = {"era": (0.5, 0.7), "newest_year": (1.0, 1.5), "mean_year": (1.0, 2.0)}
# Ridge of EASE (Steck 2019, eq. 8) on likes; on all ratings, which are about twice as many, twice that.
EASE_RIDGE: Final = 1000.0
# EASE rebuilds people from what this share of their ratings leaves: newcomers show a twentieth, 7 of the usual 150.
EASE_HIDDEN: Final = 0.95
# EASE inverts a films x films matrix: the best known ones are covered, the rest is left to tastes and priors.
EASE_MOVIES: Final = 2_500
# Going through people instead costs less below so many people a film.
WOODBURY_BELOW: Final = 0.5
TASTES: Final = 32
# Ratings added to each film's own before its popularity is taken out: films with few would rule the tastes.
TASTE_PRIOR: Final = 10
# A like counts as one, any other rating as half.
RATING_SHARE: Final = 0.5
# What brings a match of tastes to the size of other features.
TASTE_SCALE: Final = 10
# People whom priors, EASE and tastes are learned from; films are counted over everybody (docs/performance.md, scale).
MOST_PEOPLE: Final = 50_000
SAMPLE_SEED: Final = 11


def learn_tables(corpus: Corpus, most_people: int = MOST_PEOPLE) -> Retrieval:
    """Learn every table from these people's ratings.

    Tables: `until` (), the year AD of the last rating; `year`, `log_like_rate`, `log_rating_rate`, `log_count`,
    `mean_stars`, `star_deviation`, `like_odds` (movies,); `genre_prior` (genres, movies); `era`, `newest_year`,
    `mean_year`, each `_centres` (bins,) and `_prior` (bins, movies); `ease_rows` (covered,), `ease_places` (movies,),
    `ease_likes`, `ease_ratings` (covered, covered); `taste_in`, `taste_out` (movies, tastes); where content is known
    those of training/likeness.py. Priors are log ratios to the overall rate.

    Args:
        most_people: a seeded sample of this many says who likes what; films are counted over everybody.
    """
    catalogue = Catalogue(corpus.movies)
    some = corpus if corpus.user_count <= most_people else corpus.only(_sample(corpus.user_count, most_people))
    likes, ratings = _matrix(some, some.likes), _matrix(some, np.ones_like(some.likes))
    years = _years(corpus)
    until = years_ad(corpus.times.max())
    tables: dict[str, NDArray[Any]] = {
        "until": until,
        "year": years,
        **_film_statistics(corpus, catalogue.genres, years),
        **_content(corpus),
    }
    tables |= _priors(some, catalogue, tables["year"], likes)
    tables |= _ease(likes, ratings, tables["log_count"])
    tables |= _tastes(likes, ratings)
    return Retrieval(catalogue, tables)


def _matrix(corpus: Corpus, kept: NDArray[np.bool_]) -> Any:
    """Return ones where a person has a kept rating of a film: scipy CSR.  (users, movies)"""
    from scipy.sparse import csr_matrix

    starts = np.concatenate(([0], np.cumsum(kept)))[corpus.starts]  # (users + 1,)
    values = np.ones(int(starts[-1]), dtype=np.float32)
    matrix = csr_matrix((values, corpus.movie_rows[kept], starts), shape=(corpus.user_count, len(corpus.movies)))
    matrix.sort_indices()
    return matrix


def _years(corpus: Corpus) -> NDArray[np.float32]:
    years = np.array([np.nan if movie.year is None else movie.year for movie in corpus.movies], dtype=np.float32)
    usual = np.nanmedian(years) if np.isfinite(years).any() else ANY_YEAR
    return np.where(np.isnan(years), usual, years).astype(np.float32)


def _film_statistics(corpus: Corpus, genres: NDArray[np.bool_], years: NDArray[np.float32]) -> dict[str, NDArray[Any]]:
    """Return what is known of films whoever asks; what few or none rated is drawn to what its content promises."""
    statistics, stars = count_statistics(corpus), _without_user_bias(corpus)
    features = content_features(genres, years, corpus.content)
    sums, squares = (_sums(corpus.movie_rows, stars**power, len(corpus.movies)) for power in (1, 2))
    counts, people = statistics.ratings, corpus.user_count + 1
    series = series_of(movie.title for movie in corpus.movies)
    means = fit_content_prior(features, series, counts, sums, squares).drawn(sums, counts)
    likes = fit_content_prior(features, series, counts, statistics.likes, statistics.likes)
    rates = np.clip(likes.drawn(statistics.likes, counts), LEAST_RATE, 1 - LEAST_RATE)  # (movies,)
    usual = float(stars.std())
    spread = squares - 2 * means * sums + means**2 * counts  # (movies,)
    deviation = np.sqrt((np.maximum(0, spread) + DEVIATION_PRIOR * usual**2) / (counts + DEVIATION_PRIOR))
    return {
        "like_odds": logit(rates).astype(np.float32),
        "log_like_rate": np.log((statistics.likes + 1) / people).astype(np.float32),
        "log_rating_rate": np.log((counts + 1) / people).astype(np.float32),
        "log_count": np.log1p(counts).astype(np.float32),
        "mean_stars": (means - stars.mean()).astype(np.float32),
        "star_deviation": deviation.astype(np.float32),
    }


def _content(corpus: Corpus) -> dict[str, NDArray[Any]]:
    """Return what films are about and who made them, where anything of that is known."""
    if corpus.content is None:
        return {}
    return likeness_tables(corpus.content)


def _without_user_bias(corpus: Corpus) -> NDArray[np.float64]:
    """Return stars less how much more generous than others their giver is with the same films.  (ratings,)

    Films and people are estimated in turn, each drawn to the mean (Koren 2010, "Factor in the neighbors", section 2.1).
    """
    users, rows, stars = corpus.user_rows, corpus.movie_rows, corpus.stars.astype(np.float64)
    given, got = np.bincount(users, minlength=corpus.user_count), np.bincount(rows, minlength=len(corpus.movies))
    user_biases, films, usual = np.zeros(len(given)), np.zeros(len(got)), stars.mean()
    for _ in range(USER_BIAS_ROUNDS):
        user_biases = _sums(users, stars - usual - films[rows], len(given)) / (given + USER_BIAS_PRIOR)
        films = _sums(rows, stars - usual - user_biases[users], len(got)) / (got + USER_BIAS_PRIOR)
    beside: NDArray[np.float64] = stars - user_biases[users]
    return beside


def _sums(places: NDArray[np.integer], values: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    return np.bincount(places, values, size).astype(np.float64)


def _priors(corpus: Corpus, catalogue: Catalogue, years: NDArray[np.float32], likes: Any) -> dict[str, NDArray[Any]]:
    """Return log P(like | attribute of the person) / P(like) for the attributes a newcomer shows."""
    lengths = np.minimum(np.diff(corpus.starts), MATERIAL)  # (users,)
    ends = np.cumsum(lengths)
    firsts = ends - lengths
    places = np.repeat(corpus.starts[:-1] - firsts, lengths) + np.arange(ends[-1])  # of the first ratings
    rows, people = corpus.movie_rows[places], np.repeat(np.arange(len(lengths)), lengths)
    made = years[rows][np.lexsort((years[rows], people))]  # years of each person's first films, rising
    asked = years_ad(corpus.times[corpus.starts[:-1]])
    chosen = onboarding_masks(catalogue.genres[rows], corpus.likes[places], firsts).T.astype(np.float32)
    newest = made[ends - np.minimum(NEWEST_PLACE, lengths)]  # (users,)
    means = np.add.reduceat(made, firsts) / lengths  # (users,)
    return {
        "genre_prior": _log_ratio(chosen, likes),
        **_binned("era", asked, likes),
        **_binned("newest_year", newest, likes),
        **_binned("mean_year", means, likes),
    }


def _binned(name: str, values: NDArray[np.floating], likes: Any) -> dict[str, NDArray[Any]]:
    """Return the prior under a number of the person's, people weighted by how near the centre of a bin they are."""
    step, width = BINS[name]
    centres = np.arange(values.min(), values.max() + step, step, dtype=np.float32)  # (bins,)
    weights = np.exp(-0.5 * ((centres[:, None] - values) / width) ** 2).astype(np.float32)  # (bins, users)
    return {f"{name}_centres": centres, f"{name}_prior": _log_ratio(weights, likes)}


def _log_ratio(weights: NDArray[np.float32], likes: Any) -> NDArray[np.float16]:
    """Return the log of each film's like rate among weighted people over its overall rate.  (bins, movies)"""
    overall = (np.asarray(likes.sum(axis=0)).ravel() + RATE_PRIOR) / (likes.shape[0] + 1)  # (movies,)
    liked = (likes.T @ weights.T).T  # (bins, movies)
    rates = (liked + PRIOR_PEOPLE * overall) / (weights.sum(axis=1, keepdims=True) + PRIOR_PEOPLE)
    return np.asarray(np.log(rates / overall), dtype=np.float16)


def _sample(user_count: int, size: int) -> NDArray[np.int64]:
    return np.sort(np.random.default_rng(SAMPLE_SEED).choice(user_count, size, replace=False))


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
    """Return EASE's item-to-item weights (Steck 2019, eq. 8), learned under dropout of the input.  (items, items)

    Dropout adds a penalty to each item that grows with its ratings, and so with the corpus (EDLAE: Steck 2020,
    "Autoencoders that don't overfit towards the identity", section 3.2). What is left in is scaled up, as is usual.
    """
    from scipy.sparse import diags

    penalties = ridge + EASE_HIDDEN / (1 - EASE_HIDDEN) * np.asarray(matrix.sum(axis=0)).ravel()  # (items,)
    scale = (1 / np.sqrt(penalties)).astype(np.float32)
    inverse = _inverse_gram(matrix @ diags(scale))
    weights = -inverse / np.diag(inverse) * (scale[:, None] / scale / (1 - EASE_HIDDEN))
    weights[np.diag_indices(len(weights))] = 0
    return np.asarray(weights, dtype=np.float16)


def _inverse_gram(matrix: Any) -> NDArray[np.float32]:
    """Return the inverse of X'X + I by Cholesky, through people where these are few (Woodbury's identity).

    (items, items)

    Args:
        matrix: scipy CSR.  (people, items)
    """
    from scipy.linalg import cho_factor, cho_solve
    from scipy.linalg.lapack import spotri

    people, items = matrix.shape
    wide = people < WOODBURY_BELOW * items
    gram = (matrix @ matrix.T if wide else matrix.T @ matrix).toarray().astype(np.float32)
    gram[np.diag_indices(len(gram))] += 1
    factor = cho_factor(gram, lower=True, overwrite_a=True)
    if not wide:
        lower = np.tril(spotri(factor[0], lower=True)[0])  # (items, items)
        return np.asarray(lower + np.tril(lower, -1).T)
    dense = matrix.toarray().astype(np.float32)  # (people, items)
    inverse = -(dense.T @ cho_solve(factor, dense))
    inverse[np.diag_indices(items)] += 1
    return np.asarray(inverse)


def _tastes(likes: Any, ratings: Any) -> dict[str, NDArray[np.float16]]:
    """Return film factors by truncated SVD of popularity-scaled ratings (PureSVD, Cremonesi et al. 2010, section 3).

    `taste_in` folds a history into tastes, `taste_out` reads the likes that go with a taste.
    """
    from scipy.sparse import diags
    from scipy.sparse.linalg import svds

    scale = 1 / np.sqrt(np.asarray(ratings.sum(axis=0)).ravel() + TASTE_PRIOR)  # (movies,)
    mixed = (RATING_SHARE * ratings + (1 - RATING_SHARE) * likes) @ diags(scale)
    count = min(TASTES, min(mixed.shape) - 1)
    if count < 1:
        empty = np.zeros((mixed.shape[1], 1), dtype=np.float16)
        return {"taste_in": empty, "taste_out": empty}
    people, strengths, films = svds(mixed.astype(np.float64), k=count, v0=np.ones(min(mixed.shape)))
    loadings = likes.T @ people  # (movies, tastes)
    out = loadings * strengths / (strengths**2 + 1) / np.sqrt(likes.shape[0]) * TASTE_SCALE
    return {
        # By the root of the people, or tastes would fade as the corpus grows and films' scales fall.
        "taste_in": (films.T * scale[:, None] * np.sqrt(likes.shape[0])).astype(np.float16),
        "taste_out": out.astype(np.float16),
    }
