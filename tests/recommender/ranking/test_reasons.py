"""The reasons for each film, over scorers whose answers are known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from recommender.data.catalogue import Catalogue
from recommender.domain import GENRES, Because, MovieId, Profile
from recommender.ranking.reasons import MOST_TRIED, reasons
from tests.recommender.contract import FIRST_ID, rated
from tests.recommender.toys import toy_movies

CATALOGUE = Catalogue(toy_movies(36))
LISTED = np.array([30, 31])


def explained(profile: Profile, weights: NDArray[np.float64]) -> list[Because]:
    """Explain a linear scorer: each liked row and chosen genre adds its weight to both listed films."""

    def score(profiles: Sequence[Profile], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        return np.array([[_total(one, weights)] * len(rows) for one in profiles], dtype=np.float32)

    closeness = np.zeros((len(profile.ratings), len(LISTED)), dtype=np.float32)
    return reasons(profile, LISTED, CATALOGUE, closeness, score)


def _total(profile: Profile, weights: NDArray[np.float64]) -> float:
    genres = [weights[-1 - GENRES.index(genre)] for genre in profile.genres]
    return float(sum(weights[rating.movie_id - FIRST_ID] for rating in profile.ratings) + sum(genres))


def test_cites_the_liked_film_that_adds_most() -> None:
    weights = np.zeros(36)
    weights[[1, 2]] = 0.5, 0.9
    assert explained(rated((1, 5.0), (2, 4.0), (3, 4.5)), weights) == [Because(movie_id=MovieId(FIRST_ID + 2))] * 2


def test_never_cites_a_disliked_film() -> None:
    weights = np.zeros(36)
    weights[1] = 0.5
    assert explained(rated((1, 2.0), (3, 4.5)), weights) == [Because()] * 2


def test_cites_a_chosen_genre_only_for_a_film_that_has_it() -> None:
    weights = np.zeros(36)
    own = CATALOGUE.movies[30].genres[0]
    weights[-1 - GENRES.index(own)] = 0.7
    assert explained(Profile(genres=(own,)), weights) == [Because(genre=own), Because()]


def test_gives_no_reason_where_nothing_helped() -> None:
    weights = np.full(36, -1.0)
    assert explained(rated((1, 5.0), genres=("Drama",)), weights) == [Because()] * 2


@given(
    st.dictionaries(st.integers(0, 17), st.sampled_from([1.0, 3.0, 4.0, 5.0])),
    st.lists(st.sampled_from(GENRES[:6]), max_size=4, unique=True),
    st.integers(0, 2**32 - 1),
)
def test_what_is_cited_lowers_the_score_when_it_goes(ratings: dict[int, float], genres: list[str], seed: int) -> None:
    profile, weights = rated(*ratings.items(), genres=tuple(genres)), np.random.default_rng(seed).normal(size=36)
    for because in explained(profile, weights):
        if because.movie_id is not None:
            assert weights[because.movie_id - FIRST_ID] > 0
            assert because.movie_id in {rating.movie_id for rating in profile.ratings if rating.stars.is_like}
        if because.genre is not None:
            assert weights[-1 - GENRES.index(because.genre)] > 0
            assert because.genre in profile.genres


def test_a_long_history_is_tried_where_it_is_closest() -> None:
    profile = rated(*((row, 5.0) for row in range(29)))
    closeness = np.zeros((29, 2), dtype=np.float32)
    closeness[[4, 9], [0, 1]] = 1.0
    runs: list[int] = []

    def score(profiles: Sequence[Profile], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        runs.append(len(profiles))
        return np.array([[_of(one, 4), _of(one, 9)] for one in profiles], dtype=np.float32)

    assert reasons(profile, LISTED, CATALOGUE, closeness, score) == [
        Because(movie_id=MovieId(FIRST_ID + 4)),
        Because(movie_id=MovieId(FIRST_ID + 9)),
    ]
    assert runs == [1 + MOST_TRIED]


def _of(profile: Profile, row: int) -> float:
    return float(any(rating.movie_id == FIRST_ID + row for rating in profile.ratings))
