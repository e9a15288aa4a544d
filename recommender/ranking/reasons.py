"""A true reason for each film of a list: what was liked or chosen, and lowers the film's score when it is removed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.data.catalogue import Catalogue
from recommender.domain import Because, MovieId, Profile

# Liked films tried as reasons: each costs a run of the network over the list.
MOST_TRIED: Final = 12
# A removal that lowers a logit by less is rounding.
LEAST_DROP: Final = 1e-4

# Scores of films for variants of one profile: (variants, films).
ScoreProfiles = Callable[[Sequence[Profile], NDArray[np.int64]], NDArray[np.float32]]


def reasons(
    profile: Profile,
    rows: NDArray[np.int64],
    catalogue: Catalogue,
    closeness: NDArray[np.floating],
    score: ScoreProfiles,
) -> list[Because]:
    """Return for each film the liked film, or else the chosen genre it has, whose removal lowers its score most.

    What is removed lowers the score for certain: each reason is a leave-one-out run of the model itself. Only the liked
    films closest to the list are tried.

    Args:
        rows: the films to explain.  (films,)
        closeness: how much each rating, in the order of the profile, speaks for each film.  (ratings, films)
        score: scores films for variants of the profile.
    """
    liked = _closest(profile, closeness)
    variants = [profile, *(_without(profile, movie) for movie in liked)]
    variants += [replace(profile, genres=_others(profile.genres, genre)) for genre in profile.genres]
    scores = score(variants, rows)  # (variants, films)
    drops = np.where(scores[0] - scores[1:] > LEAST_DROP, scores[0] - scores[1:], 0)  # (variants - 1, films)
    genres = [catalogue.movies[row].genres for row in rows]
    return [_reason(drops[:, film], liked, profile.genres, genres[film]) for film in range(len(rows))]


def _closest(profile: Profile, closeness: NDArray[np.floating]) -> list[MovieId]:
    """Return the liked films to try: the closest to each film first, the newest among equals, at most MOST_TRIED."""
    liked = [place for place, rating in enumerate(profile.ratings) if rating.stars.is_like][::-1]
    if len(liked) <= MOST_TRIED:
        return [profile.ratings[place].movie_id for place in liked]
    order = np.argsort(-closeness[liked], axis=0, kind="stable")  # (liked, films)
    chosen = list(dict.fromkeys(order.ravel().tolist()))[:MOST_TRIED]
    return [profile.ratings[liked[place]].movie_id for place in chosen]


def _without(profile: Profile, movie_id: MovieId) -> Profile:
    return replace(profile, ratings=tuple(rating for rating in profile.ratings if rating.movie_id != movie_id))


def _others(genres: Sequence[str], genre: str) -> tuple[str, ...]:
    return tuple(other for other in genres if other != genre)


def _reason(
    drops: NDArray[np.floating], liked: Sequence[MovieId], chosen: Sequence[str], genres: Sequence[str]
) -> Because:
    by_movie = drops[: len(liked)]
    if by_movie.any():
        return Because(movie_id=liked[int(by_movie.argmax())])
    fitting = [(float(drop), genre) for drop, genre in zip(drops[len(liked) :], chosen, strict=True) if genre in genres]
    drop, genre = max(fitting, default=(0.0, ""))
    return Because(genre=genre) if drop else Because()
