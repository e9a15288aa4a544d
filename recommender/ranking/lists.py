"""What turns scores into pages for a person: what they asked for, what they have come to like, unlike one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

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
    left, entries = np.arange(len(scores)), list[Entry]()
    while len(left) and len(entries) < k:
        page = compose_page(scores[left], genres[left], taste, min(PAGE_SIZE, k - len(entries)))
        entries += [Entry(int(left[entry.film]), entry.is_nearest) for entry in page]
        left = np.delete(left, [entry.film for entry in page])
    return entries


def compose_page(
    scores: NDArray[np.floating], genres: NDArray[np.bool_], taste: Taste, size: int = PAGE_SIZE
) -> list[Entry]:
    """Return a page of what is asked for, the best first.

    Every film has a chosen genre, and every chosen genre has a film, as far as there are such films and places; liked
    genres sit on their seats. Where all that runs out, the best of the rest follow.

    Args:
        scores: (films,)
        genres: (films, genres)
    """
    order = np.argsort(-scores, kind="stable")
    fits = np.ones(len(scores), dtype=np.bool_)
    if taste.chosen.any():
        fits = np.asarray(genres[:, taste.chosen].any(axis=1))
    seats, fitting = taste.seats(size), order[fits[order]]  # (fitting films,)
    picked = fitting[diversify(scores[fitting], genres[fitting], size - len(seats))].tolist()
    picked = _cover(picked, fitting, genres, taste.chosen)
    picked = _follow(picked, fitting, genres, taste.chosen, taste.core(size))
    for genre in seats:
        picked += [place for place in order[genres[order, genre]] if place not in picked][:1]
    picked += [place for place in fitting[: size + len(picked)] if place not in picked][: size - len(picked)]
    picked.sort(key=lambda place: -scores[place])
    nearest = [place for place in order[: size + len(picked)] if place not in picked][: size - len(picked)]
    return [*(Entry(int(place)) for place in picked), *(Entry(int(place), is_nearest=True) for place in nearest)]


def diversify(scores: NDArray[np.floating], genres: NDArray[np.bool_], k: int) -> list[int]:
    """Return the places of k films, best first, each as good and as unlike those before as can be.

    Args:
        scores: (films,)
        genres: (films, genres)
    """
    places = np.argsort(-scores, kind="stable")[: k * REACH]  # (within reach,)
    kinds, values = genres[places], scores[places].astype(np.float64)
    closest = np.zeros(len(places))  # similarity of each film to the most similar one picked
    picked: list[int] = []
    for _ in range(min(k, len(places))):
        best = int((values - SAMENESS_WEIGHT * closest).argmax())
        picked.append(int(places[best]))
        values[best] = -np.inf
        closest = np.maximum(closest, likeness(kinds[best], kinds))
    return picked


def likeness(one: NDArray[np.bool_], many: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the share of genres that a film has in common with each of many (Jaccard).  (films,)"""
    union = (many | one).sum(axis=1)
    return np.asarray(np.divide((many & one).sum(axis=1), union, out=np.zeros(len(many)), where=union > 0))


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
    page: list[int], order: NDArray[np.integer], genres: NDArray[np.bool_], chosen: NDArray[np.bool_]
) -> list[int]:
    """Return the page with a film of every chosen genre on it, for as little score as can be.

    Args:
        order: films that could come, best first.
    """
    for genre in np.flatnonzero(chosen):
        comes = [] if genres[page, genre].any() else order[genres[order, genre]][:1].tolist()
        spare = [place for place in page if _is_spare(place, page, genres, chosen)][-1:]
        if comes and spare:
            page = [place for place in page if place not in spare] + comes
    return page


def _follow(
    page: list[int],
    order: NDArray[np.integer],
    genres: NDArray[np.bool_],
    chosen: NDArray[np.bool_],
    core: Sequence[int],
) -> list[int]:
    """Return the page with films of what somebody is after, for as little score as can be.

    Args:
        order: films that could come, best first.
        core: the genres that one film each shall bear.
    """
    kept = list[int]()  # films that bear what they shall
    for genre in core:
        held = [place for place in page if genres[place, genre] and place not in kept][:1]
        comes = [place for place in order[genres[order, genre]][: len(page) + 1].tolist() if place not in page][:1]
        spare = [place for place in page if place not in kept and _is_spare(place, page, genres, chosen)][-1:]
        if not held and comes and spare:
            page = [place for place in page if place not in spare] + comes
            held = comes
        kept += held
    return page


def _is_spare(place: int, page: Sequence[int], genres: NDArray[np.bool_], chosen: NDArray[np.bool_]) -> bool:
    """Return whether every chosen genre of this film has another film on the page, too."""
    return not (genres[place] & chosen & (genres[list(page)].sum(axis=0) < 2)).any()
