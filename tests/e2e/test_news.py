"""Who waits for a model is told when it has come, once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.service.news import OWN_MODEL
from bot.settings import Settings
from bot.storage import Store
from recommender.domain import NOTHING_STALE, Filters, MovieId, Profile, Recommendation, UserId
from tests.bot.pupil import Pupil
from tests.e2e.conftest import Clock, LivingBot, Person
from tests.sim import Sim


class Growing(Pupil):
    """Knows no chances before it has a model, and simulated people alone before it has a real one."""

    is_simulated = False
    has_model = False

    def recommend(
        self,
        profile: Profile,
        k: int,
        *,
        filters: Filters = Filters(),
        shown: Set[MovieId] = frozenset(),
        stale: Mapping[MovieId, int] = NOTHING_STALE,
        draw: int | None = None,
    ) -> list[Recommendation]:
        found = super().recommend(profile, k, filters=filters, shown=shown, stale=stale, draw=draw)
        return found if self.has_model else [replace(one, like_probability=None) for one in found]


@pytest.fixture
def growing() -> Growing:
    return Growing()


@pytest.fixture
def bot(settings: Settings, store: Store, growing: Growing) -> Iterator[LivingBot]:
    living = LivingBot(settings, store, growing)
    living.start()
    yield living
    living.stop()


def _told(person: Person, text: str) -> int:
    sent = person.sim.calls(method="sendMessage")
    return len([call for call in sent if text in call["parameters"]["text"]])


@pytest.mark.parametrize(
    ("code", "first", "real"),
    [("en", "I have learned about films now", "real people’s ratings"), ("zh-hans", "学会看片了", "真实观众的评分")],
)
def test_each_model_waited_for_is_told_once(
    bot: LivingBot, sim: Sim, growing: Growing, code: str, first: str, real: str
) -> None:
    person = Person(sim, 8, code)
    for _ in range(2):
        person.say("/recommend")
        bot.refresh()
    person.settle()
    assert _told(person, first) == 0
    growing.has_model = growing.is_simulated = True
    for _ in range(3):
        bot.refresh()
    news = person.sees(first)
    assert _told(person, real) == 0
    growing.is_simulated = False
    bot.refresh()  # nobody has seen a list of simulated people yet
    growing.is_simulated = True
    person.tap(news, news["keyboard"][0][0]["text"])
    bot.refresh()
    growing.is_simulated = False
    for _ in range(3):
        bot.refresh()
    person.sees(real)
    person.say("/recommend")
    growing.has_model = False
    person.say("/recommend")
    growing.has_model = True
    bot.refresh()
    person.settle()
    assert (_told(person, first), _told(person, real)) == (1, 1)


def test_who_blocked_the_bot_or_is_gone_is_not_told(
    bot: LivingBot, sim: Sim, growing: Growing, store: Store, person: Person
) -> None:
    person.say("/recommend")
    person.sees("still learning about films")
    sim.block(person.id)
    sim.until(lambda: (known := store.read(lambda tx: tx.people.get(UserId(person.id)))) and known.blocked)
    growing.has_model = True
    bot.refresh()
    assert store.read(lambda tx: tx.outbox.count("waiting")) == 0
    assert _told(person, "I have learned") == 0


@pytest.mark.parametrize(
    ("code", "own"), [("en", "I have learned from your ratings, too"), ("zh-hans", "我也从你的评分里学习过了")]
)
def test_who_taught_a_model_is_told_once_across_restarts(
    bot: LivingBot, sim: Sim, growing: Growing, store: Store, code: str, own: str
) -> None:
    growing.has_model = growing.is_simulated = True
    person = _consenting(sim, store, code)
    for _ in range(2):  # two trainings have learned from them
        store.write(lambda tx: tx.schedules.plan_first(OWN_MODEL, {UserId(person.id)})).result()
        bot.refresh()
        bot.refresh()
    person.sees(own)
    growing.is_simulated = False
    again = LivingBot(bot.settings, store, growing)
    bot.stop()
    again.start()
    try:
        again.refresh()
        person.settle()
        assert _told(person, own) == 1
        assert _told(person, "real people’s ratings" if code == "en" else "真实观众的评分") == 1
    finally:
        again.stop()


def test_one_model_brings_one_piece_of_news(bot: LivingBot, sim: Sim, growing: Growing, store: Store) -> None:
    growing.has_model = growing.is_simulated = True
    person = _consenting(sim, store, "en")
    store.write(lambda tx: tx.schedules.plan_first(OWN_MODEL, {UserId(person.id)})).result()
    growing.is_simulated = False
    bot.refresh()
    bot.refresh()
    person.settle()
    assert (_told(person, "learned from your ratings, too"), _told(person, "real people’s ratings")) == (1, 0)


def test_nobody_is_woken(bot: LivingBot, sim: Sim, growing: Growing, store: Store, clock: Clock) -> None:
    person = Person(sim, 8)
    person.say("/recommend")  # at noon in UTC
    person.sees("still learning about films")
    store.write(lambda tx: tx.people.set_clock(UserId(8), "Asia/Tokyo", utc_offset_minutes=540)).result()
    growing.has_model = True
    for hours in (5, 3, 3):  # from two to eight in the morning in Tokyo
        clock.advance(timedelta(hours=hours))
        bot.refresh()
    assert store.read(lambda tx: tx.outbox.count("waiting")) == 0
    assert _told(person, "I have learned") == 0
    clock.advance(timedelta(hours=2))
    bot.refresh()
    person.sees("I have learned about films now")


def test_who_took_consent_back_is_not_told_that_a_model_knows_them(
    bot: LivingBot, sim: Sim, growing: Growing, store: Store
) -> None:
    growing.has_model = True
    person = _consenting(sim, store, "en")
    store.write(lambda tx: tx.schedules.plan_first(OWN_MODEL, {UserId(person.id)})).result()
    store.write(lambda tx: tx.people.set_consent(UserId(person.id), False, version=1)).result()
    bot.refresh()
    person.settle()
    assert _told(person, "learned from your ratings") == 0


def _consenting(sim: Sim, store: Store, code: str) -> Person:
    person = Person(sim, 9, code)
    person.say("/recommend")
    person.sim.until(lambda: len(person.messages()) == 1)
    store.write(lambda tx: tx.people.set_consent(UserId(person.id), True, version=1)).result()
    return person
