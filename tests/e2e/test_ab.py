"""Two bundles side by side over HTTP: each person's lists come from their own, and the operator sees both."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.service.assignment import meets_challenger
from bot.service.service import Service
from bot.settings import Settings
from bot.storage import CatalogueMovie, Store
from recommender.domain import UserId
from recommender.evaluation.floors import fit_popular_in_genres
from recommender.ranking.bundle import BundleStore
from recommender.ranking.challenge import Challenge, end_challenge, write_challenge
from recommender.ranking.live import LiveRecommender
from tests.databases import migrated_url
from tests.e2e.conftest import Clock, LivingBot, Person
from tests.recommender.contract import contract_corpus
from tests.recommender.tiny import tiny_files, tiny_manifest
from tests.sim import Sim

pytestmark = pytest.mark.tensorflow
OLD, NEW, NEWEST = "20260101-000000", "20260201-000000", "20260301-000000"
ADMIN = 7_000_001


@pytest.fixture
def store(settings: Settings, clock: Clock) -> Iterator[Store]:
    entries = [CatalogueMovie(movie) for movie in contract_corpus().movies]
    with Store(migrated_url(settings.data_dir, entries), clock=clock) as store:
        yield store


@pytest.fixture
def bundles(settings: Settings) -> BundleStore:
    bundles = BundleStore(settings.bundles_dir)
    for version in (OLD, NEW):
        bundles.publish(tiny_files(), tiny_manifest(), version)
    return bundles


@pytest.fixture
def recommender(bundles: BundleStore) -> LiveRecommender:
    return LiveRecommender(bundles, fit_popular_in_genres(contract_corpus()))


@pytest.fixture
def bot(settings: Settings, store: Store, recommender: LiveRecommender) -> Iterator[LivingBot]:
    living = LivingBot(settings.model_copy(update={"admins": frozenset({ADMIN})}), store, recommender)
    living.start()
    yield living
    living.stop()


def _somebody(service: Service, challenge: Challenge, *, challenged: bool) -> int:
    return next(
        number
        for number in range(7_000_100, 7_000_200)
        if meets_challenger(UserId(number), challenge, service.pseudonyms) == challenged
    )


def _versions(store: Store) -> dict[str, set[int]]:
    people = store.read(lambda tx: tx.showings().people)
    return {bundle: {int(one.person) for one in shown} for bundle, shown in people.items()}


def test_each_ones_lists_come_from_their_own_bundle_and_the_operator_sees_it(
    bot: LivingBot, sim: Sim, store: Store, bundles: BundleStore, recommender: LiveRecommender
) -> None:
    challenge = Challenge(NEW, OLD, 0.5, datetime(2020, 1, 1, tzinfo=UTC))
    write_challenge(bundles.folder, challenge)
    assert recommender.refresh()
    assert bot.chat_bot is not None
    service = bot.chat_bot.service
    theirs, ours = (_somebody(service, challenge, challenged=challenged) for challenged in (True, False))
    for number in (theirs, ours):
        person = Person(sim, number)
        person.onboard("Action")
        person.tap(person.sees_button("More ›"), "More ›")
        person.settle()
    assert _versions(store) == {OLD: {theirs}, NEW: {ours}}

    Person(sim, ADMIN).say("/admin")
    said = sim.until_text(ADMIN, f"A/B: {OLD} serves 50 % of people")["text"]
    assert "A/B: waits, 1 of 200 people a side" in said

    bundles.publish(tiny_files(), tiny_manifest(), NEWEST)
    assert not recommender.refresh(), "what is published waits for the end"
    end_challenge(bundles.folder)
    assert recommender.refresh()
    for number in (theirs, ours):
        person = Person(sim, number)
        person.say("/recommend")
        person.settle()
    assert _versions(store)[NEWEST] == {theirs, ours}
