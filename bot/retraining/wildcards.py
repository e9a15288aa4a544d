"""Wildcards that were shown, as a training learns from them: to whom, as they were known then, and what was liked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import numpy as np

from bot.retraining.training_set import is_held_out
from bot.storage import Store, TrainingRatings, Tx, WildcardShown
from recommender.domain import MovieId, Profile, Rating, Stars, UserId
from recommender.evaluation.off_policy import self_normalised
from recommender.ranking.features import encode
from recommender.ranking.retrieval import Retrieval
from recommender.ranking.wildcard_policy import FEATURES, WildcardPolicy, describe_wildcards
from recommender.training.wildcards import ShownWildcards, learn_policy


@dataclass(frozen=True, slots=True)
class Showing:
    """A wildcard, and who it was shown to: what they had rated by then, and the genres that they choose now."""

    shown: WildcardShown
    profile: Profile


def gather_wildcards(store: Store) -> list[Showing]:
    """Return the wildcards that who trains was shown; who judges trainings teaches nothing here either."""
    shown, genres, ratings = store.read(_read)
    return list(_with_profiles(shown, genres, ratings))


def learn_from_wildcards(showings: Sequence[Showing], retrieval: Retrieval) -> tuple[WildcardPolicy, dict[str, Any]]:
    """Return the policy that they teach, and what a manifest says of it.

    `liked` is the share of them that was liked, and `even` an estimate from the propensities of what it had been, had
    every film been drawn as probably as another; lists with fewer films to draw from count less in it.
    """
    rows = retrieval.catalogue.row_of
    known = [one for one in showings if one.shown.movie_id in rows]
    features = [_describe(one, retrieval) for one in known]
    shown = ShownWildcards(
        np.array(features, dtype=np.float64).reshape(-1, len(FEATURES)),
        np.array([one.shown.is_liked for one in known], dtype=np.bool_),
        np.array([one.shown.propensity for one in known]),
    )
    policy = learn_policy(shown)
    weights = {name: round(weight, 6) for name, weight in zip(FEATURES, policy.weights, strict=True)}
    report: dict[str, Any] = {"weights": weights, "shown": len(known)}
    if known:
        even = self_normalised(shown.liked.astype(float), shown.propensities, np.ones(len(known)))
        report |= {"liked": round(float(shown.liked.mean()), 4), "even": round(even, 4)}
    return WildcardPolicy(tuple(weights.values())), report


def _read(tx: Tx) -> tuple[tuple[WildcardShown, ...], dict[UserId, tuple[str, ...]], TrainingRatings]:
    shown = tx.wildcards()
    genres = {person: tx.people.genres(person) for person in {one.person for one in shown}}
    return shown, genres, tx.ratings.training()


def _with_profiles(
    shown: Iterable[WildcardShown], genres: dict[UserId, tuple[str, ...]], ratings: TrainingRatings
) -> Iterable[Showing]:
    for person, wildcards in groupby(shown, key=lambda one: one.person):
        if is_held_out("chat", np.array([person]))[0]:
            continue
        mine = slice(*np.searchsorted(ratings.user_ids, [person, person + 1]))
        columns = (ratings.movie_ids[mine], ratings.stars[mine], ratings.times[mine])
        history = [
            Rating(MovieId(film), Stars(stars), datetime.fromtimestamp(at, UTC))
            for film, stars, at in zip(*(column.tolist() for column in columns), strict=True)
        ]
        for one in wildcards:
            before = tuple(rating for rating in history if rating.rated_at < one.shown_at)
            yield Showing(one, Profile(genres[person], before, asked_at=one.shown_at))


def _describe(one: Showing, retrieval: Retrieval) -> list[float]:
    row = np.array([retrieval.catalogue.row_of[one.shown.movie_id]])
    person = encode(one.profile, retrieval.catalogue)
    described: list[float] = describe_wildcards(retrieval, person, row, np.array([one.shown.chance]))[0].tolist()
    return described
