"""What turns scores into a list for a person: diversity, a wildcard, and a true reason for each film."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.catalogue import Catalogue
from recommender.domain import GENRES, Because
from recommender.features import Person

# How much score a film loses for sharing all its genres with one already listed (MMR, Carbonell and Goldstein 1998).
SAMENESS_WEIGHT: Final = 0.15
# How far down the ranking diversity may reach, per place of the list.
REACH: Final = 4
# Lists this long end with a wildcard.
WILDCARD_LENGTH: Final = 5

# Scores of films for variants of one person: (variants, films).
ScoreVariants = Callable[[Sequence[Person], NDArray[np.int64]], NDArray[np.float32]]


def diversify(scores: NDArray[np.floating], genres: NDArray[np.bool_], k: int) -> list[int]:
    """Return the places of k films, best first, each as good and as unlike those before as can be.

    Args:
        scores: (films,)
        genres: (films, genres)
    """
    waiting = [int(place) for place in np.argsort(-scores, kind="stable")[: k * REACH]]
    picked: list[int] = []
    closest = np.zeros(len(scores))  # similarity of each film to the most similar one picked
    while waiting and len(picked) < k:
        best = max(waiting, key=lambda place: scores[place] - SAMENESS_WEIGHT * closest[place])
        waiting.remove(best)
        picked.append(best)
        closest = np.maximum(closest, _jaccard(genres[best], genres))
    return picked


def wildcard(
    liking: NDArray[np.floating], familiarity: NDArray[np.floating], unusual: NDArray[np.bool_], taken: Sequence[int]
) -> int | None:
    """Return the place of a film off the person's paths that they would probably like all the same.

    Args:
        liking: how probably each is liked.  (films,)
        familiarity: how known each is.  (films,)
        unusual: which have none of the person's genres.  (films,)
        taken: places already in the list.
    """
    open_places = unusual & (familiarity < np.median(familiarity))
    open_places[list(taken)] = False
    places = np.flatnonzero(open_places)
    return int(places[liking[places].argmax()]) if len(places) else None


def reasons(person: Person, rows: NDArray[np.int64], catalogue: Catalogue, score: ScoreVariants) -> list[Because]:
    """Return for each film the liked film, or else the chosen genre it has, whose removal lowers its score most.

    What is removed lowers the score for certain: each reason is a leave-one-out run of the model itself.
    """
    liked = [int(place) for place in np.flatnonzero(person.likes)]
    chosen = [int(column) for column in np.flatnonzero(person.genres)]
    variants = [person, *map(person.without, liked), *map(person.without_genre, chosen)]
    scores = score(variants, rows)  # (variants, films)
    drops = scores[0] - scores[1:]  # (variants - 1, films)
    return [
        _reason(
            drops[:, film], [catalogue.movies[person.rows[place]].id for place in liked], chosen, catalogue.genres[row]
        )
        for film, row in enumerate(rows)
    ]


def _reason(
    drops: NDArray[np.floating], liked: Sequence[int], chosen: Sequence[int], genres: NDArray[np.bool_]
) -> Because:
    by_film, by_genre = drops[: len(liked)], drops[len(liked) :]
    if len(by_film) and by_film.max() > 0:
        return Because(movie_id=liked[int(by_film.argmax())])  # type: ignore[arg-type]  # MovieIds, as given
    fitting = [(float(drop), column) for drop, column in zip(by_genre, chosen, strict=True) if genres[column]]
    if fitting and max(fitting)[0] > 0:
        return Because(genre=GENRES[max(fitting)[1]])
    return Because()


def _jaccard(one: NDArray[np.bool_], many: NDArray[np.bool_]) -> NDArray[np.float64]:
    union = (many | one).sum(axis=1)
    return np.asarray(np.divide((many & one).sum(axis=1), union, out=np.zeros(len(many)), where=union > 0))
