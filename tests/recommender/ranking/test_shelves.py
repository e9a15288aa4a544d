"""Shelves over a catalogue whose groups are known."""

from __future__ import annotations

import numpy as np

from recommender.data.catalogue import Catalogue
from recommender.domain import Movie, MovieId, Profile
from recommender.ranking.shelves import choose_shelves

KINDS = ("Comedy", "War", "Horror", "Western", "Musical")
CATALOGUE = Catalogue([Movie(MovieId(row), f"Film {row}", 1990, (KINDS[row % 5],)) for row in range(50)])
KNOWN = np.linspace(9.0, 1.0, 50)


def test_films_of_a_shelf_go_together_and_shelves_differ() -> None:
    shelves = choose_shelves(Profile(), CATALOGUE, KNOWN)
    kinds = [{CATALOGUE.movies[movie_id].genres[0] for movie_id in shelf} for shelf in shelves]
    assert [len(shelf) for shelf in shelves] == [4] * 4
    assert [len(each) for each in kinds] == [1] * 4
    assert len(set().union(*kinds)) == 4
    assert shelves[0][0] == 0  # the best known film leads


def test_no_film_stands_on_two_shelves() -> None:
    films = [
        movie_id for shelf in choose_shelves(Profile(genres=("War", "Horror")), CATALOGUE, KNOWN) for movie_id in shelf
    ]
    assert len(set(films)) == 16
    assert {CATALOGUE.movies[movie_id].genres[0] for movie_id in films} == {"War", "Horror"}


def test_who_likes_what_parts_films_of_one_genre() -> None:
    films = Catalogue([Movie(MovieId(row), f"Film {row}", 1990, ("Drama",)) for row in range(20)])
    tastes = np.eye(5)[np.arange(20) % 5]
    for shelf in choose_shelves(Profile(), films, KNOWN[:20], tastes):
        assert len({movie_id % 5 for movie_id in shelf}) == 1


def test_nothing_excluded_or_rated_is_on_a_shelf_and_few_films_make_none() -> None:
    profile = Profile(excluded=frozenset({"War"}), hidden=frozenset({MovieId(0)}))
    films = {movie_id for shelf in choose_shelves(profile, CATALOGUE, KNOWN) for movie_id in shelf}
    assert not {movie_id for movie_id in films if movie_id % 5 == 1 or movie_id == 0}
    assert choose_shelves(Profile(genres=("War",)), CATALOGUE, KNOWN, None) == []
