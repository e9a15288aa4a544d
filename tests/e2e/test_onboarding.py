"""The first minutes over HTTP: from /start to a list that a rating changes."""

import re

import pytest

from bot.storage import Store
from recommender.domain import UserId
from tests.e2e.conftest import LivingBot, Person, data_of, labels, round_of
from tests.sim import Sim


def test_a_newcomer_chooses_genres_and_gets_five_films_at_once(person: Person) -> None:
    first_list = person.onboard("Comedy")
    assert first_list["text"].count("87% match") == 5
    assert "because you chose Comedy" in first_list["text"]
    person.sees("Genres: Comedy.")
    assert re.findall(r"\d+% match · (.+)", first_list["text"]) == ["Comedy"] * 5


def test_a_rating_changes_the_very_next_list(person: Person) -> None:
    before = person.onboard("Comedy")
    person.tap(person.sees("Now make it yours"), "⭐ Rate films")
    card = person.sees("How did you like it?")
    assert "Heat (1991)" in card["text"]
    person.tap(card, "5★")
    person.sees("✓ Heat (1991): ★★★★★")
    person.say("/recommend")
    after = person.sees("because you liked Heat (1991)")
    assert after["message_id"] != before["message_id"]
    assert ". Heat (1991)" not in after["text"]


@pytest.mark.parametrize(("label", "agreed"), [("👍 Yes, use my ratings", True), ("No, just recommend", False)])
def test_both_answers_to_the_consent_question_go_on(person: Person, store: Store, label: str, agreed: bool) -> None:
    person.say("/start")
    person.tap(person.sees("One question first"), label)
    person.sees("Which genres")
    known = store.read(lambda tx: tx.people.get(UserId(person.id)))
    assert known is not None
    assert known.consent is agreed


def test_a_genre_is_wanted_then_never_then_neither(person: Person, store: Store) -> None:
    person.say("/genres")
    grid = person.sees("Your genres")
    person.tap(grid, "Drama")
    person.tap(person.sees_button("✅ Drama"), "✅ Drama")
    person.tap(person.sees_button("🚫 Drama"), "🚫 Drama")
    person.tap(person.sees_button("Drama"), "Crime")
    person.tap(person.sees_button("✅ Crime"), "✔️ Done")
    assert "Your next list follows them" in person.sees("Genres: Crime.")["text"]


def test_done_twice_shows_one_list(person: Person) -> None:
    person.onboard("Comedy")
    grid_id = person.sees("Genres: Comedy.")["message_id"]
    done = f"1:gd:{round_of(person.sees('Films for you'))}"
    person.tap({"message_id": grid_id}, data=done)
    person.settle()
    assert len([message for message in person.messages() if "87% match" in message["text"]]) == 1
    assert len([message for message in person.messages() if "Now make it yours" in message["text"]]) == 1


def test_done_without_a_genre_starts_with_films_that_many_love(person: Person) -> None:
    assert "87% match" in person.onboard()["text"]
    person.sees("Genres: any.")


def test_coming_back_with_start_loses_nothing(person: Person, store: Store) -> None:
    person.onboard("Comedy")
    person.tap(person.sees("Now make it yours"), "⭐ Rate films")
    person.tap(person.sees("How did you like it?"), "4★")
    person.sees("1 film rated")
    person.say("/start")
    back = person.sees("Welcome back!")
    assert "1 film rated" in back["text"]
    profile = store.read(lambda tx: tx.ratings.profile(UserId(person.id)))
    assert (profile.genres, len(profile.ratings)) == (("Comedy",), 1)
    person.tap(back, "🎬 Show me films")
    # The first list still stands above: it is this message that must turn into one.
    person.sim.until(lambda: _has_become(person, back["message_id"], "Films for you"))


def test_two_starts_in_a_second_greet_twice_and_break_nothing(person: Person) -> None:
    person.say("/start")
    person.say("/start")
    person.sim.until(lambda: len(person.messages()) == 2)
    first, second = person.messages()
    person.tap(first, "No, just recommend")
    person.tap(second, "👍 Yes, use my ratings")
    grids = person.sim.until(lambda: [each for each in person.messages() if "Which genres" in each["text"]][1:])
    person.tap(grids[0], "✔️ Done")
    person.sees("Now make it yours")


def test_a_deep_link_opens_the_films_card(person: Person) -> None:
    person.onboard("Comedy")
    person.say("/start m_3")
    card = person.sees("Amélie (1993)\nSci\u2011Fi")
    assert labels(card)[:5] == ["1★", "2★", "3★", "4★", "5★"]


def test_a_newcomer_by_deep_link_is_greeted_too(person: Person) -> None:
    person.say("/start m_3")
    person.sees("One question first")
    person.sees("Seen it? Tap your stars.")


@pytest.mark.parametrize("payload", ["m_999999", "m_0", "m_", "m_99999999999999999999", "x'; DROP TABLE people"])
def test_a_deep_link_to_no_film_still_begins(person: Person, payload: str) -> None:
    person.say(f"/start {payload}")
    person.sees("One question first")


def test_a_chinese_app_is_spoken_to_in_chinese(bot: LivingBot, sim: Sim) -> None:
    person = Person(sim, 8, "zh-hans")
    person.say("/start")
    welcome = person.sees("你好，我是 Reelmate")
    person.tap(welcome, "不用，只给我推荐")
    grid = person.sees("你喜欢哪些类型？")
    assert "科幻" in labels(grid)
    person.tap(grid, "科幻")
    person.tap(person.sees_button("✅ 科幻"), "✔️ 完成")
    shown = person.sees("为你推荐")
    assert "合拍度 87%" in shown["text"]
    assert "因为你选了科幻" in shown["text"]
    assert data_of(shown, "再来几部 ›").startswith("1:p:1:")


def _has_become(person: Person, message_id: int, text: str) -> bool:
    return any(each["message_id"] == message_id and text in each["text"] for each in person.messages())
