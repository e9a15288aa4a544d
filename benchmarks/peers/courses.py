"""The courses' Embedding+MLP as taught (Wang, "Deep Learning Recommender Systems", 2020; SparrowRecSys EmbeddingMLP).

It learns like or not from rated pairs, out of ids, genres and raw statistics; a newcomer has the id nobody had.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.peer import Peer
from benchmarks.peers.tastes import SEED, some_people
from recommender.data.corpus import Corpus
from recommender.data.metrics import top_rows
from recommender.data.statistics import count_statistics
from recommender.domain import GENRES, Profile
from recommender.evaluation.floors import fit_popular_in_genres
from recommender.evaluation.registry import Hyperparameters, RankerEntry

COURSES_LIKE = 3.5
MOVIE_GENRES, USER_GENRES = 3, 5
EMBEDDING, HIDDEN = 10, 128
DEFAULT_YEAR = 1990  # the courses' own filling of what is missing
UNKNOWN_PERSON = 0
NO_GENRE = 0
RERANKED = 200


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """The person side of examples: id + 1, the best genres + 1, then count, mean and deviation of their stars."""

    ids: NDArray[np.int32]  # (examples,)
    genres: NDArray[np.int32]  # (examples, 5)
    numbers: NDArray[np.float32]  # (examples, 3)


class Courses(Peer):
    """Scores with the network's own weights, the person's and the movies' halves of its first layer computed once."""

    def __init__(self, corpus: Corpus, settings: Hyperparameters) -> None:
        super().__init__(corpus)
        self._genre_ids = first_genres(self.catalogue.genres.astype(np.float64), MOVIE_GENRES)
        self._numbers = movie_numbers(corpus)
        keras.utils.set_random_seed(SEED)
        some = some_people(corpus)
        model = build(some.user_count, len(corpus.movies))
        people, rows = training_people(some, self.catalogue.genres), some.movie_rows
        inputs = {
            "user": people.ids,
            "user_genres": people.genres,
            "user_numbers": people.numbers,
            "movie": rows,
            "movie_genres": self._genre_ids[rows],
            "movie_numbers": self._numbers[rows],
        }
        liked = (some.stars >= COURSES_LIKE).astype(np.float32)
        model.compile(optimizer=keras.optimizers.Adam(settings["rate"]), loss="binary_crossentropy")
        model.fit(inputs, liked, batch_size=settings["batch"], epochs=settings["epochs"], verbose=0)
        self._weights = {layer.name: layer.get_weights() for layer in model.layers}

    def score_many(self, profiles: Sequence[Profile]) -> NDArray[np.float32]:
        tables = {name: weights[0] for name, weights in self._weights.items() if weights}
        people = self._newcomers(profiles)
        user = _stacked(
            tables["user_table"][people.ids], tables["user_genre_table"][people.genres], people.numbers
        )  # (people, 63)
        movie = _stacked(tables["movie_table"], tables["movie_genre_table"][self._genre_ids], self._numbers)
        (first, first_bias), (second, second_bias), (out, out_bias) = (
            self._weights[name] for name in ("first", "second", "like")
        )
        movie = movie @ first[user.shape[1] :] + first_bias  # (movies, 128)
        scores = np.empty((len(profiles), len(self.catalogue)), dtype=np.float32)
        for place, person in enumerate(user @ first[: user.shape[1]]):
            hidden = np.maximum(np.maximum(person + movie, 0) @ second + second_bias, 0)  # (movies, 128)
            scores[place] = (hidden @ out + out_bias)[:, 0]
        return scores

    def _newcomers(self, profiles: Sequence[Profile]) -> People:
        genres = np.zeros((len(profiles), USER_GENRES), dtype=np.int32)
        numbers = np.zeros((len(profiles), 3), dtype=np.float32)
        for place, profile in enumerate(profiles):
            chosen = [GENRES.index(genre) + 1 for genre in profile.genres]
            genres[place, : len(chosen)] = chosen
            stars = [rating.stars.value for rating in profile.ratings]
            if stars:
                numbers[place] = len(stars), np.mean(stars), np.std(stars)
        return People(np.full(len(profiles), UNKNOWN_PERSON, dtype=np.int32), genres, numbers)


class CoursesReranking(Courses):
    """The same network, ordering only the most popular movies of the chosen genres."""

    def __init__(self, corpus: Corpus, settings: Hyperparameters) -> None:
        super().__init__(corpus, settings)
        self._floor = fit_popular_in_genres(corpus)

    def score_many(self, profiles: Sequence[Profile]) -> NDArray[np.float32]:
        likely = 1 / (1 + np.exp(-super().score_many(profiles).astype(np.float64)))  # (people, movies)
        scores = np.stack([self._floor.score(profile) for profile in profiles])
        for place, profile in enumerate(profiles):
            unmet = np.where(self.catalogue.unmet(profile), scores[place], -np.inf)
            rows = top_rows(unmet, RERANKED)
            scores[place, rows] = 1 + scores[place].max() + likely[place, rows]
        return scores


def build(user_count: int, movie_count: int) -> keras.Model:
    """Build the courses' five layers: features, embeddings, stacking, two dense layers, a score."""
    user, movie = keras.Input((), name="user", dtype="int32"), keras.Input((), name="movie", dtype="int32")
    user_genres = keras.Input((USER_GENRES,), name="user_genres", dtype="int32")
    movie_genres = keras.Input((MOVIE_GENRES,), name="movie_genres", dtype="int32")
    user_numbers, movie_numbers = keras.Input((3,), name="user_numbers"), keras.Input((4,), name="movie_numbers")
    flat = keras.layers.Flatten
    stacked = keras.layers.Concatenate()(
        [
            keras.layers.Embedding(user_count + 1, EMBEDDING, name="user_table")(user),
            flat()(keras.layers.Embedding(len(GENRES) + 1, EMBEDDING, name="user_genre_table")(user_genres)),
            user_numbers,
            keras.layers.Embedding(movie_count, EMBEDDING, name="movie_table")(movie),
            flat()(keras.layers.Embedding(len(GENRES) + 1, EMBEDDING, name="movie_genre_table")(movie_genres)),
            movie_numbers,
        ]
    )  # (examples, 63 + 44)
    hidden = keras.layers.Dense(HIDDEN, "relu", name="first")(stacked)
    hidden = keras.layers.Dense(HIDDEN, "relu", name="second")(hidden)
    like = keras.layers.Dense(1, "sigmoid", name="like")(hidden)
    return keras.Model([user, user_genres, user_numbers, movie, movie_genres, movie_numbers], like)


def training_people(corpus: Corpus, genres: NDArray[np.bool_]) -> People:
    """Return the person of each rating as they were just before it."""
    ids = corpus.user_rows + 1
    liked = genres[corpus.movie_rows] * corpus.likes[:, None]  # (ratings, genres)
    before = np.stack([np.ones(len(ids)), corpus.stars, corpus.stars**2], axis=1, dtype=np.float64)
    counts, sums, squares = _sums_before(before, corpus).T
    means = sums / np.maximum(counts, 1)
    deviations = np.sqrt(np.maximum(squares / np.maximum(counts, 1) - means**2, 0))
    best = first_genres(_sums_before(liked.astype(np.float64), corpus), USER_GENRES)
    return People(ids, best, np.stack([counts, means, deviations], axis=1).astype(np.float32))


def movie_numbers(corpus: Corpus) -> NDArray[np.float32]:
    """Return year, count, mean and deviation of each movie's stars.  (movies, 4)"""
    statistics, size = count_statistics(corpus), len(corpus.movies)
    squares = np.bincount(corpus.movie_rows, weights=corpus.stars.astype(np.float64) ** 2, minlength=size)
    counts = np.maximum(statistics.ratings, 1)
    means = statistics.star_sums / counts
    deviations = np.sqrt(np.maximum(squares / counts - means**2, 0))
    years = [movie.year or DEFAULT_YEAR for movie in corpus.movies]
    return np.stack([years, statistics.ratings, means, deviations], axis=1).astype(np.float32)


def first_genres(weights: NDArray[np.float64], count: int) -> NDArray[np.int32]:
    """Return the ids of the heaviest genres of each row, 0 where there is none.  (rows, count)"""
    order = np.argsort(-weights, axis=1, kind="stable")[:, :count]
    there = np.take_along_axis(weights, order, axis=1) > 0
    return np.where(there, order + 1, NO_GENRE).astype(np.int32)


def _sums_before(values: NDArray[np.float64], corpus: Corpus) -> NDArray[np.float64]:
    """Return each person's running sums before each of their ratings.  (ratings, columns)"""
    running = np.cumsum(values, axis=0) - values
    return running - np.repeat(running[corpus.starts[:-1]], np.diff(corpus.starts), axis=0)


def _stacked(ids: NDArray[Any], genres: NDArray[Any], numbers: NDArray[Any]) -> NDArray[np.float32]:
    return np.concatenate([ids, genres.reshape(len(ids), -1), numbers], axis=1, dtype=np.float32)


# Five epochs at Adam's own rate are what is taught, in batches of 12; 64 take a third of the time, and on fold 0's
# validation people their NDCG is .024 for .026: far below every other ranker either way.
COURSES = RankerEntry(Courses, [{"rate": 0.001, "batch": 64, "epochs": 5}])
COURSES_RERANKING = RankerEntry(
    CoursesReranking, [{"rate": 0.001, "batch": 256, "epochs": epochs} for epochs in (2, 5)]
)
