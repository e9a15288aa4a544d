"""A true reason for each film of a list: what was liked or chosen, and brings it nearer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from recommender.data.catalogue import Catalogue
from recommender.domain import GENRES, Because, Profile, Rating
from recommender.ranking.features import LONGEST_HISTORY

# What is cited must lower the film's chance of a like by a point of a hundred, or its place among what the list is
# chosen from by ten, were it taken away: less is no reason.
LEAST_DROP: Final = 0.01
LEAST_PLACES: Final = 10
# A rating is cited only where it is among so many that move the film's chance most.
MOST_RATINGS: Final = 3
# The best of what a list is chosen from, among which places are counted; those that films further below take are passed
# over. Of 1,500 lines that and NEAR changed the reason of none, and of 6 with the dial at hidden gems.
RIVALS: Final = 30
# A film whose score, a log, stays farther than that above the one ten places below is not looked at: of 28,828 removals
# 74 cost ten places, and none of them left a film more than .012 above that one.
NEAR: Final = 0.1
# Scores told at once differ from scores told one by one in the last bit of half precision: only more is a place.
CLEARLY: Final = 1e-3


class Outcomes(NamedTuple):
    """What a model makes of films for several people.

    Attributes:
        scores: that lists are chosen by.  (people, films)
        chances: of a like.  (people, films)
    """

    scores: NDArray[np.floating]
    chances: NDArray[np.floating]


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """The films of a list, and the best of those that it was chosen from.

    Attributes:
        rows: the films of the list.  (films,)
        chances: of a like.  (films,)
        rivals: the best first.  (rivals,)
        scores: of the rivals, that the list was chosen by.  (rivals,)
    """

    rows: NDArray[np.int64]
    chances: NDArray[np.floating]
    rivals: NDArray[np.int64]
    scores: NDArray[np.floating]

    @property
    def bars(self) -> NDArray[np.floating]:
        """Return the score of the rival LEAST_PLACES below each film; minus infinity where there is none.  (films,)"""
        stands = self.rows[:, None] == self.rivals[: max(0, len(self.rivals) - LEAST_PLACES)]  # (films, rivals)
        return np.asarray(np.where(stands, self.scores[LEAST_PLACES:], -np.inf).max(axis=1, initial=-np.inf))

    def places_lost(self, scores: NDArray[np.floating]) -> NDArray[np.int64]:
        """Return how many places the films lose when the rivals' scores are others; at least so many among all films.

        Args:
            scores: (cases, rivals)

        Returns: (cases, films); for films that are no rivals it means nothing.
        """
        at = (self.rows[:, None] == self.rivals).argmax(axis=1)  # (films,)
        return np.asarray((scores[:, None, :] > scores[:, at, None] + CLEARLY).sum(axis=2) - at)


# Outcomes of films for somebody without each of some of their ratings, or of their genres.
Without = Callable[[Sequence[int], NDArray[np.int64]], Outcomes]


@dataclass(frozen=True, slots=True)
class Model:
    """What tells its outcomes for somebody of whom less is known.

    Attributes:
        without_ratings: by place among the newest LONGEST_HISTORY that it knows.
        without_genres: by place among the chosen ones.
        shared: what makes two films, by their rows, most alike; None for nothing that could be said.
    """

    without_ratings: Without
    without_genres: Without
    shared: Callable[[int, int], str | None]


def field_of(
    rows: NDArray[np.int64],
    chances: NDArray[np.floating],
    contenders: NDArray[np.int64],
    scores: NDArray[np.floating],
) -> Field:
    """Return the field of a list.

    Args:
        rows, chances: of the list.  (films,) each
        contenders, scores: of what it was chosen from.  (contenders,) each
    """
    best = np.argsort(-scores, kind="stable")[:RIVALS]
    return Field(rows, chances, contenders[best], scores[best])


def reasons(
    profile: Profile, field: Field, catalogue: Catalogue, popular_with: NDArray[np.floating], model: Model
) -> list[Because]:
    """Return why each film is in somebody's list, as far as that is true.

    A liked film of its kind whose removal lowers the film's chance by LEAST_DROP at least, or its place by
    LEAST_PLACES, and is among the MOST_RATINGS that move its chance most; else a chosen genre of its own whose removal
    does as much; else a chosen genre of its own whose choosers like the film more than others do; else nothing.
    Removals are runs of the model itself. A liked film is cited with what the two share, as far as that can be said.

    Args:
        popular_with: by how much likelier than others the choosers of each chosen genre, in the order of the profile,
            are to like each film, a log ratio.  (chosen genres, films)
    """
    ratings = _that_count(profile, catalogue)
    rows = catalogue.rows(rating.movie_id for rating in ratings)  # (ratings,)
    films, search = catalogue.genres[field.rows], _Search(field)  # films: (films, genres)
    own = films[:, [GENRES.index(genre) for genre in profile.genres]].T  # (chosen genres, films)
    are_likes = np.array([rating.stars.is_like for rating in ratings], dtype=np.bool_)
    # A film of another kind is no reason: nobody would believe that it brought this one.
    alike = (catalogue.genres[rows][:, None] & films).any(axis=2) & are_likes[:, None]  # (ratings, films)
    by_rating = search.run(model.without_ratings, alike, most=MOST_RATINGS)
    by_genre = search.run(model.without_genres, own, most=len(own))
    return [
        Because(movie_id=ratings[rating].movie_id, shared=model.shared(int(field.rows[film]), int(rows[rating])))
        if rating is not None
        else Because(genre=profile.genres[genre])
        if genre is not None
        else _liked_with(profile, own[:, film], popular_with[:, film])
        for film, (rating, genre) in enumerate(zip(by_rating, by_genre, strict=True))
    ]


def _that_count(profile: Profile, catalogue: Catalogue) -> list[Rating]:
    """Return the ratings that a ranker reads, so that a long history costs no more: others change nothing by going."""
    return [rating for rating in profile.ratings if rating.movie_id in catalogue.row_of][-LONGEST_HISTORY:]


def _liked_with(profile: Profile, own: NDArray[np.bool_], popular_with: NDArray[np.floating]) -> Because:
    """Return the film's own chosen genre whose choosers like it most beyond others; else nothing.

    (chosen genres,) each
    """
    best = max(np.flatnonzero(own), key=lambda place: popular_with[place], default=None)
    return Because() if best is None or popular_with[best] <= 0 else Because(liked_with=profile.genres[best])


class _Search:
    """Looks for what holds, for the films of a field for which nothing is found yet."""

    def __init__(self, field: Field) -> None:
        self._field = field
        self._open = np.ones(len(field.rows), dtype=np.bool_)  # (films,)

    def run(self, without: Without, may: NDArray[np.bool_], *, most: int) -> list[int | None]:
        """Return for each open film the place of what holds and lowers its chance most, among so many that move it.

        By chances first, then by places where no chance tells.

        Args:
            may: what may be cited for which film.  (removals, films)
        """
        field, asked = self._field, range(len(may)) if (may & self._open).any() else range(0)
        if not asked:
            return [None] * len(field.rows)
        told = without(asked, field.rows)
        drops = field.chances - told.chances  # (removals, films)
        may = may & self._open & _among(drops, most)
        holds = may & (drops >= LEAST_DROP)
        unsure = may & ~holds.any(axis=0) & (told.scores - field.bars < NEAR)
        places = np.flatnonzero(unsure.any(axis=1))
        if len(places):
            lost = field.places_lost(without(places.tolist(), field.rivals).scores)
            holds[places] |= unsure[places] & (lost >= LEAST_PLACES)
        found = np.asarray(holds.any(axis=0))  # (films,)
        self._open &= ~found
        best = np.where(holds, drops, -np.inf).argmax(axis=0)  # (films,)
        return [place if held else None for place, held in zip(best.tolist(), found.tolist(), strict=True)]


def _among(drops: NDArray[np.floating], most: int) -> NDArray[np.bool_]:
    """Return which removals are among the first of each film by how far they move it.  (removals, films)"""
    among = np.zeros(drops.shape, dtype=np.bool_)
    np.put_along_axis(among, np.argsort(-np.abs(drops), axis=0, kind="stable")[:most], True, axis=0)
    return among
