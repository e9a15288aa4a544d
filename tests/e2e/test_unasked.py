"""What the bot sends by itself: how it was, at most weekly, and a switch for each kind."""

from datetime import timedelta
from functools import partial

import pytest

from bot.service.news import OWN_MODEL, TAUGHT_MORE, plan_for_taught
from bot.storage import Store, Tx
from recommender.domain import MovieId, UserId
from tests.e2e.conftest import Clock, LivingBot, Person, codes, labels
from tests.sim import Sim

DAY = timedelta(days=1)


def _asked(person: Person, text: str = "How were these?") -> int:
    """Return how often the person was asked."""
    sent = person.sim.calls(method="sendMessage")
    return len([call for call in sent if text in call["parameters"]["text"] and call["status"] == 200])


def _like(person: UserId, number: MovieId, tx: Tx) -> None:
    tx.ratings.put(person, number, 8, update_id=10**6 + number)


def _see_one(person: Person) -> None:
    """Mark the first film of a fresh list as seen."""
    before = max((message["message_id"] for message in person.messages()), default=0)
    person.say("/recommend")
    fresh = person.sim.until_message(
        person.id, lambda one: one["message_id"] > before and "More ›" in labels(one), what="a fresh list"
    )
    person.mark(fresh, 1, "👀 Seen")


@pytest.mark.parametrize(
    ("code", "title", "seen", "empty"),
    [("en", "How were these?", "👀 Seen", "All rated"), ("zh-hans", "这些电影怎么样", "👀 看过", "都评过了")],
)
def test_a_film_marked_as_seen_is_asked_about_after_two_days_and_rated_in_two_taps(
    bot: LivingBot, sim: Sim, clock: Clock, code: str, title: str, seen: str, empty: str
) -> None:
    person = Person(sim, 21, code)
    person.say("/recommend")
    card = person.open(person.sim.until_message(person.id, lambda one: "5" in labels(one)), 1)
    person.tap(card, seen)
    bot.send_digests()
    clock.advance(2 * DAY)
    bot.send_digests()
    letter = person.sees(title)
    assert [label for label in labels(letter) if label.isdigit()] == ["1"]
    person.tap(person.open(letter, 1), "4★")
    person.sees(empty)


def test_a_film_chosen_from_a_list_is_asked_about_days_later_unless_something_was_said_of_it(
    bot: LivingBot, person: Person, clock: Clock
) -> None:
    person.say("/recommend")
    page = person.sees_button("More ›")
    person.tap(person.open(page, 1), "‹ Back")
    page = person.sees_button("More ›")
    person.mark(page, 2, "🔖 Later")
    clock.advance(2 * DAY)
    bot.send_digests()
    letter = person.sees("How were these?")
    assert [code for code in codes(letter) if code.startswith("1:o:")] == ["1:o:1:6:0:0"]


def test_nobody_is_asked_more_than_once_a_week_nor_twice_about_the_same(
    bot: LivingBot, person: Person, clock: Clock
) -> None:
    _see_one(person)
    for _ in range(20):
        clock.advance(DAY)
        bot.send_digests()
    person.settle()
    assert _asked(person) == 1
    _see_one(person)
    clock.advance(2 * DAY)
    bot.send_digests()
    person.sim.until(lambda: _asked(person) == 2)
    _see_one(person)
    for day in range(1, 9):
        clock.advance(DAY)
        bot.send_digests()
        person.settle()
        assert _asked(person) == (2 if day < 7 else 3)


def test_a_question_does_not_come_beside_a_digest(bot: LivingBot, person: Person, clock: Clock) -> None:
    _see_one(person)
    person.say("/notify")
    person.tap(person.sees("What I send by myself"), data="1:do:1:14:48")
    person.sees("every day at 14:00 (UTC+0)")
    clock.advance(2 * DAY + timedelta(hours=2, seconds=1))
    bot.send_digests()
    person.settle()
    assert (_asked(person, "Fresh films for you"), _asked(person)) == (1, 0)
    clock.advance(timedelta(hours=6))
    bot.send_digests()
    person.settle()
    assert (_asked(person, "Fresh films for you"), _asked(person)) == (1, 1)


def test_what_was_rated_meanwhile_is_not_asked_about(bot: LivingBot, person: Person, clock: Clock) -> None:
    person.say("/recommend")
    person.mark(person.sees_button("More ›"), 1, "👀 Seen")
    person.tap(person.open(person.sees_button("More ›"), 1), "3★")
    clock.advance(2 * DAY)
    bot.send_digests()
    person.settle()
    assert _asked(person) == 0


def test_a_blocked_person_is_not_asked_and_not_in_a_burst_after(
    bot: LivingBot, person: Person, clock: Clock, store: Store
) -> None:
    _see_one(person)
    person.sim.block(person.id)
    person.sim.until(lambda: (known := store.read(lambda tx: tx.people.get(UserId(person.id)))) and known.blocked)
    clock.advance(10 * DAY)
    bot.send_digests()
    assert store.read(lambda tx: tx.outbox.count("waiting")) == 0
    person.sim.unblock(person.id)
    person.settle()
    bot.send_digests()
    person.settle()
    assert _asked(person) == 0


@pytest.mark.parametrize(
    ("code", "title", "all_off", "off"),
    [
        ("en", "What I send by myself", "🔕 All off", "Films: off"),
        ("zh-hans", "我会主动发给你的", "🔕 全部关闭", "片单：已关闭"),
    ],
)
def test_one_tap_turns_everything_off(
    bot: LivingBot, sim: Sim, store: Store, clock: Clock, code: str, title: str, all_off: str, off: str
) -> None:
    person = Person(sim, 22, code)
    person.say("/notify")
    person.tap(person.sees(title), data="1:do:1:19:48")
    person.say("/notify")
    letter = person.sim.until_message(person.id, lambda one: title in one["text"] and "UTC+0" in one["text"])
    person.tap(letter, all_off)
    letter = person.sees(off)
    assert all_off not in labels(letter)
    known = store.read(lambda tx: tx.people.get(UserId(person.id)))
    assert known is not None
    assert (known.digest, known.wants_news, known.wants_reminders) == ("off", False, False)
    person.tap(letter, labels(letter)[0])  # the digest, whose hour is known
    person.sim.until_message(person.id, lambda one: title in one["text"] and "19:00" in one["text"])


def test_each_kind_has_its_switch(bot: LivingBot, person: Person, clock: Clock) -> None:
    _see_one(person)
    person.say("/notify")
    person.tap(person.sees("What I send by myself"), "✅ 👀 Films to rate")
    letter = person.sees("did not rate: off")
    assert labels(letter) == ["📬 Films", "✅ ✨ News", "👀 Films to rate", "🔕 All off"]
    clock.advance(3 * DAY)
    bot.send_digests()
    person.settle()
    assert _asked(person) == 0
    person.tap(letter, "📬 Films")  # nobody knows at what hour
    person.sees("At what hour?")


def test_what_comes_unasked_leads_to_its_settings(bot: LivingBot, person: Person, clock: Clock) -> None:
    _see_one(person)
    clock.advance(2 * DAY)
    bot.send_digests()
    person.tap(person.sees("How were these?"), "🔕 Fewer messages")
    person.sees("What I send by myself")
    person.sees("How were these?")  # it stays


def test_who_taught_a_model_much_more_since_is_told_once_more(bot: LivingBot, person: Person, store: Store) -> None:
    ada = UserId(person.id)
    person.settle()
    person.say("/recommend")
    person.sees("Films for you")
    store.write(lambda tx: tx.people.set_consent(ada, True)).result()

    def rate(first: int, last: int) -> None:
        for number in map(MovieId, range(first, last + 1)):
            store.write(partial(_like, ada, number)).result()

    for first, last, told in ((1, 10, 0), (11, 29, 0), (30, 30, 1), (31, 40, 1)):
        rate(first, last)
        store.write(lambda tx: plan_for_taught(tx, {ada})).result()
        bot.refresh()
        person.settle()
        assert _asked(person, "what you rated lately") == told
    due = store.read(lambda tx: [*tx.schedules.due(OWN_MODEL), *tx.schedules.due(TAUGHT_MORE)])
    assert due == []
