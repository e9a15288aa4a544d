"""The first minutes over HTTP: from /start to a list that a rating changes."""

import re

import pytest

from bot.storage import Store
from recommender.domain import UserId
from tests.e2e.conftest import LivingBot, Person, data_of, labels
from tests.sim import Sim


def test_a_newcomer_chooses_genres_and_gets_five_films_at_once(person: Person) -> None:
    first_list = person.onboard("Comedy")
    assert first_list["text"].count("87% match") == 5
    assert "because you chose Comedy" in first_list["text"]
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
    person.tap(person.sees("One question"), label)
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
    person.sees("Your next list follows your genres")
    profile = store.read(lambda tx: tx.ratings.profile(UserId(person.id)))
    assert (profile.genres, set(profile.excluded)) == (("Crime",), set())


def test_done_turns_the_grid_into_one_list_however_often_it_is_tapped(person: Person) -> None:
    person.say("/start")
    grid = person.sees("Which genres")
    for _ in range(3):
        person.tap(grid, data=data_of(grid, "✔️ Done, show me films"))
    person.sees("Now make it yours")
    person.settle()
    shown = [message for message in person.messages() if "87% match" in message["text"]]
    assert [message["message_id"] for message in shown] == [grid["message_id"]]
    assert len([message for message in person.messages() if "Now make it yours" in message["text"]]) == 1


def test_nothing_waits_for_the_answer_about_training(person: Person, store: Store) -> None:
    person.say("/start")
    person.tap(person.sees("Which genres"), "✔️ Done, show me films")
    person.sees("87% match")
    welcome = person.sees("One question")
    person.tap(welcome, "👍 Yes, use my ratings")
    person.sim.until(lambda: "One question" not in str(person.messages()[0]["text"]))
    known = store.read(lambda tx: tx.people.get(UserId(person.id)))
    assert known is not None
    assert known.consent is True
    person.say("/privacy")
    person.tap(person.sees("your ratings help"), "Stop using my ratings")
    person.sees("your ratings are not used")


@pytest.mark.parametrize(
    ("code", "genres"), [("en", ("Comedy", "Crime", "Horror")), ("zh-hans", ("喜剧", "犯罪", "恐怖"))]
)
def test_from_start_to_a_list_it_takes_six_taps_at_most(
    bot: LivingBot, sim: Sim, code: str, genres: tuple[str, ...]
) -> None:
    person = Person(sim, 8, code)
    person.say("/start")  # the Start button
    grid = person.sees_button(genres[0])
    person.tap(person.messages()[0], labels(person.messages()[0])[0])  # the answer about training
    for genre in genres:
        person.tap(grid, genre)
        grid = person.sees_button(f"✅ {genre}")
    person.tap(grid, labels(grid)[-1])
    person.sees("87%")
    assert 1 + len(sim.toasts(person.id)) <= 6


def test_who_left_in_the_middle_finds_their_genres_as_they_were(person: Person) -> None:
    person.say("/start")
    person.tap(person.sees("Which genres"), "Drama")
    person.sees_button("✅ Drama")
    person.say("/start")
    person.sim.until(lambda: len(person.messages()) == 4)
    grid = person.messages()[-1]
    assert "✅ Drama" in labels(grid)
    person.tap(grid, "✔️ Done, show me films")
    person.sees("because you chose Drama")


def test_a_welcome_of_long_ago_still_leads_to_the_genres(person: Person) -> None:
    person.say("/start")
    welcome = person.sees("One question")
    person.tap(welcome, data="1:c:0:5")
    person.sim.until(lambda: "Which genres" in person.messages()[0]["text"])
    person.tap(person.messages()[0], "✔️ Done, show me films")
    person.sees("87% match")


def test_done_without_a_genre_starts_with_films_that_many_love(person: Person) -> None:
    assert "87% match" in person.onboard()["text"]


def test_coming_back_with_start_loses_nothing(person: Person, store: Store) -> None:
    person.onboard("Comedy")
    person.tap(person.sees("Now make it yours"), "⭐ Rate films")
    person.tap(person.sees("How did you like it?"), "4★")
    person.sees("1 film rated")
    person.say("/recommend")
    person.mark(person.sees("because you liked"), 1, "🔖 Later")
    person.say("/start")
    back = person.sees("Welcome back!")
    assert "1 film rated.\nOn your watchlist: 1 film." in back["text"]
    assert labels(back) == ["⭐ Rate films", "🎬 Show me films", "🔖 My watchlist"]
    profile = store.read(lambda tx: tx.ratings.profile(UserId(person.id)))
    assert (profile.genres, len(profile.ratings)) == (("Comedy",), 1)
    person.tap(back, "🎬 Show me films")
    # The first list still stands above: it is this message that must turn into one.
    person.sim.until(lambda: _has_become(person, back["message_id"], "Films for you"))


def test_two_starts_in_a_second_greet_twice_and_break_nothing(person: Person) -> None:
    person.say("/start")
    person.say("/start")
    person.sim.until(lambda: len(person.messages()) == 4)
    first, grid, second, other = person.messages()
    person.tap(first, "No, just recommend")
    person.tap(second, "👍 Yes, use my ratings")
    for each in (grid, other):
        person.tap(each, "✔️ Done, show me films")
    person.sees("Now make it yours")


def test_a_deep_link_opens_the_films_card(person: Person) -> None:
    person.onboard("Comedy")
    person.say("/start m_3")
    card = person.sees("Amélie (1993)\nSci\u2011Fi")
    assert labels(card)[:5] == ["1★", "2★", "3★", "4★", "5★"]


def test_a_newcomer_by_deep_link_is_greeted_too(person: Person) -> None:
    person.say("/start m_3")
    person.sees("One question")
    person.sees("Seen it? Tap your stars.")


@pytest.mark.parametrize("payload", ["m_999999", "m_0", "m_", "m_99999999999999999999", "x'; DROP TABLE people"])
def test_a_deep_link_to_no_film_still_begins(person: Person, payload: str) -> None:
    person.say(f"/start {payload}")
    person.sees("One question")


def test_a_chinese_app_is_spoken_to_in_chinese(bot: LivingBot, sim: Sim) -> None:
    person = Person(sim, 8, "zh-hans")
    person.say("/start")
    welcome = person.sees("你好，我是 Reelmate")
    person.tap(welcome, "不用，只给我推荐")
    person.sim.until(lambda: "问一句" not in person.messages()[0]["text"])
    grid = person.sees("你喜欢哪些类型？")
    assert "科幻" in labels(grid)
    person.tap(grid, "科幻")
    person.tap(person.sees_button("✅ 科幻"), "✔️ 选好了，给我推荐")
    shown = person.sees("为你推荐")
    assert "合拍度 87%" in shown["text"]
    assert "因为你选了科幻" in shown["text"]
    assert data_of(shown, "再来几部 ›").startswith("1:p:1:")


def _has_become(person: Person, message_id: int, text: str) -> bool:
    return any(each["message_id"] == message_id and text in each["text"] for each in person.messages())
