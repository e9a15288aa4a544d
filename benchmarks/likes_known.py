"""Ours when people are known: the regression over our pair features, and what a long history says of its owner beyond.

A known person is folded in: factors, user_bias and genres are read off all their ratings, with no weight of their own
to be trained, as serving could do it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.courses import COURSES_LIKE
from benchmarks.recipe import ratings_where
from recommender.data.catalogue import Catalogue, genre_mask
from recommender.data.corpus import Corpus
from recommender.data.onboarding import onboarding_genres
from recommender.data.statistics import USUAL_STARS
from recommender.evaluation.likes import split_last_ratings
from recommender.ranking.features import EncodedProfile, years_ad
from recommender.ranking.retrieval import PAIR_FEATURES, Retrieval
from recommender.training.logistic import fit_logistic
from recommender.training.tables import learn_tables

# What is known of (person, film) beside PAIR_FEATURES, in this order.
PERSONAL: Final = ("film_likes", "own_likes", "own_genre_likes", "recent_stars", "factors", "days_away")
FACTORS: Final = 16
# Ratings at what is usual for their film that a person or genre is given before their own; newest ones get more.
PRIOR: Final = 5.0
RECENT: Final = 30
RECENT_PRIOR: Final = 10.0
# Ridge of a person's factors: about the variance of a rating beside that of a taste.
FACTOR_RIDGE: Final = 10.0
FACTOR_ROUNDS: Final = 8
RIDGE: Final = 20.0
FARTHEST: Final = 4.0
SECONDS_PER_DAY: Final = 86_400
SEED: Final = 0


def chances_of(corpus: Corpus) -> NDArray[np.float64]:
    """Return the chances of each person's last ratings, learned from those before.  (judged ratings,)

    The regression learns from the last known ratings what the ones before say of them; then all are looked up.
    """
    judged = split_last_ratings(corpus)
    known = ratings_where(corpus, ~judged)
    inner = split_last_ratings(known)
    features = describe(known, inner)
    mean, scale = features.mean(axis=0), np.maximum(1e-4, features.std(axis=0))
    kernel = fit_logistic(_standard(features, mean, scale), known.stars[inner] >= COURSES_LIKE, ridge=RIDGE)
    return np.asarray(1 / (1 + np.exp(-_standard(describe(corpus, judged), mean, scale) @ kernel)))


def means_of(corpus: Corpus) -> NDArray[np.float64]:
    """Return the floor: the film's share of likes plus by how much its judge likes more than others do."""
    judged = split_last_ratings(corpus)
    known = ratings_where(corpus, ~judged)
    liked = known.stars >= COURSES_LIKE
    films = _like_rates(known)  # (movies,)
    beyond = np.bincount(known.user_rows, liked - films[known.movie_rows], known.user_count)  # (users,)
    user_biases = beyond / (np.diff(known.starts) + PRIOR)
    return np.clip(films[corpus.movie_rows[judged]] + user_biases[corpus.user_rows[judged]], 0.02, 0.98)


def describe(corpus: Corpus, judged: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return what the other ratings say of the judged ones.  (judged ratings, PAIR_FEATURES and PERSONAL)"""
    history = ratings_where(corpus, ~judged)
    tables = _Tables.of(history)
    parts = [
        np.empty((0, len(PAIR_FEATURES) + len(PERSONAL))),
        *(tables.features(person, rows, times) for person, rows, times in _people(corpus, history, judged)),
    ]
    return np.concatenate(parts)


@dataclass(frozen=True, slots=True, eq=False)
class _Tables:
    """Films as everybody's ratings leave them.

    Attributes:
        likes: share of ratings that are likes as the courses have it.  (movies,)
        factors: (movies, FACTORS)
    """

    retrieval: Retrieval
    likes: NDArray[np.float64]
    factors: NDArray[np.float64]

    @classmethod
    def of(cls, corpus: Corpus) -> _Tables:
        retrieval = learn_tables(corpus)
        return cls(retrieval, _like_rates(corpus), _factorise(corpus, retrieval))

    def features(
        self, person: EncodedProfile, rows: NDArray[np.int32], days_away: NDArray[np.float64]
    ) -> NDArray[np.floating[Any]]:
        """Return PAIR_FEATURES and PERSONAL of one person with each of these films.  (films, features)"""
        genres = self.retrieval.catalogue.genres
        beyond = (person.stars >= COURSES_LIKE) - self.likes[person.rows]  # (history,)
        taste = beyond @ genres[person.rows] / (genres[person.rows].sum(axis=0) + PRIOR)  # (genres,)
        own = _fold_in(self.factors, person.rows, _left(person.rows, person.stars, self.retrieval))
        recent = person.stars - USUAL_STARS - self.retrieval.tables["mean_stars"][person.rows]
        columns = {
            "film_likes": np.log(self.likes[rows] / (1 - self.likes[rows])),
            "own_likes": np.full(len(rows), beyond.sum() / (len(beyond) + PRIOR)),
            "own_genre_likes": genres[rows] @ taste / np.maximum(1, genres[rows].sum(axis=1)),
            "recent_stars": np.full(len(rows), recent[-RECENT:].sum() / (len(recent[-RECENT:]) + RECENT_PRIOR)),
            "factors": self.factors[rows] @ own,
            "days_away": np.log1p(days_away),
        }
        pairs = self.retrieval.pair_features(person, rows)
        return np.column_stack([pairs, *(columns[name] for name in PERSONAL)])


def _like_rates(corpus: Corpus) -> NDArray[np.float64]:
    """Return each film's share of likes as the courses have it, drawn to the overall one.  (movies,)"""
    liked, size = corpus.stars >= COURSES_LIKE, len(corpus.movies)
    likes, counts = np.bincount(corpus.movie_rows, liked, size), np.bincount(corpus.movie_rows, minlength=size)
    return np.asarray((likes + PRIOR * liked.mean()) / (counts + PRIOR))


def _people(
    corpus: Corpus, history: Corpus, judged: NDArray[np.bool_]
) -> Iterator[tuple[EncodedProfile, NDArray[np.int32], NDArray[np.float64]]]:
    """Yield each judged person's whole history, then their judged films and the days since that history ended."""
    genres = Catalogue(corpus.movies).genres
    for user in range(corpus.user_count):
        all_of, before = corpus.of_user(user), history.of_user(user)
        rows, times = corpus.movie_rows[all_of][judged[all_of]], corpus.times[all_of][judged[all_of]]
        if len(rows):
            met = history.movie_rows[before]
            chosen = genre_mask(onboarding_genres(genres[met], history.likes[before]))
            last = history.times[before][-1]
            person = EncodedProfile(chosen, met, history.stars[before], float(years_ad(last)))
            yield person, rows, (times - last) / SECONDS_PER_DAY


def _factorise(corpus: Corpus, retrieval: Retrieval) -> NDArray[np.float64]:
    """Return film factors of what user biases and films leave of stars: alternating least squares.  (movies, FACTORS)

    Zhou et al. 2008, "Large-scale parallel collaborative filtering for the Netflix prize".
    """
    from scipy.sparse import csr_matrix

    left = np.empty(corpus.rating_count)
    for user in range(corpus.user_count):
        of = corpus.of_user(user)
        left[of] = _left(corpus.movie_rows[of], corpus.stars[of], retrieval)
    places = corpus.user_rows, corpus.movie_rows
    by_user = csr_matrix((left, places), shape=(corpus.user_count, len(corpus.movies)))
    by_film = by_user.T.tocsr()
    films = np.random.default_rng(SEED).normal(0, 0.1, (len(corpus.movies), FACTORS))
    for _ in range(FACTOR_ROUNDS):
        people = np.stack([_fold_in(films, *_row(by_user, user)) for user in range(corpus.user_count)])
        films = np.stack([_fold_in(people, *_row(by_film, film)) for film in range(len(corpus.movies))])
    return films


def _left(rows: NDArray[np.integer], stars: NDArray[np.floating], retrieval: Retrieval) -> NDArray[np.float64]:
    """Return what one person's stars tell beyond their films' means and their own user_bias.  (ratings,)"""
    beyond = stars - USUAL_STARS - retrieval.tables["mean_stars"][rows]  # (ratings,)
    return np.asarray(beyond - beyond.sum() / (len(beyond) + PRIOR), dtype=np.float64)


def _row(matrix: Any, row: int) -> tuple[NDArray[np.integer], NDArray[np.float64]]:
    """Return where a sparse row has values, and these."""
    place = slice(matrix.indptr[row], matrix.indptr[row + 1])
    return matrix.indices[place], matrix.data[place]


def _fold_in(factors: NDArray[np.float64], rows: NDArray[np.integer], left: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the factors that explain these values best, by ridge regression.  (FACTORS,)"""
    met = factors[rows]  # (ratings, FACTORS)
    return np.linalg.solve(met.T @ met + FACTOR_RIDGE * np.eye(FACTORS), met.T @ left)


def _standard(features: NDArray[np.float64], mean: NDArray[np.float64], scale: NDArray[np.float64]) -> Any:
    """Return standardised features and a constant.  (ratings, features + 1)"""
    cut = np.clip((features - mean) / scale, -FARTHEST, FARTHEST)
    return np.concatenate([cut, np.ones((len(cut), 1))], axis=1)
