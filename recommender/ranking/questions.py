"""Which films to ask a newcomer about: well known, of every chosen genre soon, unlike one another."""

from __future__ import annotations

from collections.abc import Set
from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.data.catalogue import Catalogue, genre_mask
from recommender.domain import MovieId, Profile, require_positive
from recommender.ranking.interests import genre_odds
from recommender.ranking.lists import likeness

# How much a question loses for having the very genres of one already asked; log counts differ by about as much.
QUESTION_SAMENESS_WEIGHT: Final = 1.0
# How much a question gains for being of the chosen genres alone: who chose them knows such films best.
FOCUS_WEIGHT: Final = 0.7
# By this card every chosen genre has been asked about: whoever stops soon shall have been asked about all they chose.
ALL_GENRES_BY: Final = 3
# By this card every genre that well known films have has been asked about, among films of the chosen ones: what
# somebody is after may be none of the broad genres that they chose.
EXPLORED_BY: Final = 7
# How many times fewer people may know a film of a genre that is asked about for its own sake, a log.
KNOWN_ENOUGH: Final = 4.0
# Where something is known of what answers teach, so many films are asked about before any that fewer people know.
WELL_KNOWN: Final = 150
LITTLE_KNOWN_PENALTY: Final = 10.0
# How much a question gains for each log of how much likelier its genres are to be liked, up to MOST_ODDS.
INTEREST_WEIGHT: Final = 3.0
MOST_ODDS: Final = 2.0
# Beside how many of the newest answers a question is held: who has rated hundreds has met the likes of everything.
LOOK_BACK: Final = 5


def choose_questions(
    profile: Profile,
    k: int,
    catalogue: Catalogue,
    known: NDArray[np.floating],
    *,
    teaching: NDArray[np.floating] | None = None,
    skipped: Set[MovieId] = frozenset(),
) -> list[MovieId]:
    """Return at most k of the best known movies of the chosen genres; of any genre where none of those is left.

    What was rated or skipped counts as asked already: the next question has a chosen genre that no earlier one had,
    then any that none had, and is of what was liked, and unlike the latest.

    Args:
        known: the log of how many people like this one know each movie, up to a constant.  (movies,)
        teaching: the log of what an answer about each would teach, up to a constant; None where nobody knows.

    Raises:
        ValueError: `k` is not positive.
    """
    require_positive(k)
    rows = askable(profile, catalogue, skipped)
    if not len(rows):
        return []
    genres, chosen = catalogue.genres[rows], genre_mask(profile.genres)  # (films, genres), (genres,)
    taught = 0.0 if teaching is None else teaching[rows]
    values = known[rows] + FOCUS_WEIGHT * _focus(genres, chosen) + taught  # (films,)
    interest = INTEREST_WEIGHT * _interest(profile, catalogue, rows, skipped)  # (films,)
    asked = catalogue.rows([*skipped, *(rating.movie_id for rating in profile.ratings)])
    is_known = _are_well_known(known[rows], len(rows) if teaching is None else WELL_KNOWN)  # (films,)
    values = values - LITTLE_KNOWN_PENALTY * ~is_known
    missing = ~catalogue.genres[asked].any(axis=0) & (chosen | genres[is_known].any(axis=0))  # (genres,)
    closest = np.zeros(len(rows))  # to the most similar film asked lately
    for row in catalogue.rows(rating.movie_id for rating in profile.ratings[-LOOK_BACK:]):
        closest = np.maximum(closest, likeness(catalogue.genres[row], genres))
    picked: list[int] = []
    for turn in range(len(asked), len(asked) + min(k, len(rows))):
        worth = values - QUESTION_SAMENESS_WEIGHT * closest
        if (missing & chosen).any():
            covers = _covers(genres, missing & chosen, ALL_GENRES_BY - turn)
        elif missing.any() and (turn < EXPLORED_BY or not interest.any()):
            covers = _covers(genres & is_known[:, None], missing, EXPLORED_BY - turn)
        else:
            covers, worth = np.ones(len(rows), dtype=np.bool_), worth + interest
        worth = np.where(covers, worth, -np.inf)
        best = int((worth if np.isfinite(worth).any() else values).argmax())
        picked.append(best)
        values[best] = -np.inf
        missing &= ~genres[best]
        closest = np.maximum(closest, likeness(genres[best], genres))
    return [catalogue.movies[row].id for row in rows[picked]]


def askable(profile: Profile, catalogue: Catalogue, skipped: Set[MovieId]) -> NDArray[np.int64]:
    """Return the rows of the films that somebody may be asked about: of chosen genres, while any is left.  (films,)"""
    allowed = catalogue.unmet(profile, skipped)
    fits = allowed & catalogue.with_genres(profile.genres)
    return np.flatnonzero(fits if fits.any() else allowed)


def _are_well_known(known: NDArray[np.floating], most: int) -> NDArray[np.bool_]:
    """Return which films are among so many best known, and not far less known than the best of these.  (films,)"""
    bar = np.partition(known, -most)[-most] if len(known) > most else -np.inf
    return np.asarray(known >= max(float(bar), float(known.max()) - KNOWN_ENOUGH))


def _focus(genres: NDArray[np.bool_], chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return which share of each film's genres was chosen: a film with one of them among five is hardly of it."""
    return np.asarray((genres & chosen).sum(axis=1) / np.maximum(1, genres.sum(axis=1)))


def _interest(
    profile: Profile, catalogue: Catalogue, rows: NDArray[np.int64], skipped: Set[MovieId]
) -> NDArray[np.float64]:
    """Return how much likelier each film's genres are than others to be known and liked, a mean log.  (films,)"""
    ratings = [rating for rating in profile.ratings if rating.movie_id in catalogue.row_of]
    unknown = catalogue.rows(skipped)
    met = np.concatenate([catalogue.rows(rating.movie_id for rating in ratings), unknown])  # (history,)
    likes = np.array([rating.stars.is_like for rating in ratings] + [False] * len(unknown), dtype=np.bool_)
    if not likes.any():
        return np.zeros(len(rows))
    genres = catalogue.genres[rows]
    odds = genre_odds(catalogue.genres[met], likes, genres.mean(axis=0))  # (genres,)
    return np.asarray(np.clip(genres @ odds / np.maximum(1, genres.sum(axis=1)), -MOST_ODDS, MOST_ODDS))


def _covers(genres: NDArray[np.bool_], missing: NDArray[np.bool_], turns: int) -> NDArray[np.bool_]:
    """Return which films bear so many of the genres still missing that none is left after so many turns.

    Where none bears so many, those that bear the most.  (films,)
    """
    borne = genres[:, missing].sum(axis=1)
    wanted = -(-int(missing.sum()) // max(1, turns))
    return np.asarray(borne >= min(wanted, borne.max(initial=0)))
