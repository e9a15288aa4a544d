"""What turns scores into pages for a person: what they asked for, what they have come to like, unlike one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from recommender.data.metrics import top_rows
from recommender.ranking.interests import Interest

# Films of a page as the chat shows it; longer lists are several pages, one after another.
PAGE_SIZE: Final = 5
# As many likes as all that somebody chose counts for beside what they went on to like: docs/experiments.md.
CHOICE_WEIGHT: Final = 30.0
# A share of a page is rounded to films, as anybody would.
ROUNDING: Final = 0.5
# How much score a film loses for sharing all its genres with one already listed (MMR, Carbonell and Goldstein 1998).
SAMENESS_WEIGHT: Final = 0.1
# How far down the ranking diversity may reach, per place of the list.
REACH: Final = 4


@dataclass(frozen=True, slots=True, eq=False)
class Taste:
    """Which genres a page is made of.

    Attributes:
        chosen: what was asked for; none, and any film will do.  (genres,)
        others: how much of each genre was liked in films that have none of the chosen ones, one a film.  (genres,)
        liked: how many films were liked in all.
        interests: which genres they turned out to be after, chosen or not.
    """

    chosen: NDArray[np.bool_]
    others: NDArray[np.float64]
    liked: int
    interests: tuple[Interest, ...] = ()

    def core(self, size: int) -> list[int]:
        """Return the genres that so many films shall bear, one a film, as likes bear what somebody is after.

        Calibration as in `seats`, with no prior: what counts as an interest is beyond chance already.
        """
        counts = np.array([interest.likes for interest in self.interests])
        if not len(counts):
            return []
        held = np.zeros(len(counts))
        for _ in range(int(size * counts.sum() / self.liked + ROUNDING)):
            held[(counts / (held + 1)).argmax()] += 1
        return [self.interests[place].genre for place in np.repeat(np.arange(len(held)), held.astype(int)).tolist()]

    def seats(self, size: int) -> list[int]:
        """Return the genres, liked but not chosen, that have a seat among so many films; one with two stands twice.

        What was chosen is a prior of CHOICE_WEIGHT likes, to which likes are added: calibration as in Steck 2018,
        "Calibrated recommendations", in whole seats. They go one by one to the genre with the most likes per seat
        (D'Hondt's rule); what is left of a seat stays with what was chosen.
        """
        if not self.chosen.any():
            return []
        count = int(size * self.others.sum() / (CHOICE_WEIGHT + self.liked))
        if not count:
            return []
        held = np.zeros(len(self.others))
        for _ in range(count):
            held[(self.others / (held + 1)).argmax()] += 1
        return [int(genre) for genre in np.repeat(np.arange(len(held)), held.astype(int))]


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of a list: which of the films given has it, and whether it is only the nearest to what was asked."""

    film: int
    is_nearest: bool = False


def read_taste(
    chosen: NDArray[np.bool_], liked_genres: NDArray[np.bool_], interests: tuple[Interest, ...] = ()
) -> Taste:
    """Return the taste of somebody who chose these genres and liked films with those.

    Args:
        chosen: (genres,)
        liked_genres: of each film liked.  (likes, genres)
        interests: what likes show beyond chance.
    """
    others = liked_genres & ~(liked_genres & chosen).any(axis=1, keepdims=True)  # (likes, genres)
    shares = others / np.maximum(1, others.sum(axis=1, keepdims=True))
    return Taste(chosen, shares.sum(axis=0), len(liked_genres), interests)


def compose_list(scores: NDArray[np.floating], genres: NDArray[np.bool_], taste: Taste, k: int) -> list[Entry]:
    """Return the k films of a list, page by page.

    Args:
        scores: (films,)
        genres: (films, genres)
    """
    free, entries = np.ones(len(scores), dtype=np.bool_), list[Entry]()
    while len(entries) < min(k, len(scores)):
        page = compose_page(scores, genres, taste, min(PAGE_SIZE, k - len(entries)), free=free)
        entries += page
        free[[entry.film for entry in page]] = False
    return entries


def compose_page(
    scores: NDArray[np.floating],
    genres: NDArray[np.bool_],
    taste: Taste,
    size: int = PAGE_SIZE,
    *,
    free: NDArray[np.bool_] | None = None,
) -> list[Entry]:
    """Return a page of what is asked for, the best first.

    Every film has a chosen genre, and every chosen genre has a film, as far as there are such films and places; liked
    genres sit on their seats. Where all that runs out, the best of the rest follow.

    Args:
        scores: (films,)
        genres: (films, genres)
        free: which films no page before has; all, unless it is said.  (films,)
    """
    free = np.ones(len(scores), dtype=np.bool_) if free is None else free
    fits = free & genres[:, taste.chosen].any(axis=1) if taste.chosen.any() else free
    seats, fitting = taste.seats(size), _best(scores, fits, size * REACH)
    picked = [fitting[at] for at in diversify(scores[fitting], genres[fitting], size - len(seats))]
    picked = _cover(picked, scores, genres, fits, taste.chosen)
    picked = _follow(picked, scores, genres, fits, taste, size)
    for genre in seats:
        unpicked = free & genres[:, genre]
        unpicked[picked] = False
        picked += _best(scores, unpicked, 1)
    picked += [film for film in fitting if film not in picked][: size - len(picked)]
    picked.sort(key=lambda film: -scores[film])
    rest = [] if len(picked) == size else _best(scores, free, size + len(picked))
    nearest = [film for film in rest if film not in picked][: size - len(picked)]
    return [*(Entry(film) for film in picked), *(Entry(film, is_nearest=True) for film in nearest)]


def diversify(scores: NDArray[np.floating], genres: NDArray[np.bool_], k: int) -> list[int]:
    """Return the places of k films, best first, each as good and as unlike those before as can be.

    Args:
        scores: (films,)
        genres: (films, genres)
    """
    places = np.argsort(-scores, kind="stable")[: k * REACH]  # (within reach,)
    kinds, values = genres[places], scores[places].astype(np.float64)
    alike = _likenesses(kinds)  # (within reach, within reach)
    closest = np.zeros(len(places))  # similarity of each film to the most similar one picked
    picked: list[int] = []
    for _ in range(min(k, len(places))):
        best = int((values - SAMENESS_WEIGHT * closest).argmax())
        picked.append(int(places[best]))
        values[best] = -np.inf
        closest = np.maximum(closest, alike[best])
    return picked


def likeness(one: NDArray[np.bool_], many: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the share of genres that a film has in common with each of many (Jaccard).  (films,)"""
    union = (many | one).sum(axis=1)
    return np.asarray(np.divide((many & one).sum(axis=1), union, out=np.zeros(len(many)), where=union > 0))


def _likenesses(films: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the likeness of each film to each.  films: (films, genres)  ->  (films, films)"""
    flags = films.astype(np.float64)
    common, counts = flags @ flags.T, flags.sum(axis=1)
    union = counts[:, None] + counts - common
    return np.asarray(np.divide(common, union, out=np.zeros_like(common), where=union > 0))


def falling(chances: Sequence[float]) -> list[float]:
    """Return chances that never rise from one film to the next: the nearest such, by pooling neighbours that do.

    Where the order of a page and the chances of its films differ, the films concerned are said to have their mean
    chance, which is as right about them taken together (isotonic regression: Ayer et al. 1955, pool adjacent
    violators).
    """
    pools: list[tuple[float, int]] = []  # mean chance, films
    for chance in chances:
        pools.append((chance, 1))
        while len(pools) > 1 and pools[-1][0] > pools[-2][0]:
            (last, films), (before, others) = pools.pop(), pools.pop()
            pools.append(((last * films + before * others) / (films + others), films + others))
    return [mean for mean, films in pools for _ in range(films)]


def _cover(
    page: list[int],
    scores: NDArray[np.floating],
    genres: NDArray[np.bool_],
    fits: NDArray[np.bool_],
    chosen: NDArray[np.bool_],
) -> list[int]:
    """Return the page with a film of every chosen genre on it, for as little score as can be.

    Args:
        fits: films that could come.  (films,)
    """
    for genre in np.flatnonzero(chosen):
        comes = [] if genres[page, genre].any() else _best(scores, fits & genres[:, genre], 1)
        spare = _spare(page, genres, chosen)[-1:] if comes else []
        if spare:
            page = [film for film in page if film not in spare] + comes
    return page


def _follow(
    page: list[int],
    scores: NDArray[np.floating],
    genres: NDArray[np.bool_],
    fits: NDArray[np.bool_],
    taste: Taste,
    size: int,
) -> list[int]:
    """Return the page with films of what somebody is after, for as little score as can be.

    Args:
        fits: films that could come.  (films,)
        size: of the page, as it will be.
    """
    kept = list[int]()  # films that bear what they shall
    for genre in taste.core(size):
        held = [film for film in page if genres[film, genre] and film not in kept][:1]
        best = _best(scores, fits & genres[:, genre], len(page) + 1)
        comes = [film for film in best if film not in page][:1]
        spare = [film for film in _spare(page, genres, taste.chosen) if film not in kept][-1:]
        if not held and comes and spare:
            page = [film for film in page if film not in spare] + comes
            held = comes
        kept += held
    return page


def _spare(page: list[int], genres: NDArray[np.bool_], chosen: NDArray[np.bool_]) -> list[int]:
    """Return the films of the page of whose genres every chosen one has another film there, too."""
    kinds = genres[page]  # (page, genres)
    needed = (kinds & chosen & (kinds.sum(axis=0) < 2)).any(axis=1)  # (page,)
    return [film for film, is_needed in zip(page, needed, strict=True) if not is_needed]


def _best(scores: NDArray[np.floating], among: NDArray[np.bool_], k: int) -> list[int]:
    """Return at most k of these films, best first; among equals the earlier goes first.  among: (films,)"""
    films = np.flatnonzero(among)
    found: list[int] = films[top_rows(scores[films], k)].tolist() if len(films) else []
    return found
