from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from recommender.data.corpus import TIE_SEED, Corpus, build_corpus, corpus_digest
from recommender.errors import CorpusError
from tests.recommender.movielens import movielens
from tests.recommender.toys import toy_movies


def corpus_of(rows: list[tuple[int, int, float, int]], movie_count: int = 5) -> Corpus:
    """Build from (user id, movie row, stars, time)."""
    users, movies, stars, times = np.array(rows, dtype=np.float64).reshape(-1, 4).T
    ids = movies.astype(np.int64) + 100
    return build_corpus(toy_movies(movie_count), users.astype(np.int64), ids, stars, times.astype(np.int64))


def test_people_are_sorted_and_their_ratings_in_time_order() -> None:
    corpus = corpus_of([(9, 0, 4, 50), (2, 3, 5, 20), (9, 1, 3, 10), (2, 2, 1, 30)])
    assert corpus.user_ids.tolist() == [2, 9]
    assert corpus.movie_rows.tolist() == [3, 2, 1, 0]
    assert corpus.stars[corpus.of_user(1)].tolist() == [3, 4]
    assert corpus.user_rows.tolist() == [0, 0, 1, 1]


def test_equal_times_follow_the_written_generator() -> None:
    corpus = corpus_of([(1, row, 4, 10) for row in range(5)])
    assert corpus.movie_rows.tolist() == np.argsort(np.random.default_rng(TIE_SEED).random(5)).tolist()


def test_a_second_rating_replaces_the_first() -> None:
    assert corpus_of([(1, 0, 2, 20), (1, 1, 3, 15), (1, 0, 5, 10)]).stars.tolist() == [3, 2]


@pytest.mark.parametrize("rows", range(2, 8))
def test_of_two_ratings_at_one_time_the_later_in_the_file_holds(rows: int) -> None:
    ratings = [(1, 0, stars / 2, 10) for stars in range(1, rows)]
    assert corpus_of(ratings).stars.tolist() == [(rows - 1) / 2]


def test_some_people_alone_keep_their_ratings_and_all_movies() -> None:
    corpus = corpus_of([(1, 0, 4, 1), (2, 1, 3, 1), (2, 2, 2, 2), (3, 3, 1, 1)]).only(np.array([2, 1]))
    assert corpus.user_ids.tolist() == [2, 3]
    assert corpus.movie_rows.tolist() == [1, 2, 3]
    assert len(corpus.movies) == 5


def test_refuses_what_cannot_be_learned_from() -> None:
    with pytest.raises(CorpusError, match=r"Received: 5 movies, 0 ratings"):
        corpus_of([])
    with pytest.raises(CorpusError, match=r"steps of 0.5. Received: 5.5"):
        corpus_of([(1, 0, 5.5, 1)])
    with pytest.raises(CorpusError, match=r"Received: movie 107"):
        corpus_of([(1, 7, 5, 1)])


def test_digest_changes_with_any_rating_and_only_then() -> None:
    rows = [(1, 0, 4.0, 1), (2, 1, 3.0, 1)]
    assert corpus_digest(corpus_of(rows)) == corpus_digest(corpus_of(rows))
    assert corpus_digest(corpus_of(rows)) != corpus_digest(corpus_of([(1, 0, 4.5, 1), (2, 1, 3.0, 1)]))


@pytest.mark.movielens
def test_movielens_order_is_the_one_computed_rating_by_rating() -> None:
    corpus = movielens()
    columns = np.loadtxt(Path(os.environ["REELMATE_MOVIELENS"], "ratings.csv"), delimiter=",", skiprows=1)
    tie = np.random.default_rng(7).random(len(columns))
    order = sorted(range(len(columns)), key=lambda place: (columns[place, 0], columns[place, 3], tie[place]))
    ids = np.array([movie.id for movie in corpus.movies])
    assert (ids[corpus.movie_rows] == columns[order, 1]).all()
    assert (corpus.stars == columns[order, 2]).all()
