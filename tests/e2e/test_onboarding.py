"""The main job over HTTP: from /start to a list that a rating changes."""

from tests.e2e.conftest import Person


def test_a_newcomer_chooses_genres_and_gets_five_films_at_once(person: Person) -> None:
    first_list = person.onboard("Comedy")
    assert "1. Ronin (1992)" not in first_list["text"]
    assert first_list["text"].count("87% match") == 5
    assert "because you chose Comedy" in first_list["text"]
    assert "Your genres: Comedy." in person.sees("Your genres")["text"]


def test_a_rating_changes_the_very_next_list(person: Person) -> None:
    before = person.onboard("Comedy")
    person.tap(person.sees("Now make it yours"), "⭐ Rate films")
    card = person.sees("How did you like it?")
    assert "Heat (1991)" in card["text"]
    person.tap(card, "5★")
    person.sees("✓ Heat (1991): ★★★★★")
    person.say("/recommend")
    after = person.sim.until_message(person.id, lambda message: "because you liked Heat (1991)" in message["text"])
    assert after["message_id"] != before["message_id"]
    assert "Heat (1991) ·" not in after["text"]
