"""What several people are to each other: their profiles for one screen, and on what two of them differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from statistics import fmean
from typing import Final

from bot.storage.tx import Tx
from recommender.domain import Movie, MovieId, Profile, UserId

# Of a genre that one of two has rated less often nothing is said.
ENOUGH: Final = 3
# By so many stars, each beside their own mean, two people differ on a genre.
APART: Final = 0.5
MOST_NAMED: Final = 2


def profile_together(tx: Tx, person: UserId, *, without_seen: bool) -> Profile:
    """Return a profile for a film with others: what is kept for later may come, what was seen if that is wanted."""
    barred = tx.marks.movies(person, "never") | tx.marks.movies(person, "not_now")
    seen = tx.marks.movies(person, "seen") if without_seen else frozenset()
    return replace(tx.ratings.profile(person), hidden=barred | seen | tx.twins.kept_by_gone().keys())


def differences(one: Profile, other: Profile, movies: Mapping[MovieId, Movie]) -> tuple[list[str], list[str]]:
    """Return the genres that the first likes more than the second, and the other way round, the farthest apart first.

    Where too little is rated, chosen genres speak: what one chose and the other did not.
    """
    ours, theirs = _likings(one, movies), _likings(other, movies)
    apart = {genre: ours[genre] - theirs[genre] for genre in ours.keys() & theirs.keys()}
    more = sorted((genre for genre in apart if apart[genre] >= APART), key=lambda genre: -apart[genre])
    less = sorted((genre for genre in apart if apart[genre] <= -APART), key=lambda genre: apart[genre])
    if not apart:
        more = [genre for genre in one.genres if genre not in other.genres]
        less = [genre for genre in other.genres if genre not in one.genres]
    return more[:MOST_NAMED], less[:MOST_NAMED]


def _likings(profile: Profile, movies: Mapping[MovieId, Movie]) -> dict[str, float]:
    """Return by how many stars each genre with enough ratings is above the person's own mean."""
    stars = defaultdict[str, list[float]](list)
    for rating in profile.ratings:
        for genre in movies[rating.movie_id].genres if rating.movie_id in movies else ():
            stars[genre].append(rating.stars.value)
    if not stars:
        return {}
    usual = fmean(rating.stars.value for rating in profile.ratings)
    return {genre: fmean(given) - usual for genre, given in stars.items() if len(given) >= ENOUGH}
