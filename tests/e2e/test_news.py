"""Who waits for a model is told when it has come, once."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace

import pytest

from bot.settings import Settings
from bot.storage import Store
from recommender.domain import Filters, MovieId, Profile, Recommendation, UserId
from tests.bot.pupil import Pupil
from tests.e2e.conftest import LivingBot, Person
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
        stale: Set[MovieId] = frozenset(),
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
