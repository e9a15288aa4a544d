"""Guest mode over HTTP: the bot called by name in a chat that it is no member of."""

from __future__ import annotations

import pytest

from recommender.domain import UserId
from tests.e2e.conftest import LivingBot, Person, labels
from tests.sim import Json, Sim

FRIENDS: Json = {"id": -77, "type": "group", "title": "Friends"}


@pytest.mark.parametrize(
    ("code", "said", "title", "button"),
    [
        ("en", "@reelmate_bot a comedy from the 90s", "Films to watch", "👋 Ask me in private"),
        ("zh-hans", "@reelmate_bot 90年代喜剧", "可以看的电影", "👋 私聊问我"),
    ],
)
def test_a_stranger_gets_films_and_stays_unknown(
    bot: LivingBot, sim: Sim, code: str, said: str, title: str, button: str
) -> None:
    stranger = Person(sim, 31, code)
    sim.guest(stranger.user, said, FRIENDS)
    told = sim.until_text(-77, title)
    assert button in labels(told)
    assert "1. Heat (1991)\n" in told["text"]
    assert "Ronin" not in told["text"]
    assert "%" not in told["text"]
    assert bot.store.read(lambda tx: tx.people.get(UserId(31))) is None


def test_who_is_known_gets_their_own_films_without_a_word_of_why(person: Person, sim: Sim) -> None:
    person.onboard("Sci-Fi")
    sim.guest(person.user, "what shall we watch, @reelmate_bot?", FRIENDS)
    told = sim.until_text(-77, "Films to watch")
    assert told["text"].count("Sci\u2011Fi") == 5
    assert "because" not in told["text"]


def test_one_call_is_answered_once_and_an_answer_too_late_breaks_nothing(person: Person, sim: Sim) -> None:
    sim.fault("answerGuestQuery", status=400, times=1)
    sim.guest(person.user, "@reelmate_bot?", FRIENDS)
    sim.until(lambda: sim.calls(method="answerGuestQuery"))
    person.say("/help")
    person.sees("Send me a title to rate it")
    sim.guest(person.user, "@reelmate_bot?", FRIENDS)
    sim.until_text(-77, "Films to watch")
    assert len(sim.from_bot(-77)) == 1
