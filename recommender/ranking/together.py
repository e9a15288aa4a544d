"""Films for several people at once: average without misery over what each would like, and how alike two of them are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.data.catalogue import Catalogue
from recommender.domain import GENRES, LIKE, GroupPick, GroupRequest, Profile, require_positive
from recommender.ranking.lists import read_taste
from recommender.ranking.picking import LEAST_SHOWN, MOST_SHOWN, Scored, pick_list

# Films that the first stage hands on: as many as one person's candidates.
CANDIDATES: Final = 400
# How many times as many films are chosen as are listed, where those of one series fall out.
SPARE: Final = 3
# Who would put a film among the last quarter of the candidates is miserable with it (Masthoff 2004, "Group modeling",
# average without misery). A share and no chance: for who likes little every chance is low.
MISERY: Final = 0.25
# Best known films on which two people are compared. Halves of one person's ratings correlate by 0.53 there, those of
# two people by 0.16 (medians, 80 people of MovieLens); over the first stage's scores of all films by 0.97 and 0.95.
KNOWN: Final = 300
# Differences that are those of arithmetic.
NOTHING: Final = 1e-4
# Below everything that makes nobody miserable, the least miserable first.
_BELOW: Final = 1_000.0

# Scores, and chances of a like where they are known, of films by row.  (people, films) each
Judge = Callable[[NDArray[np.int64]], tuple[NDArray[np.floating], NDArray[np.floating] | None]]


@dataclass(frozen=True, slots=True, eq=False)
class Members:
    """Those who are to watch together.

    Attributes:
        first_scores: every film's score for each, as cheap as may be.  (people, movies)
        judge: scores films well.
    """

    profiles: Sequence[Profile]
    first_scores: NDArray[np.floating]
    judge: Judge


def choose_together(members: Members, k: int, request: GroupRequest, catalogue: Catalogue) -> list[GroupPick]:
    """Return at most k films for all of them, unlike one another."""
    require_positive(k)
    allowed = allowed_for_all(members.profiles, request, catalogue)
    rows = _candidates(members.first_scores, allowed, catalogue.mask(request.kept))
    if not len(rows):
        return []
    scores, chances = members.judge(rows)
    worth = average_without_misery(scores, scores if chances is None else chances)
    chosen = _chosen(rows, worth, k, request, catalogue)
    picks = [_pick(catalogue, rows, chances, place) for place in chosen]
    return sorted(picks, key=lambda pick: -(pick.fit or 0.0))


def allowed_for_all(profiles: Sequence[Profile], request: GroupRequest, catalogue: Catalogue) -> NDArray[np.bool_]:
    """Return which films nobody has put out of question.  (movies,)

    Raises:
        ValueError: nobody is there.
    """
    if not profiles:
        raise ValueError("films must be for somebody. Received: profiles=()")
    allowed = catalogue.matching(request.filters)
    met_by = np.zeros(len(catalogue), dtype=np.int64)  # (movies,)
    for profile in profiles:
        allowed &= ~(catalogue.with_genres(profile.excluded) | catalogue.mask(profile.hidden))
        met_by += catalogue.mask(rating.movie_id for rating in profile.ratings)
        disliked = (rating.movie_id for rating in profile.ratings if rating.stars < LIKE)
        allowed &= ~catalogue.mask(disliked)
    return allowed & (met_by < (len(profiles) if request.with_met else 1))


def average_without_misery(scores: NDArray[np.floating], liking: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return what films are worth to all: the mean of each one's scores, on a scale of their own.  (films,)

    Args:
        scores: what is averaged.  (people, films)
        liking: what tells who would be miserable; who sees no difference is miserable with nothing.  (people, films)
    """
    spread = scores.std(axis=1, keepdims=True)
    own = (scores - scores.mean(axis=1, keepdims=True)) / np.where(spread > 0, spread, 1.0)  # (people, films)
    stands_above = (liking[:, None, :] < liking[:, :, None]).mean(axis=2)  # (people, films), a share of the films
    worst = np.where(liking.std(axis=1, keepdims=True) > 0, stands_above, 1.0).min(axis=0)  # (films,)
    return np.asarray(np.where(worst >= MISERY, own.mean(axis=0), worst - _BELOW), dtype=np.float64)


def alikeness(one: NDArray[np.floating], other: NDArray[np.floating]) -> float | None:
    """Return how alike two people are: the correlation of what sets each apart from everybody.

    Args:
        one, other: by how much each film is worth more to them than to anybody.  (films,)
    """
    if min(one.std(), other.std()) < NOTHING:
        return None
    return float(np.corrcoef(one, other)[0, 1])


def _candidates(
    first_scores: NDArray[np.floating], allowed: NDArray[np.bool_], kept: NDArray[np.bool_]
) -> NDArray[np.int64]:
    rows = np.flatnonzero(allowed)
    if len(rows) <= CANDIDATES:
        return rows
    mean = first_scores.mean(axis=0)[rows]  # (allowed,)
    best = rows[np.argpartition(-mean, CANDIDATES)[:CANDIDATES]]
    return np.union1d(best, np.flatnonzero(kept & allowed))


def _chosen(
    rows: NDArray[np.int64], worth: NDArray[np.floating], k: int, request: GroupRequest, catalogue: Catalogue
) -> list[int]:
    """Return the places among `rows` of a list's films: first what is kept, then the best, unlike one another."""
    anyone = read_taste(np.zeros(len(GENRES), dtype=np.bool_), np.zeros((0, len(GENRES)), dtype=np.bool_))
    fresh = np.zeros(len(rows), dtype=np.int64)
    listed = pick_list(Scored(rows, worth, None, fresh), catalogue, anyone, k * (SPARE if request.series else 1))
    place_of = {int(row): place for place, row in enumerate(rows)}
    kept = [
        place for place in np.flatnonzero(catalogue.mask(request.kept)[rows]).tolist() if worth[place] > -_BELOW / 2
    ]
    kept.sort(key=lambda place: -worth[place])
    ranked = list(dict.fromkeys((*kept, *(place_of[pick.row] for pick in listed))))
    series = [request.series.get(catalogue.movies[rows[place]].id) for place in ranked]
    held = {name for name in series[: len(kept)] if name}
    return [*kept, *_one_of_each(ranked[len(kept) :], series[len(kept) :], held)][:k]


def _one_of_each(places: Sequence[int], series: Sequence[str | None], held: set[str]) -> Iterator[int]:
    """Yield places, of each series the first, and none of a series that is held."""
    for place, name in zip(places, series, strict=True):
        if name not in held:
            yield place
        if name:
            held.add(name)


def _pick(catalogue: Catalogue, rows: NDArray[np.int64], chances: NDArray[np.floating] | None, place: int) -> GroupPick:
    movie_id = catalogue.movies[rows[place]].id
    if chances is None:
        return GroupPick(movie_id)
    each = np.clip(chances[:, place], LEAST_SHOWN, MOST_SHOWN)  # (people,)
    return GroupPick(movie_id, float(each.mean()), float(each.min()), float(each.max()))
