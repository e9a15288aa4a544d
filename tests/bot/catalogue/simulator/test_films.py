"""What is known of films as the simulator weighs it."""

from __future__ import annotations

import numpy as np

from bot.catalogue.simulator.films import UNKNOWN_ACCLAIM, describe_films
from bot.catalogue.starter import load_starter_films
from recommender.domain import Movie, MovieId

KNOWN = {film.movie.id: film for film in load_starter_films()}


def test_popularity_and_acclaim_are_the_films_own() -> None:
    by_popularity = sorted(KNOWN.values(), key=lambda film: film.popularity)
    films = describe_films([film.movie for film in by_popularity], KNOWN)
    assert (np.diff(films.log_share) >= 0).all()
    assert films.acclaim.tolist() == [film.acclaim for film in by_popularity]


def test_films_share_a_feature_where_they_share_who_made_them() -> None:
    wanted = ("Pulp Fiction", "Jackie Brown", "Finding Nemo")
    movies = [film.movie for title in wanted for film in KNOWN.values() if film.movie.title == title]
    films = describe_films(movies, KNOWN)
    shared = films.features @ films.features.T  # (features, features)
    assert len(shared) > 3
    alike = (films.features > 0).astype(int).T @ (films.features > 0)  # (movies, movies)
    assert alike[0, 1] >= 4  # the director, an actor, genres and tags
    assert max(alike[0, 2], alike[1, 2]) <= 1


def test_a_film_of_which_nothing_is_known_has_its_genres_alone() -> None:
    movies = [Movie(MovieId(500_000 + place), f"Film {place}", None, ("Drama",)) for place in range(3)]
    films = describe_films(movies, KNOWN)
    assert films.features.shape == (1, 3)
    assert (films.acclaim == UNKNOWN_ACCLAIM).all()
    assert (films.log_share < describe_films([KNOWN[MovieId(1)].movie], KNOWN).log_share).all()
    assert not films.for_family.any()
    assert not films.for_adults.any()


def test_each_film_bears_the_features_that_it_has() -> None:
    films = describe_films([film.movie for film in KNOWN.values()], KNOWN)
    for row in (0, 100, 2000):
        borne = films.borne[row][films.borne[row] >= 0]
        assert sorted(borne) == np.flatnonzero(films.features[:, row]).tolist()
