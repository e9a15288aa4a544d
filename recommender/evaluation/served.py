"""Lists as people get them, judged on the ladder: two pages of five, the second knowing the first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from recommender.data.catalogue import Catalogue, genre_mask
from recommender.data.corpus import Corpus
from recommender.data.metrics import LIST_LENGTH, are_targets, ndcg
from recommender.domain import Filters, ListRequest, MovieId, Profile
from recommender.evaluation.ladder import Ladder, Newcomer, refuse_leak
from recommender.evaluation.ranking import LadderResult, blank_result, pool, self_information
from recommender.ranking.lists import PAGE_SIZE
from recommender.ranking.picking import Pick

# The pages that are judged, as the chat asks for them.
PAGES: Final = LIST_LENGTH // PAGE_SIZE
# How much of the list's own genres a comparison with those of likes is smoothed by (Steck 2018, section 3).
SMOOTHING: Final = 0.01
# A draw's seed from whose list it is and at which rung.
DRAW_STRIDE: Final = 1_000


@runtime_checkable
class Lister(Protocol):
    """What makes lists for people: a ranker or a floor, before its lists are explained."""

    def pick(self, profile: Profile, k: int, request: ListRequest = ListRequest()) -> list[Pick]:
        """Return the films that `recommend` lists, in its order."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class ServedResult:
    """What lists as shown came to.

    Attributes:
        result: the ladder's metrics; ranks beyond the pages count as none.
        obedience: share of the first page that has a chosen genre; 1 for who chose none.  (rungs, people)
        miscalibration: divergence of the pages' genres from those of what is liked later, in nats.  (rungs, people)
        repeats: share of films of the second page that stood on the first.  (rungs, people)
        commonest: share of first pages that hold the film which most of them hold.  (rungs,)
    """

    result: LadderResult
    obedience: NDArray[np.float64]
    miscalibration: NDArray[np.float64]
    repeats: NDArray[np.float64]
    commonest: NDArray[np.float64]


def evaluate_served(
    lister: Lister,
    ladder: Ladder,
    train: Corpus,
    *,
    filters: Filters = Filters(),
    on_people: Callable[[int], None] = lambda people: None,
) -> ServedResult:
    """Judge the two pages that everybody would be shown at every rung.

    Args:
        train: what the lister learned from: judged people must be absent, and novelty is measured by it.
        filters: what everybody tuned their list to.
        on_people: called with the number of people just judged, for progress.

    Raises:
        CorpusError: a judged person is in `train`.
    """
    refuse_leak(train, ladder)
    shape, catalogue = (len(ladder.rungs), len(ladder.newcomers)), Catalogue(train.movies)
    served = ServedResult(
        blank_result(ladder), np.ones(shape), np.zeros(shape), np.zeros(shape), np.zeros(len(ladder.rungs))
    )
    surprise = self_information(train)
    for rung, k in enumerate(ladder.rungs):
        for place, person in enumerate(ladder.newcomers):
            pages = _pages(lister, person, k, train, filters)
            _judge(served, (rung, place), pages, person, catalogue, surprise)
            on_people(1)
        lists = served.result.lists[rung]
        served.result.coverage[rung] = len(np.unique(lists[lists >= 0])) / ladder.movie_count
        served.commonest[rung] = _commonest(lists[:, :PAGE_SIZE])
    return served


def pool_served(results: Sequence[ServedResult]) -> ServedResult:
    """Return the folds of one lister as one result, people one after another."""
    by_person = ("obedience", "miscalibration", "repeats")
    return ServedResult(
        pool([served.result for served in results]),
        **{name: np.concatenate([getattr(served, name) for served in results], axis=1) for name in by_person},
        commonest=np.mean([served.commonest for served in results], axis=0),
    )


def _pages(lister: Lister, person: Newcomer, k: int, train: Corpus, filters: Filters) -> list[NDArray[np.int64]]:
    """Return the rows of each page."""
    profile, shown, pages = person.profile_for_lists(k), set[MovieId](), list[NDArray[np.int64]]()
    for page in range(PAGES):
        # A list of ten may end with a wildcard: the last page is drawn for.
        draw = int(person.user_id) * DRAW_STRIDE + k if page == PAGES - 1 else None
        picks = lister.pick(profile, PAGE_SIZE, ListRequest(filters, shown, draw=draw))
        shown |= {train.movies[pick.row].id for pick in picks}
        pages.append(np.array([pick.row for pick in picks], dtype=np.int64))
    return pages


def _judge(
    served: ServedResult,
    where: tuple[int, int],
    pages: Sequence[NDArray[np.int64]],
    person: Newcomer,
    catalogue: Catalogue,
    surprise: NDArray[np.float64],
) -> None:
    """Write what one person's pages are worth into the result.

    Args:
        where: the rung and the person's place.
        surprise: self-information of each movie.  (movies,)
    """
    result, rows = served.result, np.concatenate(pages)[: served.result.lists.shape[2]]
    hits = are_targets(rows, person.target_rows)
    result.lists[where][:] = -1
    result.lists[where][: len(rows)] = rows
    result.ndcg[where] = ndcg(hits[None], np.array([len(person.target_rows)]))[0]
    result.recall[where] = hits.sum() / min(LIST_LENGTH, len(person.target_rows))
    result.hit[where] = hits.any()
    result.mrr[where] = 1 / (1 + hits.argmax()) if hits.any() else 0.0
    result.novelty[where] = surprise[rows].mean() if len(rows) else 0.0
    if person.genres and len(pages[0]):
        served.obedience[where] = catalogue.genres[pages[0]][:, genre_mask(person.genres)].any(axis=1).mean()
    served.miscalibration[where] = miscalibration(catalogue.genres[person.target_rows], catalogue.genres[rows])
    served.repeats[where] = are_targets(pages[-1], pages[0]).mean() if len(pages[-1]) else 0.0


def miscalibration(liked: NDArray[np.bool_], listed: NDArray[np.bool_]) -> float:
    """Return the Kullback-Leibler divergence of a list's genres from those liked, in nats (Steck 2018, equation 5).

    Args:
        liked, listed: genres of films.  (films, genres) each
    """
    wanted, given = _shares(liked), _shares(listed)
    given = (1 - SMOOTHING) * given + SMOOTHING * wanted
    kept = wanted > 0
    return float((wanted[kept] * np.log(wanted[kept] / given[kept])).sum())


def _shares(genres: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return how much of each genre there is in films that share one out among theirs.  (genres,)"""
    shares = (genres / np.maximum(1, genres.sum(axis=1, keepdims=True))).sum(axis=0)
    return np.asarray(shares / max(1.0, float(shares.sum())))


def _commonest(lists: NDArray[np.integer]) -> float:
    """Return the share of lists that hold the film which most of them hold.  lists: (people, places)"""
    rows = lists[lists >= 0]
    return float(np.bincount(rows).max() / len(lists)) if len(rows) else 0.0
