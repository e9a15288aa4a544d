"""The digest over HTTP: chosen by buttons, sent once per period."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.storage import Store
from recommender.domain import UserId
from tests.e2e.conftest import Clock, LivingBot, Person, labels


def _subscribe(person: Person, frequency: str) -> None:
    person.say(f"/digest {frequency}")
    person.tap(person.sees("At what hour?"), "19:00")
    offsets = person.sees("What time is it where you are now?")
    person.tap(offsets, "14:00")  # noon in UTC
    person.sees("at 19:00 (UTC+2)")


def _sent(person: Person) -> int:
    return len([message for message in person.messages() if "Fresh films for you" in message["text"]])


def test_the_digest_is_off_until_asked_for(person: Person) -> None:
    person.say("/digest")
    assert labels(person.sees("Your digest is off")) == ["Daily", "Weekly"]


def test_hour_and_offset_are_asked_once(person: Person, store: Store) -> None:
    _subscribe(person, "daily")
    known = store.read(lambda tx: tx.people.get(UserId(person.id)))
    assert known is not None
    assert (known.digest, known.digest_hour, known.utc_offset_minutes) == ("daily", 19, 120)
    person.say("/digest weekly")
    person.sees("every Friday at 19:00 (UTC+2)")
    person.say("/digest off")
    person.sees("Your digest is off")


def test_a_daily_digest_comes_once_a_day_across_restarts(
    bot: LivingBot, person: Person, clock: Clock, settings: object, store: Store
) -> None:
    _subscribe(person, "daily")
    clock.now = datetime(2026, 3, 2, 17, 0, 1, tzinfo=UTC)
    bot.send_digests()
    bot.send_digests()
    person.sees("Fresh films for you")
    assert _sent(person) == 1
    again = LivingBot(bot.settings, store)
    bot.stop()
    again.start()
    try:
        clock.advance(timedelta(hours=5))
        again.send_digests()
        assert _sent(person) == 1
        clock.advance(timedelta(hours=19))
        again.send_digests()
        person.sim.until(lambda: _sent(person) == 2)
    finally:
        again.stop()


def test_changing_the_hour_brings_no_second_digest_that_day(bot: LivingBot, person: Person, clock: Clock) -> None:
    _subscribe(person, "daily")
    clock.now = datetime(2026, 3, 2, 17, 0, 1, tzinfo=UTC)
    bot.send_digests()
    person.say("/digest")
    person.tap(person.sees("every day at 19:00"), "🕖 Change the time")
    person.tap(person.sees("At what hour?"), "21:00")
    offsets = person.sees("What time is it where you are now?")
    person.tap(offsets, "19:00")
    person.sees("at 21:00 (UTC+2)")
    clock.now = datetime(2026, 3, 2, 19, 30, tzinfo=UTC)
    bot.send_digests()
    person.settle()
    assert _sent(person) == 1


def test_a_blocked_person_gets_no_digest(bot: LivingBot, person: Person, clock: Clock, store: Store) -> None:
    _subscribe(person, "weekly")
    person.sim.block(person.id)
    person.sim.until(lambda: (known := store.read(lambda tx: tx.people.get(UserId(person.id)))) and known.blocked)
    clock.now = datetime(2026, 3, 6, 18, 0, tzinfo=UTC)
    bot.send_digests()
    assert store.read(lambda tx: tx.outbox.count("waiting")) == 0
    assert _sent(person) == 0


def test_the_digest_buttons_work_as_in_any_list(bot: LivingBot, person: Person, clock: Clock) -> None:
    _subscribe(person, "weekly")
    clock.now = datetime(2026, 3, 6, 18, 0, tzinfo=UTC)
    bot.send_digests()
    person.tap(person.sees("Fresh films for you"), "More ›")
    person.sees("page 2")


@pytest.mark.parametrize("argument", ["hourly", "daily weekly", "<b>"])
def test_an_unknown_frequency_is_explained(person: Person, argument: str) -> None:
    person.say(f"/digest {argument}")
    assert labels(person.sees("Send /digest off")) == ["Off", "Daily", "Weekly"]
