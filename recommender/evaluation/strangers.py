"""People of another corpus judged by the model that serves: films both share, and everybody rates today."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from recommender.data.corpus import Corpus
from recommender.domain import ListRequest, Movie, MovieId, Profile
from recommender.evaluation.floors import fit_popular_in_genres
from recommender.evaluation.ladder import FOLDS, Ladder, build_ladder, split_people
from recommender.evaluation.ranking import METRICS, LadderResult, pool
from recommender.evaluation.served import Lister, evaluate_served
from recommender.ranking.picking import Pick


@dataclass(frozen=True, slots=True, eq=False)
class Strangers:
    """People of another corpus, in terms of our catalogue.

    Attributes:
        corpus: their ratings of films that both have, over our movies; all of them given `now`.
        lacking: our movies that their corpus does not have, which no list of theirs may hold.
    """

    corpus: Corpus
    lacking: frozenset[MovieId]

    @property
    def shared_count(self) -> int:
        """Return how many films both have."""
        return len(self.corpus.movies) - len(self.lacking)


def meet_strangers(corpus: Corpus, rows: NDArray[np.integer], movies: tuple[Movie, ...], now: int) -> Strangers:
    """Return another corpus's people as they would meet our model today; the order of their ratings stays.

    Of a film that they have under two numbers a person's first rating counts.

    Args:
        rows: the row in `movies` of each film of theirs; -1 where we lack it.
        now: seconds since 1970 UTC.
    """
    ours = rows[corpus.movie_rows]  # (ratings,)
    pairs = corpus.user_rows.astype(np.int64) * len(movies) + ours
    is_first = np.zeros(len(pairs), dtype=np.bool_)
    is_first[np.unique(pairs, return_index=True)[1]] = True
    kept = (ours >= 0) & is_first
    shared = corpus.keeping(kept)
    times = np.full(shared.rating_count, now, dtype=np.int64)
    translated = replace(shared, movies=movies, movie_rows=ours[kept].astype(np.int32), times=times)
    known = set(rows[rows >= 0].tolist())
    return Strangers(translated, frozenset(movie.id for row, movie in enumerate(movies) if row not in known))


def ladder_of_strangers(strangers: Strangers, most: int | None = None) -> Ladder:
    """Return the ladder of all who rated enough of the shared films; at most so many, drawn by a seed."""
    return build_ladder(strangers.corpus, np.arange(strangers.corpus.user_count), most=most)


def judge_on_strangers(
    lister: Lister, strangers: Strangers, ladder: Ladder, *, on_people: Callable[[int], None] = lambda people: None
) -> LadderResult:
    """Return what a lister's pages are worth to them, films that their corpus lacks passed over.

    Nobody says how novel the pages are: that would take the people whom the lister learned from.

    Args:
        on_people: called with the number of people just judged, for progress.
    """
    passing = _PassingOver(lister, strangers.lacking)
    return evaluate_served(passing, ladder, _nobody(strangers.corpus.movies), on_people=on_people).result


def judge_their_popularity(
    strangers: Strangers, ladder: Ladder, *, on_people: Callable[[int], None] = lambda people: None
) -> LadderResult:
    """Return what popularity among themselves is worth, in the chosen genres: counted in four folds for the fifth."""
    parts = []
    for fold in range(FOLDS):
        split = split_people(strangers.corpus.user_count, fold)
        theirs = set(strangers.corpus.user_ids[split.test].tolist())
        judges = replace(ladder, newcomers=tuple(person for person in ladder.newcomers if person.user_id in theirs))
        train = strangers.corpus.only(split.train)
        passing = _PassingOver(fit_popular_in_genres(train), strangers.lacking)
        parts.append(evaluate_served(passing, judges, train, on_people=on_people).result)
    return _ordered_as(pool(parts), ladder.user_ids)


class _PassingOver:
    """A lister that keeps some films out of every list."""

    def __init__(self, lister: Lister, films: Set[MovieId]) -> None:
        self._lister = lister
        self._films = films

    def pick(self, profile: Profile, k: int, request: ListRequest = ListRequest()) -> list[Pick]:
        return self._lister.pick(replace(profile, hidden=profile.hidden | self._films), k, request)


def _nobody(movies: tuple[Movie, ...]) -> Corpus:
    """Return the corpus of our films and no person: whoever trained the lister is none of the strangers."""
    empty = np.zeros(0, dtype=np.int64)
    return Corpus(movies, empty, np.zeros(1, dtype=np.int64), empty.astype(np.int32), empty.astype(np.float32), empty)


def _ordered_as(result: LadderResult, user_ids: NDArray[np.int64]) -> LadderResult:
    """Return the result with its people in this order."""
    places = {int(user_id): place for place, user_id in enumerate(result.user_ids)}
    order = np.array([places[int(user_id)] for user_id in user_ids], dtype=np.int64)
    by_person = {name: result.metric(name)[:, order] for name in METRICS}
    lists, ids = result.lists[:, order], result.user_ids[order]
    return LadderResult(result.rungs, ids, lists, **by_person, coverage=result.coverage)
