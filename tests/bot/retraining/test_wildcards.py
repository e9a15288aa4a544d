"""Wildcards as a training meets them: who was shown them, and what they had rated by then."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import pytest

from bot.retraining.training_set import is_held_out
from bot.retraining.wildcards import gather_wildcards, learn_from_wildcards
from bot.settings import Settings
from bot.storage import CatalogueMovie, Store
from recommender.domain import MovieId, Recommendation, UserId
from recommender.ranking.wildcard_policy import FEATURES, NOTHING_LEARNED, WildcardPolicy
from recommender.training.tables import learn_tables
from tests.databases import Clock, clock, migrated_url
from tests.recommender.contract import FIRST_ID, contract_corpus

__all__ = ["clock"]

PEOPLE: Final = np.arange(1, 40)
TEACHES, JUDGES = (UserId(int(PEOPLE[is_held_out("chat", PEOPLE) == judges][0])) for judges in (False, True))


def show(store: Store, person: UserId, film: MovieId, round: int, propensity: float = 0.01) -> None:
    page = [Recommendation(film, 1.0, 0.4, slot="wildcard", propensity=propensity)]
    store.write(lambda tx: tx.impressions.add(person, round, 1, page, version="v")).result()


def rate(store: Store, person: UserId, film: MovieId, half_stars: int, update_id: int) -> None:
    store.write(lambda tx: tx.ratings.put(person, film, half_stars, update_id=update_id)).result()


def film(place: int) -> MovieId:
    return MovieId(FIRST_ID + place)


@pytest.fixture
def shown(settings: Settings, clock: Clock) -> Iterator[Store]:
    """A store in which two people were shown wildcards; one of them judges trainings."""
    url = migrated_url(settings.data_dir, list(map(CatalogueMovie, contract_corpus().movies)))
    with Store(url, clock=clock) as store:
        for person in (TEACHES, JUDGES):
            show_two(store, person, clock)
        yield store


def show_two(store: Store, person: UserId, clock: Clock) -> None:
    store.write(lambda tx: tx.people.ensure(person)).result()
    store.write(lambda tx: tx.people.set_consent(person, True)).result()
    store.write(lambda tx: tx.people.set_genre(person, "Drama", "chosen")).result()
    rate(store, person, film(0), 9, update_id=1 + person)
    clock.pass_by(minutes=1)
    show(store, person, film(1), 1)
    clock.pass_by(days=1)
    rate(store, person, film(1), 10, update_id=100 + person)
    clock.pass_by(minutes=1)
    show(store, person, film(2), 2, propensity=0.03)
    clock.pass_by(days=3)


def test_each_is_known_by_what_had_been_rated_before_it_was_shown(shown: Store) -> None:
    found = gather_wildcards(shown)
    assert [(one.shown.person, one.shown.movie_id) for one in found] == [(TEACHES, film(2)), (TEACHES, film(1))]
    assert [[rating.movie_id for rating in one.profile.ratings] for one in found] == [[film(0), film(1)], [film(0)]]
    assert {one.profile.genres for one in found} == {("Drama",)}
    assert all(one.profile.asked_at == one.shown.shown_at for one in found)


def test_what_they_teach_is_told_with_what_an_even_draw_had_been_worth(shown: Store) -> None:
    policy, report = learn_from_wildcards(gather_wildcards(shown), learn_tables(contract_corpus()))
    assert tuple(report["weights"].values()) == policy.weights
    assert list(report["weights"]) == list(FEATURES)
    assert (report["shown"], report["liked"]) == (2, 0.5)
    assert report["even"] == pytest.approx(0.75)  # the one liked was three times as improbable


def test_nothing_shown_and_films_that_left_the_catalogue_teach_nothing() -> None:
    unlearned = dict(zip(FEATURES, NOTHING_LEARNED, strict=True))
    assert learn_from_wildcards([], learn_tables(contract_corpus())) == (
        WildcardPolicy(),
        {"weights": unlearned, "shown": 0},
    )
