"""The films of a list picked from scored ones, and the chances that are shown with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.data.catalogue import Catalogue, genre_mask
from recommender.domain import Filters, Slot
from recommender.ranking.features import EncodedProfile
from recommender.ranking.interests import BY_CHANCE, Interest, read_interests, usual_shares
from recommender.ranking.lists import PAGE_SIZE, Taste, compose_list, falling, read_taste
from recommender.ranking.wildcard import draw_wildcard, is_welcome

# Each time that a film was shown lately and left alone it loses so much score, a log: only who fits e times as well as
# a fresh film comes again before it, and next time e times as well as that. On validation people one such step kept all
# of a first page off the next two.
STALE_PENALTY: Final = 1.0
# Nobody believes in certainty, and no model has it.
LEAST_SHOWN: Final = 0.05
MOST_SHOWN: Final = 0.95


@dataclass(frozen=True, slots=True)
class Pick:
    """One film of a list before it is explained.

    Attributes:
        row: in the catalogue.
        chance: of a like, as calibrated; None where nobody knows.
    """

    row: int
    score: float
    chance: float | None
    slot: Slot = "top"
    propensity: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """Films that may be listed, in no order.

    Attributes:
        rows: in the catalogue.  (films,)
        scores: logs of how probably each is chosen, up to a constant.  (films,)
        chances: of a like; None where nobody knows.  (films,)
        stale: how often each was shown lately and left alone.  (films,)
    """

    rows: NDArray[np.int64]
    scores: NDArray[np.floating]
    chances: NDArray[np.floating] | None
    stale: NDArray[np.int64]


def taste_of(
    person: EncodedProfile,
    filters: Filters,
    catalogue: Catalogue,
    known: NDArray[np.floating] | None = None,
    by_chance: float = BY_CHANCE,
) -> Taste:
    """Return what a list for somebody is made of: the genres asked for now, else those chosen, and what was liked.

    Args:
        known: logs of how many people know each film, up to a constant, for the list to follow what likes show beyond
            that; None, and it does not. Nor does it where genres are asked for now.  (movies,)
        by_chance: how improbable it must be that likes show that by chance.
    """
    wanted = filters.genres_in | filters.genres_all
    is_asked = bool(wanted) or filters.any_genre
    chosen, rated = genre_mask(wanted) if is_asked else person.genres, catalogue.genres[person.rows]
    interests: tuple[Interest, ...] = ()
    if known is not None and not is_asked and person.likes.any():
        interests = read_interests(rated, person.likes, usual_shares(*_met_by(person, catalogue, known)), by_chance)
    return read_taste(chosen, rated[person.likes], interests)


def _met_by(
    person: EncodedProfile, catalogue: Catalogue, known: NDArray[np.floating]
) -> tuple[NDArray[np.bool_], NDArray[np.floating]]:
    """Return the genres of the films that somebody may have met who chose what they chose, and how known these are."""
    if not person.genres.any():
        return catalogue.genres, known
    fits = catalogue.with_any(person.genres)
    return (catalogue.genres[fits], known[fits]) if fits.any() else (catalogue.genres, known)


def pick_list(films: Scored, catalogue: Catalogue, taste: Taste, k: int) -> list[Pick]:
    """Return the k films of a list, page by page."""
    scores = films.scores - STALE_PENALTY * films.stale  # (films,)
    entries = compose_list(scores, catalogue.genres[films.rows], taste, k)
    return [_pick(films, entry.film, "nearest" if entry.is_nearest else "top") for entry in entries]


def with_wildcard(
    picks: list[Pick],
    films: Scored,
    catalogue: Catalogue,
    taste: Taste,
    person: EncodedProfile,
    rng: np.random.Generator,
    odds: Callable[[NDArray[np.int64], NDArray[np.floating]], NDArray[np.float64]] | None = None,
) -> list[Pick]:
    """Return the list with a wildcard in its last place, where there is one that is welcome.

    Args:
        odds: how probably each film is drawn, given their rows and chances; None for one as probably as another.
    """
    chances = films.chances
    if chances is None:
        return picks
    genres = catalogue.genres[films.rows]
    welcome = is_welcome(genres, taste.chosen, catalogue.genres[person.rows], person.stars)
    taken = np.zeros(len(catalogue), dtype=np.bool_)
    taken[[pick.row for pick in picks]] = True
    welcome &= (films.stale == 0) & ~taken[films.rows]
    by_place = None if odds is None else lambda places: odds(films.rows[places], chances[places])
    drawn = draw_wildcard(rng, films.scores, chances, welcome, by_place)
    return picks if drawn is None else [*picks[:-1], _pick(films, drawn.film, "wildcard", drawn.propensity)]


def shown_chances(picks: Sequence[Pick]) -> list[float | None]:
    """Return the chances of a list as people are told them: believable, and never rising within a page.

    A wildcard, last on its page, is no exception. Where one is unknown all are.
    """
    chances = [pick.chance for pick in picks]
    known = [min(max(chance, LEAST_SHOWN), MOST_SHOWN) for chance in chances if chance is not None]
    if len(known) < len(chances):
        return [None] * len(chances)
    odd = bool(picks) and picks[-1].slot == "wildcard"
    ranked = known[:-1] if odd else known
    pages = [falling(ranked[start : start + PAGE_SIZE]) for start in range(0, len(ranked), PAGE_SIZE)]
    shown = [chance for page in pages for chance in page]
    return [*shown, *(min(chance, *shown[-1:], MOST_SHOWN) for chance in known[len(ranked) :])]


def _pick(films: Scored, film: int, slot: Slot, propensity: float | None = None) -> Pick:
    chance = None if films.chances is None else float(films.chances[film])
    return Pick(int(films.rows[film]), float(films.scores[film]), chance, slot, propensity)
