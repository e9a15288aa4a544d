"""What turns scores into a list for a person: diversity, a wildcard, and a true reason for each film."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.catalogue import Catalogue
from recommender.domain import Because, MovieId, Profile

# How much score a film loses for sharing all its genres with one already listed (MMR, Carbonell and Goldstein 1998).
SAMENESS_WEIGHT: Final = 0.15
# How far down the ranking diversity may reach, per place of the list.
REACH: Final = 4
# Lists this long end with a wildcard.
WILDCARD_LENGTH: Final = 5
# A wildcard that they would more likely dislike is no treat.
LEAST_CHANCE: Final = 0.5

# Liked films tried as reasons: each costs a run of the network over the list.
MOST_TRIED: Final = 12
# A removal that lowers a logit by less is rounding.
LEAST_DROP: Final = 1e-4

# Scores of films for variants of one profile: (variants, films).
ScoreProfiles = Callable[[Sequence[Profile], NDArray[np.int64]], NDArray[np.float32]]


def diversify(
    scores: NDArray[np.floating],
    genres: NDArray[np.bool_],
    k: int,
    *,
    sameness_weight: float = SAMENESS_WEIGHT,
    reach: int = REACH,
) -> list[int]:
    """Return the places of k films, best first, each as good and as unlike those before as can be.

    Args:
        scores: (films,)
        genres: (films, genres)
        sameness_weight, reach: instead of a list's SAMENESS_WEIGHT and REACH.
    """
    waiting = [int(place) for place in np.argsort(-scores, kind="stable")[: k * reach]]
    picked: list[int] = []
    closest = np.zeros(len(scores))  # similarity of each film to the most similar one picked
    while waiting and len(picked) < k:
        best = max(waiting, key=lambda place: scores[place] - sameness_weight * closest[place])
        waiting.remove(best)
        picked.append(best)
        closest = np.maximum(closest, _jaccard(genres[best], genres))
    return picked


def wildcard(
    chances: NDArray[np.floating], familiarity: NDArray[np.floating], unusual: NDArray[np.bool_], taken: Sequence[int]
) -> int | None:
    """Return the place of a film off the person's paths that they would probably like all the same.

    Args:
        chances: how probably each is liked.  (films,)
        familiarity: how known each is.  (films,)
        unusual: which have none of the person's genres.  (films,)
        taken: places already in the list.
    """
    open_places = unusual & (familiarity < np.median(familiarity)) & (chances >= LEAST_CHANCE)
    open_places[list(taken)] = False
    places = np.flatnonzero(open_places)
    return int(places[chances[places].argmax()]) if len(places) else None


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


def _jaccard(one: NDArray[np.bool_], many: NDArray[np.bool_]) -> NDArray[np.float64]:
    union = (many | one).sum(axis=1)
    return np.asarray(np.divide((many & one).sum(axis=1), union, out=np.zeros(len(many)), where=union > 0))
