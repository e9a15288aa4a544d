"""A true reason for each film of a list: what was liked or chosen, and makes it likelier to be liked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.data.catalogue import Catalogue
from recommender.domain import Because, MovieId, Profile, Rating
from recommender.ranking.features import LONGEST_HISTORY

# What is cited must lower the film's chance of a like by a point of a hundred, were it taken away: less is no reason.
LEAST_DROP: Final = 0.01
# A rating is cited only where it is among so many that matter most to the film.
MOST_RATINGS: Final = 3

# Chances of a like of films for variants of one profile: (variants, films).
Chances = Callable[[Sequence[Profile], NDArray[np.int64]], NDArray[np.floating]]
# The same for one profile without each of its newest LONGEST_HISTORY ratings that a ranker knows: (ratings, films).
ChancesWithout = Callable[[Profile, NDArray[np.int64]], NDArray[np.floating]]


def reasons(
    profile: Profile,
    rows: NDArray[np.int64],
    catalogue: Catalogue,
    popular_with: NDArray[np.floating],
    chances: Chances,
    chances_without: ChancesWithout,
) -> list[Because]:
    """Return why each film is in somebody's list, as far as that is true.

    A liked film of its kind whose removal lowers the film's chance by LEAST_DROP at least and is among the MOST_RATINGS
    that move it most; else a chosen genre of its own whose removal does as much; else a chosen genre of its own whose
    choosers like the film more than others do; else nothing. Removals are runs of the model itself.

    Args:
        rows: the films to explain.  (films,)
        popular_with: by how much likelier than others the choosers of each chosen genre, in the order of the profile,
            are to like each film, a log ratio.  (chosen genres, films)
        chances: chances of a like for variants of the profile.
        chances_without: the same without each rating.
    """
    ratings = _that_count(profile, catalogue)
    if ratings and profile.asked_at is None:  # who takes a rating back asks no earlier
        profile = replace(profile, asked_at=profile.ratings[-1].rated_at)
    found = chances([profile, *_without_a_genre(profile)], rows)  # (1 + chosen genres, films)
    by_genre = found[0] - found[1:]  # (chosen genres, films)
    by_rating = found[0] - chances_without(profile, rows) if ratings else by_genre[:0]  # (ratings, films)
    return [
        _by_rating(ratings, int(row), by_rating[:, film], catalogue)
        or _by_genre(profile, int(row), by_genre[:, film], popular_with[:, film], catalogue)
        for film, row in enumerate(rows)
    ]


def _that_count(profile: Profile, catalogue: Catalogue) -> list[Rating]:
    """Return the ratings that a ranker reads, so that a long history costs no more: others change nothing by going."""
    return [rating for rating in profile.ratings if rating.movie_id in catalogue.row_of][-LONGEST_HISTORY:]


def _without_a_genre(profile: Profile) -> list[Profile]:
    return [replace(profile, genres=tuple(one for one in profile.genres if one != genre)) for genre in profile.genres]


def _by_rating(
    ratings: Sequence[Rating], row: int, drops: NDArray[np.floating], catalogue: Catalogue
) -> Because | None:
    """Return the like that brought the film, or None.  drops: (ratings,)"""
    moving_most = np.argsort(-np.abs(drops), kind="stable")[:MOST_RATINGS]
    for place in sorted(moving_most, key=lambda place: -drops[place]):
        rating = ratings[place]
        if drops[place] >= LEAST_DROP and rating.stars.is_like and _is_alike(catalogue, row, rating.movie_id):
            return Because(movie_id=rating.movie_id)
    return None


def _by_genre(
    profile: Profile,
    row: int,
    drops: NDArray[np.floating],
    popular_with: NDArray[np.floating],
    catalogue: Catalogue,
) -> Because:
    """Return the chosen genre that brought the film, or whose choosers like it; else nothing.  (chosen genres,) each"""
    own = [place for place, genre in enumerate(profile.genres) if genre in catalogue.movies[row].genres]
    for place in sorted(own, key=lambda place: -drops[place]):
        if drops[place] >= LEAST_DROP:
            return Because(genre=profile.genres[place])
    for place in sorted(own, key=lambda place: -popular_with[place]):
        if popular_with[place] > 0:
            return Because(liked_with=profile.genres[place])
    return Because()


def _is_alike(catalogue: Catalogue, row: int, movie_id: MovieId) -> bool:
    """Return whether a film shares a genre with another: without, nobody would believe that it was brought by it."""
    other = catalogue.row_of.get(movie_id)
    return other is not None and bool((catalogue.genres[row] & catalogue.genres[other]).any())
