"""Finding a film by its title over HTTP."""

import pytest

from tests.e2e.conftest import Person, labels


@pytest.mark.parametrize("text", ["/rate heat", "Heat", "haet", "HEAT (1991)", "/rate   Heat "])
def test_a_title_opens_the_films_card(person: Person, text: str) -> None:
    person.say(text)
    card = person.sees("Heat (1991)")
    assert "Seen it? Tap your stars." in card["text"]
    assert labels(card) == ["1★", "2★", "3★", "4★", "5★", "👀 Seen", "🔖 Later", "⏳ Not now", "🚫 Never"]


def test_the_card_is_rated_corrected_and_cleared_in_place(person: Person) -> None:
    person.say("amelie")
    card = person.sees("Amélie (1993)")
    person.tap(card, "4★")
    person.tap(person.sees("Your rating: ★★★★"), "+½")
    person.tap(person.sees("Your rating: ★★★★½"), "✖ Remove")
    assert person.sees("Seen it? Tap your stars.")["message_id"] == card["message_id"]


def test_a_mark_on_the_card_is_shown_and_taken_back(person: Person) -> None:
    person.say("alien")
    person.tap(person.sees("Alien"), "🔖 Later")
    person.tap(person.sees_button("✅ 🔖 Later"), "✅ 🔖 Later")
    person.sees_button("🔖 Later")


def test_several_close_titles_give_a_card_each(person: Person) -> None:
    person.say("film 3")
    person.sim.until(lambda: len(person.messages()) >= 2)
    assert all("★" in labels(message)[0] for message in person.messages())
    assert len(person.messages()) <= 3


def test_a_guess_is_said_to_be_one(person: Person) -> None:
    person.say("Heat")
    person.say("haet")
    person.sees("I know no film called “haet”. Did you mean:")
    person.sim.until(lambda: len(person.messages()) == 3)
    assert sum("Did you mean" in message["text"] for message in person.messages()) == 1


def test_hostile_titles_arrive_as_they_are(person: Person) -> None:
    person.say("tom jerry")
    assert "Tom & <Jerry> (1997)" in person.sees("Tom &")["text"]


@pytest.mark.parametrize("text", ["🙂🙂🙂", "qqqqzzzzxxxx", "<b>&&</i>", "‮٣‮"])
def test_a_title_that_nobody_knows_gets_a_hint(person: Person, text: str) -> None:
    person.say(text)
    person.sees("Check the spelling")


def test_four_thousand_characters_are_no_title(person: Person) -> None:
    person.say("😀" * 2048)
    person.sees("That is too long for a title")
    person.say("/rate " + "a" * 4000)
    person.sim.until(lambda: len(person.messages()) == 2)
