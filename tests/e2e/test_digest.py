"""The digest over HTTP: chosen by buttons, sent once per period."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.settings import Settings
from bot.storage import Store
from bot.storage.tables import Base
from recommender.domain import Profile, Recommendation, UserId
from tests.bot.pupil import Pupil
from tests.e2e.conftest import Clock, LivingBot, Person, codes, labels
from tests.sim import Json, Sim


def _subscribe(person: Person, frequency: str) -> None:
    person.say(f"/digest {frequency}")
    person.tap(person.sees("At what hour?"), "19:00")
    person.tap(person.sees("Where are you?"), "Berlin 13:00")  # noon in UTC
    person.sees("at 19:00 (Berlin)")


def _sent(person: Person) -> int:
    return len([message for message in person.messages() if "Fresh films for you" in message["text"]])


def _issues(person: Person) -> int:
    """Return how many digests were sent, whatever their messages show by now."""
    sent = person.sim.calls(method="sendMessage")
    return len([call for call in sent if "Fresh films for you" in call["parameters"]["text"]])


def _films(page: Json) -> list[str]:
    """Return the films of a page, by what the buttons carry that open their cards."""
    return [code.split(":")[2] for code in codes(page) if code.startswith("1:o:")]


def test_the_digest_is_off_until_asked_for(person: Person) -> None:
    person.say("/digest")
    assert labels(person.sees("Your digest is off")) == ["Daily", "Weekly"]


def test_hour_and_place_are_asked_once(person: Person, store: Store) -> None:
    _subscribe(person, "daily")
    known = store.read(lambda tx: tx.people.get(UserId(person.id)))
    assert known is not None
    assert (known.digest, known.digest_hour, known.zone, known.utc_offset_minutes) == ("daily", 19, "Europe/Berlin", 60)
    person.say("/digest weekly")
    person.sees("every Friday at 19:00 (Berlin)")
    person.say("/digest off")
    person.sees("Your digest is off")


def test_a_daily_digest_comes_once_a_day_across_restarts(
    bot: LivingBot, person: Person, clock: Clock, settings: object, store: Store
) -> None:
    _subscribe(person, "daily")
    clock.now = datetime(2026, 3, 2, 18, 0, 1, tzinfo=UTC)
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
    clock.now = datetime(2026, 3, 2, 18, 0, 1, tzinfo=UTC)
    bot.send_digests()
    person.say("/digest")
    person.tap(person.sees("every day at 19:00"), "🕖 Change the time")
    person.tap(person.sees("At what hour?"), "21:00")
    person.sees("at 21:00 (Berlin)")
    clock.now = datetime(2026, 3, 2, 20, 30, tzinfo=UTC)
    bot.send_digests()
    person.settle()
    assert _sent(person) == 1


def test_a_blocked_person_gets_no_digest(bot: LivingBot, person: Person, clock: Clock, store: Store) -> None:
    _subscribe(person, "weekly")
    person.sim.block(person.id)
    person.sim.until(lambda: (known := store.read(lambda tx: tx.people.get(UserId(person.id)))) and known.blocked)
    clock.now = datetime(2026, 3, 6, 18, 30, tzinfo=UTC)
    bot.send_digests()
    assert store.read(lambda tx: tx.outbox.count("waiting")) == 0
    assert _sent(person) == 0


def test_a_film_shown_before_never_comes_in_a_digest(bot: LivingBot, person: Person, clock: Clock) -> None:
    _subscribe(person, "daily")
    person.say("/recommend")
    shown = _films(person.sees("Films for you"))
    for day in range(2, 9):  # forty films: five shown, and five a day
        clock.now = datetime(2026, 3, day, 18, 0, 1, tzinfo=UTC)
        bot.send_digests()
        person.settle()  # somebody who answers
        fresh = [one for one in person.messages() if "Fresh films for you" in one["text"]][-1]
        assert not set(_films(fresh)) & set(shown)
        shown += _films(fresh)
    assert len(set(shown)) == len(shown) == 40
    clock.now = datetime(2026, 3, 9, 18, 0, 1, tzinfo=UTC)
    bot.send_digests()
    person.settle()
    assert _sent(person) == 7


class Doubtful(Pupil):
    """Finds two films that are likely to be liked, and three that are not."""

    def recommend(self, profile: Profile, k: int, **options: Any) -> list[Recommendation]:
        found = super().recommend(profile, k, **options)
        return [replace(one, like_probability=0.6 if at < 2 else 0.4) for at, one in enumerate(found)]


class Hopeless(Pupil):
    """Finds nothing that is likely to be liked."""

    def recommend(self, profile: Profile, k: int, **options: Any) -> list[Recommendation]:
        return [replace(one, like_probability=0.49) for one in super().recommend(profile, k, **options)]


@pytest.mark.parametrize(("pupil", "films"), [(Doubtful(), 2), (Hopeless(), 0)])
def test_only_what_is_good_comes_and_where_nothing_is_the_digest_is_silent(
    settings: Settings, store: Store, sim: Sim, clock: Clock, pupil: Pupil, films: int
) -> None:
    living = LivingBot(settings, store, pupil)
    living.start()
    try:
        person = Person(sim, 12)
        _subscribe(person, "daily")
        clock.now = datetime(2026, 3, 2, 18, 0, 1, tzinfo=UTC)
        living.send_digests()
        person.settle()
        assert _sent(person) == bool(films)
        if films:
            assert len(_films(person.sees("Fresh films for you"))) == films
    finally:
        living.stop()


@pytest.mark.parametrize(
    ("code", "off", "paused", "back", "daily"),
    [
        ("en", "Your digest is off", "I paused your digest", "📬 Bring it back", "every day at 19:00 (UTC+0)"),
        ("zh-hans", "推送已关闭", "推送已暂停", "📬 恢复推送", "每天 19:00"),
    ],
)
def test_after_four_that_nobody_answered_it_pauses_and_one_tap_brings_it_back(
    bot: LivingBot, sim: Sim, clock: Clock, code: str, off: str, paused: str, back: str, daily: str
) -> None:
    person = Person(sim, 13, code)
    person.say("/digest")
    person.tap(person.sees(off), data="1:do:1:19:48")
    person.sees(daily)
    before = len(person.messages())
    for day in range(2, 10):
        clock.now = datetime(2026, 3, day, 19, 0, 1, tzinfo=UTC)
        bot.send_digests()
    letter = person.sees(paused)
    assert len(person.messages()) == before + 5  # four digests, and the letter in place of the fifth
    person.tap(letter, back)
    person.sees(daily)
    clock.now = datetime(2026, 3, 10, 19, 0, 1, tzinfo=UTC)
    bot.send_digests()
    person.sim.until(lambda: len(person.messages()) == before + 6)


def test_a_tap_or_a_word_after_the_third_keeps_it_coming(bot: LivingBot, person: Person, clock: Clock) -> None:
    _subscribe(person, "daily")
    for day in range(2, 9):
        clock.now = datetime(2026, 3, day, 18, 0, 1, tzinfo=UTC)
        bot.send_digests()
        if day == 4:
            person.open(person.sees("Fresh films for you"), 1)
        if day == 7:
            person.say("thanks")
    person.settle()
    assert "I paused your digest" not in [message["text"][:20] for message in person.messages()]
    assert _issues(person) == 7


def test_who_comes_back_after_blocking_gets_one_digest_at_its_hour_and_no_burst(
    bot: LivingBot, person: Person, clock: Clock, store: Store
) -> None:
    _subscribe(person, "daily")
    person.sim.block(person.id)
    person.sim.until(lambda: (known := store.read(lambda tx: tx.people.get(UserId(person.id)))) and known.blocked)
    for day in range(2, 7):
        clock.now = datetime(2026, 3, day, 18, 0, 1, tzinfo=UTC)
        bot.send_digests()
    person.sim.unblock(person.id)
    person.settle()
    bot.send_digests()
    person.settle()
    assert _issues(person) == 0
    clock.now = datetime(2026, 3, 7, 18, 0, 1, tzinfo=UTC)
    for _ in range(3):
        bot.send_digests()
    person.settle()
    assert _issues(person) == 1


def test_the_digest_buttons_work_as_in_any_list(bot: LivingBot, person: Person, clock: Clock) -> None:
    _subscribe(person, "weekly")
    clock.now = datetime(2026, 3, 6, 18, 30, tzinfo=UTC)
    bot.send_digests()
    person.tap(person.sees("Fresh films for you"), "More ›")
    person.sees("page 2")


@pytest.mark.parametrize("argument", ["hourly", "daily weekly", "<b>", "UTC+15"])
def test_an_unknown_frequency_is_explained(person: Person, argument: str) -> None:
    person.say(f"/digest {argument}")
    assert labels(person.sees("Send /digest off")) == ["Off", "Daily", "Weekly"]


@pytest.mark.parametrize(
    ("code", "asked", "said", "place"),
    [
        ("en", "Where are you?", "Australia/Adelaide", "19:00 (Adelaide)"),
        ("en", "Where are you?", "Sao Paulo", "19:00 (Sao Paulo)"),
        ("en", "Where are you?", "I'm in Chicago", "19:00 (Chicago)"),
        ("en", "Where are you?", "UTC-3:30", "19:00 (UTC-3:30)"),
        ("en", "Where are you?", "EST", "19:00 (New York)"),
        ("zh-hans", "你在哪里", "北京", "19:00 给你推送片单（上海）"),
        ("zh-hans", "你在哪里", "东八区", "19:00 给你推送片单（UTC+8）"),
    ],
)
def test_the_place_may_be_typed(bot: LivingBot, sim: Sim, code: str, asked: str, said: str, place: str) -> None:
    person = Person(sim, 9, code)
    person.say("/digest daily")
    person.tap(person.sees_button("19:00"), "19:00")
    person.sees(asked)
    person.say(said)
    person.sees(place)


def test_a_shared_location_tells_the_zone_and_is_not_kept(person: Person, store: Store) -> None:
    person.say("/digest daily")
    person.tap(person.sees("At what hour?"), "19:00")
    person.sees("Where are you?")
    person.sim.other(person.user, {"location": {"latitude": -34.9285, "longitude": 138.6007}})
    person.sees("19:00 (Adelaide)")
    person.settle()
    with store._engine.connect() as connection:
        kept = {table.name: connection.execute(select(table)).all() for table in Base.metadata.sorted_tables}
    assert "Adelaide" in str(kept)
    assert "138.6007" not in str(kept)


def test_a_country_of_several_clocks_asks_which(person: Person) -> None:
    person.say("/digest USA")
    which = person.sees("Clocks differ there")
    assert {"New York 07:00", "Denver 05:00", "Phoenix 05:00", "Honolulu 02:00"} <= set(labels(which))
    person.tap(which, "Denver 05:00")
    person.sees("Your time zone: Denver")


def test_at_the_question_a_place_unknown_is_said_and_a_title_is_a_title(person: Person) -> None:
    person.say("/digest weekly")
    person.tap(person.sees("At what hour?"), "08:00")
    person.sees("Where are you?")
    person.say("Qwrtzuiop")
    person.sees("where “Qwrtzuiop” is")
    person.say("Heat")
    person.sees("Seen it?")
    person.say("Paris")
    person.sees("every Friday at 08:00 (Paris)")


def test_a_city_is_a_title_again_when_nobody_asks(person: Person, clock: Clock) -> None:
    person.say("/digest daily")
    person.tap(person.sees("At what hour?"), "19:00")
    person.sees("Where are you?")
    clock.advance(timedelta(hours=1))
    person.say("Reykjavik")
    person.sees("couldn’t find “Reykjavik”")
    person.say("/digest Reykjavik")
    person.sees("every day at 19:00 (Reykjavik)")


def test_the_hour_holds_across_summer_time(bot: LivingBot, person: Person, clock: Clock) -> None:
    _subscribe(person, "daily")
    clock.now = datetime(2026, 3, 27, 18, 0, 1, tzinfo=UTC)
    bot.send_digests()
    for day, hour in ((28, 18), (29, 17)):  # summer time begins between them
        clock.now = datetime(2026, 3, day, hour, tzinfo=UTC) - timedelta(minutes=1)
        bot.send_digests()
        person.settle()
        before = _sent(person)
        clock.now = datetime(2026, 3, day, hour, 0, 1, tzinfo=UTC)
        bot.send_digests()
        person.settle()
        assert _sent(person) == before + 1


def test_buttons_of_old_still_choose_an_offset(person: Person, store: Store) -> None:
    person.say("/digest")
    person.tap(person.sees("Your digest is off"), data="1:do:1:19:70")
    person.sees("every day at 19:00 (UTC+5:30)")
    person.tap(person.sees("every day at 19:00"), "🌍 Change the place")
    person.tap(person.sees("Where are you?"), "Kolkata 17:30")
    person.sees("every day at 19:00 (Kolkata)")


def test_a_question_left_open_is_asked_again(person: Person) -> None:
    person.say("/digest daily")
    person.tap(person.sees("At what hour?"), "19:00")
    first = person.sees("Where are you?")
    person.say("/digest")
    person.sim.until(lambda: person.sees("Where are you?")["message_id"] != first["message_id"])


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("/digest daily 19:00 Berlin", "at 19:00 (Berlin)"),
        ("/digest every day at 7pm, New York", "at 19:00 (New York)"),
        ("/digest weekly 8:00 UTC+5:30", "every Friday at 08:00 (UTC+5:30)"),
        ("/digest 21:00 Tokyo", "at 21:00 (Tokyo)"),
        ("/digest 每天 晚上9点 上海", "at 21:00 (Shanghai)"),
        ("/digest daily 19:30 Berlin", "At what hour?"),
        ("/digest daily Berlin", "At what hour?"),
        ("/digest every day", "At what hour?"),
        ("/digest daily 8am", "Where are you?"),
        ("/digest daily 8am USA", "Which of these"),
        ("/digest stop", "Your digest is off"),
        ("/digest every monday", "or all in one: /digest daily 19:00 Berlin"),
        ("/digest daily Nowhere", "or all in one"),
    ],
)
def test_all_of_it_can_be_said_at_once(person: Person, text: str, answer: str) -> None:
    person.say(text)
    person.sees(answer)


def test_the_hour_may_be_typed_while_it_is_asked_for(person: Person) -> None:
    person.say("/digest daily")
    person.sees("At what hour?")
    person.say("8 pm")
    person.sees("Where are you?")
    person.say("Berlin")
    person.sees("at 20:00 (Berlin)")
    person.say("8 pm")  # no answer any more
    person.sees("couldn’t find")


def test_an_hour_alone_moves_a_digest_that_comes(person: Person) -> None:
    _subscribe(person, "weekly")
    person.say("/digest 9:00")
    person.sees("every Friday at 09:00 (Berlin)")
