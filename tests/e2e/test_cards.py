"""A film's card over HTTP: its picture, undo, why, what counts, what is shared."""

from __future__ import annotations

import pytest

from bot.storage import Store
from recommender.domain import MovieId, UserId
from tests.e2e.conftest import LivingBot, Person, labels
from tests.sim import Json, Sim


@pytest.fixture
def reader(bot: LivingBot, sim: Sim) -> Person:
    """Someone with a Chinese app."""
    return Person(sim, 7_000_008, "zh-hans")


def _uploads(person: Person) -> list[bool]:
    """Return of each photo that was sent whether it was uploaded."""
    calls = person.sim.calls(method="sendPhoto")
    return [not isinstance(call["parameters"]["photo"], str) for call in calls]


def _photo(person: Person, count: int) -> Json:
    """Wait for so many pictures; returns the newest."""
    pictures = person.sim.until(
        lambda: found if len(found := [one for one in person.messages() if one["photo"]]) == count else None
    )
    assert pictures is not None
    return pictures[-1]


def test_a_card_shown_twice_is_drawn_and_uploaded_once(person: Person) -> None:
    person.say("heat")
    first = _photo(person, 1)
    person.settle()
    person.say("heat")
    second = _photo(person, 2)
    assert _uploads(person) == [True, False]
    assert second["photo"] == first["photo"]
    assert second["text"] == first["text"]


def test_a_picture_card_is_rated_undone_and_marked_in_place(person: Person, store: Store) -> None:
    person.say("heat")
    card = _photo(person, 1)
    person.tap(card, "🔖 Later")
    person.tap(person.sees_button("✅ Later"), "4★")
    rated = person.sees("Your rating: ★★★★.")
    assert rated["message_id"] == card["message_id"]
    person.tap(rated, "↩ Undo")
    undone = person.sees("Seen it? Tap your stars.")
    assert "✅ Later" in labels(undone)
    assert undone["photo"] == card["photo"]
    assert store.read(lambda tx: tx.ratings.count(UserId(person.id))) == 0
    assert person.sim.calls(method="editMessageText") == []


def test_why_says_the_reason_the_ratings_that_count_and_the_basis(person: Person) -> None:
    for title in ("ronin", "alien"):
        person.say(title)
        person.tap(person.sees_button("5★"), "5★")
        person.sees("Your rating: ★★★★★")
    person.say("heat")
    person.tap(person.sim.until_message(person.id, lambda one: one["text"].startswith("Heat")), "❓ Why?")
    why = person.sees("87% match: because you liked Alien (1994).")
    assert "What counts most here: Alien (1994) ★★★★★, Ronin (1992) ★★★★★." in why["text"]
    assert "It is worked out from your 2 ratings and whatever genres you chose." in why["text"]
    person.tap(why, "4★")
    rated = person.sim.until_message(person.id, lambda one: one["text"].startswith("Heat") and "Your" in one["text"])
    assert "87%" not in rated["text"]


def test_why_on_a_card_of_a_list_is_what_the_list_said(person: Person) -> None:
    page = person.onboard("Drama")
    card = person.open(page, 1)
    person.tap(card, "❓ Why?")
    why = person.sees("❓")
    assert "because you chose Drama" in why["text"]
    person.tap(why, "‹ Back")
    assert person.sees("Films for you")["text"] == page["text"]


def test_a_rating_that_does_not_count_is_kept_and_shown_as_such(person: Person, store: Store) -> None:
    person.say("heat")
    person.tap(_photo(person, 1), "5★")
    person.tap(person.sees("Your rating: ★★★★★."), "⋯ More")
    person.tap(person.sees_button("🙈 Don’t count this rating"), "🙈 Don’t count this rating")
    counted_out = person.sees("not counted for your taste")
    assert store.read(lambda tx: tx.ratings.profile(UserId(person.id))).ratings == ()
    person.say("/ratings")
    person.sees("1. Heat (1991) ★★★★★ · not counted")
    person.say("/recommend")
    assert "Heat" not in person.sees("Films for you")["text"]
    person.tap(counted_out, "✅ Count this rating again")
    person.tap(person.sees_button("🙈 Don’t count this rating"), "‹ Back to the card")
    person.sees("Your rating: ★★★★★. Tap again")
    assert len(store.read(lambda tx: tx.ratings.profile(UserId(person.id))).ratings) == 1


def test_what_is_shared_says_nothing_of_the_person(person: Person) -> None:
    person.say("heat")
    person.tap(_photo(person, 1), "5★")
    person.tap(person.sees("Your rating"), "↗️ Share")
    shared = _photo(person, 2)
    assert "rating" not in shared["text"]
    assert labels(shared) == []


def test_a_card_of_a_list_is_sent_anew_with_its_picture(person: Person) -> None:
    page = person.onboard("Drama")
    person.tap(person.open(page, 1), "⋯ More")
    person.tap(person.sees_button("🖼 Picture"), "🖼 Picture")
    picture = _photo(person, 1)
    assert labels(picture)[-1] == "⋯ More"
    person.tap(picture, "4★")
    assert person.sees("Your rating: ★★★★.")["message_id"] == picture["message_id"]


def test_cards_link_to_searches(person: Person) -> None:
    person.say("tom jerry")
    links = [one["url"] for one in _photo(person, 1)["entities"] if one["type"] == "text_link"]
    assert links == [
        "https://www.youtube.com/results?search_query=Tom+%26+%3CJerry%3E+1997+trailer",
        "https://duckduckgo.com/?q=where+to+watch+Tom+%26+%3CJerry%3E+1997",
    ]


def test_cards_speak_chinese(reader: Person, store: Store) -> None:
    reader.say("heat")
    card = _photo(reader, 1)
    assert labels(card)[-4:] == ["🚫 不感兴趣", "≈ 类似的", "↗️ 分享", "⋯ 更多"]
    reader.tap(card, "❓ 为什么")
    reader.sees("只看你选的类型")
    reader.tap(card, "5★")
    reader.tap(reader.sees("★★★★★"), "⋯ 更多")
    reader.tap(reader.sees_button("🙈 不计入口味"), "🙈 不计入口味")
    reader.sees("不计入口味。")
    assert store.read(lambda tx: tx.ratings.uncounted(UserId(reader.id))) == {MovieId(1)}


def test_a_film_that_is_gone_has_no_card_any_more(person: Person) -> None:
    person.say("heat")
    card = _photo(person, 1)
    for data in ("1:os:999:0:0:0:0", "1:os:999:1:0:0:0", "1:rc:999:1:0:0:0", "1:op:999:0:0:0", "1:sh:999"):
        person.tap(card, data=data)
    person.tap(card, data="1:ru:999:0:0:0:0:0")
    person.sim.until(lambda: sum("catalogue" in one["text"] for one in person.messages()) == 6)
