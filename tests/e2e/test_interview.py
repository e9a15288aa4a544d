"""The rating interview over HTTP: every tap saves, once."""

import pytest

from bot.storage import Store, Tx
from recommender.domain import MovieId, UserId
from tests.e2e.conftest import LivingBot, Person, labels
from tests.sim import Sim


def _half_stars(store: Store, person: Person, movie: int) -> int:
    rating = store.read(lambda tx: tx.ratings.get(UserId(person.id), MovieId(movie)))
    return rating.stars.half_stars if rating else 0


def test_a_tap_saves_and_turns_the_same_message_into_the_next_card(person: Person, store: Store) -> None:
    person.say("/rate")
    card = person.sees("Heat (1991)")
    person.tap(card, "4★")
    following = person.sees("Ronin (1992)")
    assert following["message_id"] == card["message_id"]
    assert "✓ Heat (1991): ★★★★\n1 film rated" in following["text"]
    assert _half_stars(store, person, 1) == 8


def test_half_a_star_more_or_less_keeps_the_next_card(person: Person, store: Store) -> None:
    person.say("/rate")
    person.tap(person.sees("Heat (1991)"), "4★")
    person.tap(person.sees("Ronin (1992)"), "+½")
    card = person.sees("✓ Heat (1991): ★★★★½")
    assert "Ronin (1992)" in card["text"]
    assert _half_stars(store, person, 1) == 9
    person.tap(card, "−½")
    person.sees("✓ Heat (1991): ★★★★\n")
    assert _half_stars(store, person, 1) == 8


def test_stars_never_leave_the_scale(person: Person, store: Store) -> None:
    person.say("/rate")
    person.tap(person.sees("Heat (1991)"), "5★")
    person.tap(person.sees("✓ Heat (1991): ★★★★★"), "+½")
    assert _half_stars(store, person, 1) == 10


def test_undo_takes_the_rating_back_and_asks_again(person: Person, store: Store) -> None:
    person.say("/rate")
    person.tap(person.sees("Heat (1991)"), "2★")
    person.tap(person.sees("✓ Heat (1991): ★★"), "↩ Undo")
    asked_again = person.sees("Heat (1991)\nComedy")
    assert "✓" not in asked_again["text"]
    assert _half_stars(store, person, 1) == 0


def test_undo_brings_back_an_older_rating(person: Person, store: Store) -> None:
    person.say("/rate heat")
    person.tap(person.sees("Seen it? Tap your stars."), "3★")
    person.sees("Your rating: ★★★")
    person.say("/rate")
    card = person.sees("How did you like it?")
    person.tap(card, data="1:a:1:10:0")
    person.tap(person.sees("✓ Heat (1991): ★★★★★"), "↩ Undo")
    person.sees("Heat (1991)\nComedy")
    assert _half_stars(store, person, 1) == 6


def test_what_was_not_seen_is_never_asked_again_and_is_no_dislike(person: Person, store: Store) -> None:
    person.say("/rate")
    person.tap(person.sees("Heat (1991)"), "🙈 Haven’t seen it")
    person.sees("Ronin (1992)")
    person.say("/rate")
    person.sim.until(lambda: len(person.messages()) == 2)
    assert "Ronin (1992)" in person.messages()[-1]["text"]
    person.say("/recommend")
    assert "1. Heat (1991)" in person.sees("Films for you")["text"]


def test_an_update_delivered_twice_takes_effect_once(person: Person, store: Store) -> None:
    person.say("/rate")
    card = person.sees("Heat (1991)")
    first = person.tap(card, "4★")
    person.sees("Ronin (1992)")
    person.tap(card, data="1:a:1:2:0")
    person.sees("✓ Heat (1991): ★\n")
    calls = len(person.sim.calls(method="editMessageText"))
    person.sim.redeliver(first)
    person.settle()
    assert _half_stars(store, person, 1) == 2
    assert len(person.sim.calls(method="editMessageText")) == calls


def test_a_button_tapped_twice_changes_nothing(person: Person, store: Store) -> None:
    person.say("/rate")
    card = person.sees("Heat (1991)")
    person.tap(card, data="1:a:1:8:0")
    shown = person.sees("Ronin (1992)")
    person.tap(card, data="1:a:1:8:0")
    person.settle()
    again = person.sees("Ronin (1992)")
    assert (again["text"], again["keyboard"]) == (shown["text"], shown["keyboard"])
    assert len(store.read(lambda tx: tx.ratings.all(UserId(person.id)))) == 1


def test_stopping_says_what_was_gained_and_goes_on_either_way(person: Person) -> None:
    person.say("/rate")
    person.tap(person.sees("Heat (1991)"), "4★")
    person.tap(person.sees("Ronin (1992)"), "🏁 That’s all")
    stopped = person.sees("1 film rated. Your next list already knows.")
    assert labels(stopped) == ["🎬 Show me films", "⭐ Rate more"]
    person.tap(stopped, "⭐ Rate more")
    person.tap(person.sees("How did you like it?"), "🏁 That’s all")
    person.tap(person.sees("Your next list already knows"), "🎬 Show me films")
    assert person.sees("because you liked Heat")["message_id"] == stopped["message_id"]


def test_stopping_before_the_first_rating_is_fine(person: Person) -> None:
    person.say("/rate")
    person.tap(person.sees("Heat (1991)"), "🏁 That’s all")
    person.sees("No hurry")


def test_when_nothing_is_left_to_ask_the_interview_says_so(person: Person, store: Store) -> None:
    person.say("/rate")
    person.sees("Heat (1991)")

    def rate_all(tx: Tx) -> None:
        for number in range(2, 41):
            tx.ratings.put(UserId(person.id), MovieId(number), 6, update_id=1)

    store.write(rate_all).result()
    person.tap(person.sees("Heat (1991)"), "4★")
    ended = person.sees("That is all I wanted to ask for now")
    assert "✓ Heat (1991): ★★★★" in ended["text"]
    person.tap(ended, "+½")
    person.sees("✓ Heat (1991): ★★★★½")


def test_undo_after_not_seen_goes_back_step_by_step(person: Person, store: Store) -> None:
    person.say("/rate")
    person.tap(person.sees("Heat (1991)"), "4★")
    person.tap(person.sees("Ronin (1992)"), "🙈 Haven’t seen it")
    third = person.sees("🙈 Ronin (1992): not seen")
    assert third["text"].startswith("Amélie (1993)")
    person.tap(third, "↩ Undo")
    second = person.sees("✓ Heat (1991): ★★★★")
    assert second["text"].startswith("Ronin (1992)")
    person.tap(second, "↩ Undo")
    assert "✓" not in person.sees("Heat (1991)\n")["text"]
    assert _half_stars(store, person, 1) == 0
    assert store.read(lambda tx: tx.marks.movies(UserId(person.id), "unseen")) == frozenset()


def test_undo_is_there_however_many_films_were_not_seen(person: Person) -> None:
    person.say("/rate")
    person.tap(person.sees("Heat (1991)"), "4★")
    person.tap(person.sees("Ronin (1992)"), "🙈 Haven’t seen it")
    person.tap(person.sees("🙈 Ronin (1992)"), "🙈 Haven’t seen it")
    person.tap(person.sees("🙈 Amélie (1993)"), "↩ Undo")
    person.tap(person.sees("✓ Heat (1991): ★★★★"), "↩ Undo")
    person.sees("Heat (1991)\n")


def test_a_second_tap_on_a_card_changes_its_own_film_and_never_the_next_ones(person: Person, store: Store) -> None:
    person.say("/rate")
    card = person.sees("Heat (1991)")
    for stars in ("8", "4", "10"):
        person.tap(card, data=f"1:a:1:{stars}:0")
    assert person.sees("✓ Heat (1991): ★★★★★")["text"].startswith("Ronin (1992)")
    person.tap(card, "3★")
    person.tap(card, data="1:a:1:2:0")  # late, when the third card is there
    assert person.sees("✓ Heat (1991): ★\n")["text"].startswith("Amélie (1993)")
    assert [_half_stars(store, person, number) for number in (1, 2, 3)] == [2, 6, 0]


@pytest.mark.long("twenty taps, answered one by one")
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_ten_fast_cards_lose_none_and_rate_none_twice(bot: LivingBot, sim: Sim, store: Store, language: str) -> None:
    person = Person(sim, 9, language)
    person.say("/rate")
    card = person.sees_button("5★")
    for number in range(1, 11):
        for _ in range(2):  # every one of them tapped twice, none waited for
            sim.tap(person.id, card["message_id"], data=f"1:a:{number}:{number}:0")
    sim.until(lambda: store.read(lambda tx: tx.ratings.count(UserId(person.id))) == 10)
    person.settle()
    ratings = store.read(lambda tx: tx.ratings.all(UserId(person.id)))
    assert {rating.movie_id: rating.stars.half_stars for rating in ratings} == {n: n for n in range(1, 11)}
    shown = next(message for message in person.messages() if message["message_id"] == card["message_id"])
    assert shown["text"].startswith("Film 11 (2001)")
    assert len(sim.toasts(person.id)) == 20


def test_a_tap_is_seen_in_the_same_edit_as_the_next_card(person: Person) -> None:
    person.say("/rate")
    card = person.sees("Heat (1991)")
    calls = person.sim.calls()[-1]["number"]
    person.tap(card, "4★")
    person.sees("✓ Heat (1991): ★★★★")
    edits = person.sim.calls(since=calls, method="editMessageText")
    assert len(edits) == 1
    assert "Ronin (1992)" in edits[0]["parameters"]["text"]


@pytest.mark.parametrize(
    ("language", "ends", "on", "unseen"),
    [
        ("en", "That will do", "⭐ Rate more", "🙈 Haven’t seen it"),
        ("zh-hans", "先问到这里", "⭐ 继续打分", "🙈 没看过"),
    ],
)
def test_five_ratings_are_enough_and_more_are_welcome(
    bot: LivingBot, sim: Sim, store: Store, language: str, ends: str, on: str, unseen: str
) -> None:
    person = Person(sim, 31, language)
    person.say("/rate")
    card = person.sees_button("5★")
    for number in range(1, 6):
        person.tap(card, data=f"1:a:{number}:8:0")
    ended = person.sees(ends)
    assert ended["message_id"] == card["message_id"]
    assert labels(ended)[1] == on
    person.tap(ended, "+½")
    person.tap(person.sees("★★★★½"), on)
    person.tap(person.sees_button("5★"), "5★")
    person.sees_button(unseen)
    assert store.read(lambda tx: tx.ratings.count(UserId(person.id))) == 6


def test_after_twelve_cards_it_asks_no_more_by_itself(person: Person) -> None:
    person.say("/rate")
    card = person.sees("Heat (1991)")
    for number in range(1, 13):
        person.tap(card, data=f"1:nj:{number}:0:0:0")
    ended = person.sees("That will do")
    person.tap(ended, "↩ Undo")
    person.tap(person.sees("How did you like it?"), "4★")
    person.tap(person.sees("That will do"), "⭐ Rate more")
    person.tap(person.sees("How did you like it?"), "4★")
    person.sees("2 films rated")
