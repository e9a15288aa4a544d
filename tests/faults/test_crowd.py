"""Many at once: slow answers hold no place, and one person's flood does not take the time of others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.callbacks import Answer, Stop, encode
from bot.delivery.processor import AT_ONCE
from bot.sandbox import RunningSandbox
from bot.settings import Settings
from bot.storage import Store
from recommender.domain import UserId
from tests.bot.pupil import ENTRIES
from tests.databases import migrated_url
from tests.e2e.conftest import LivingBot
from tests.sim import Sim

pytestmark = pytest.mark.faults

FLOODER, FLOOD = 99, 150
# Longer than all the rest of the test.
SLOW_S = 50


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(migrated_url(tmp_path)) as store:
        store.write(lambda tx: tx.movies.upsert_all(ENTRIES)).result()
        yield store


@pytest.fixture
def bot(telegram: RunningSandbox, tmp_path: Path, store: Store) -> Iterator[LivingBot]:
    settings = Settings(telegram_token=SecretStr(telegram.token), telegram_api_url=telegram.url, data_dir=tmp_path)
    living = LivingBot(settings, store)
    living.start()
    yield living
    living.stop()


def open_cards(sim: Sim, people: Iterable[int]) -> dict[int, int]:
    for person in people:
        sim.message(person, "/rate")
    cards = {}
    for person in people:
        card = sim.until_message(person, lambda message: bool(message["keyboard"]), within_s=60)
        cards[person] = card["message_id"]
    return cards


def is_done(store: Store, count: int) -> bool:
    return store.read(lambda tx: tx.inbox.count("done")) >= count


def test_answers_that_telegram_takes_slowly_hold_up_nobodys_tap(bot: LivingBot, store: Store, sim: Sim) -> None:
    cards = open_cards(sim, range(1, 2 * AT_ONCE + 2))
    sim.until(lambda: is_done(store, len(cards)), what="all cards to be noted")
    sim.fault("answerCallbackQuery", delay_s=SLOW_S, times=len(cards))
    for person, card in cards.items():
        sim.tap(person, card, data=encode(Stop()))
    sim.until(lambda: is_done(store, 2 * len(cards)), within_s=SLOW_S - 10, what="every tap to take effect")
    assert not [person for person in cards if sim.toasts(person)], "no answer can have been waited for"


def test_every_star_of_a_flood_is_kept_and_the_last_ones_are_drawn(
    telegram: RunningSandbox, tmp_path: Path, store: Store, sim: Sim
) -> None:
    settings = Settings(telegram_token=SecretStr(telegram.token), telegram_api_url=telegram.url, data_dir=tmp_path)
    before = LivingBot(settings, store)
    before.start()
    (card,) = open_cards(sim, [FLOODER]).values()
    before.stop()
    films = [entry.movie.id for entry in ENTRIES]
    stars = {films[number % len(films)]: 1 + number % 10 for number in range(FLOOD)}
    for number in range(FLOOD):
        sim.tap(FLOODER, card, data=encode(Answer(films[number % len(films)], 1 + number % 10, 0)))
    living = LivingBot(settings, store)
    living.start()
    try:
        sim.until(lambda: is_done(store, 1 + FLOOD), within_s=120, what="all of the flood")
        sim.until(lambda: not store.read(lambda tx: tx.outbox.count("waiting")), what="the last card")
    finally:
        living.stop()
    kept = store.read(lambda tx: tx.ratings.profile(UserId(FLOODER))).ratings
    assert {rating.movie_id: rating.stars.half_stars for rating in kept} == stars
    drawn = sim.calls(method="editMessageText")
    assert 0 < len(drawn) < FLOOD / 10
    assert f"{len(films)} films rated" in drawn[-1]["parameters"]["text"], "the last tap has its card"


def test_a_flood_gets_a_small_share_while_others_tap_and_all_of_it_in_the_end(
    bot: LivingBot, store: Store, sim: Sim
) -> None:
    others = range(1, 11)
    cards = open_cards(sim, [*others, FLOODER])
    before = len(cards)
    for _ in range(FLOOD):
        sim.tap(FLOODER, cards[FLOODER], data=encode(Stop()))
    sim.until(lambda: is_done(store, before + 1), what="the flood to begin")
    began = store.read(lambda tx: tx.inbox.count("done"))
    taps = 0
    for person in [*others, *others, *others]:
        update = sim.tap(person, cards[person], data=encode(Stop()))
        sim.until(lambda: update in [toast["update_id"] for toast in sim.toasts(person)])  # noqa: B023  # at once
        taps += 1
    of_flood = store.read(lambda tx: tx.inbox.count("done")) - began - taps
    assert of_flood < taps, "the flood must not take the time of others"
    sim.until(lambda: is_done(store, before + taps + FLOOD), within_s=120, what="all of the flood")
