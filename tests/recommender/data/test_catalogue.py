from __future__ import annotations

import numpy as np

from recommender.data.catalogue import Catalogue
from recommender.domain import GENRES, Filters, Movie, MovieId, Profile
from tests.recommender.contract import rated
from tests.recommender.toys import toy_movies

MOVIES = [
    Movie(MovieId(1), "Old War", 1950, ("Drama", "War")),
    Movie(MovieId(2), "New Laugh", 2010, ("Comedy",)),
    Movie(MovieId(3), "Undated", None, ("Comedy", "Drama")),
    Movie(MovieId(4), "Nothing", 2010, ()),
]


def test_rows_leave_out_movies_it_does_not_have() -> None:
    assert Catalogue(MOVIES).rows([MovieId(3), MovieId(77), MovieId(1)]).tolist() == [2, 0]


def test_genres_stand_in_their_columns() -> None:
    genres = Catalogue(MOVIES).genres
    assert genres[:, GENRES.index("Comedy")].tolist() == [False, True, True, False]
    assert genres.sum() == 5


def test_matches_any_of_the_wanted_genres_and_none_of_the_unwanted() -> None:
    catalogue = Catalogue(MOVIES)
    assert catalogue.matching(Filters()).all()
    assert catalogue.matching(Filters(genres_in=frozenset({"War", "Comedy"}))).tolist() == [True, True, True, False]
    assert catalogue.matching(Filters(genres_out=frozenset({"Drama"}))).tolist() == [False, True, False, True]


def test_matches_all_of_the_genres_wanted_together() -> None:
    catalogue = Catalogue(MOVIES)
    both = catalogue.matching(Filters(genres_all=frozenset({"War", "Comedy"}))).tolist()
    assert both == [{"War", "Comedy"} <= set(movie.genres) for movie in MOVIES]
    assert catalogue.matching(Filters(genres_all=frozenset({"Drama"}))).tolist() == [True, False, True, False]


def test_matches_movies_that_are_named_and_none_that_are_left_out() -> None:
    catalogue, known = Catalogue(MOVIES), frozenset({MovieId(2), MovieId(3), MovieId(77)})
    assert catalogue.matching(Filters(among=known)).tolist() == [False, True, True, False]
    assert catalogue.matching(Filters(among=frozenset())).tolist() == [False] * 4
    assert catalogue.matching(Filters(apart=known)).tolist() == [True, False, False, True]


def test_an_unknown_year_passes_no_year_filter() -> None:
    catalogue = Catalogue(MOVIES)
    assert catalogue.matching(Filters(year_from=2000)).tolist() == [False, True, False, True]
    assert catalogue.matching(Filters(year_to=2000)).tolist() == [True, False, False, False]


def test_unmet_are_all_but_the_rated_hidden_and_skipped() -> None:
    catalogue = Catalogue(toy_movies(6))
    profile = rated((0, 4.0), hidden=frozenset({MovieId(103), MovieId(9_999)}))
    assert np.flatnonzero(catalogue.unmet(profile, frozenset({MovieId(105)}))).tolist() == [1, 2, 4]
    assert catalogue.unmet(Profile()).all()
