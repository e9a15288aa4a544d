"""Recommendation lists over HTTP: rounds, marks, ratings, and the way back."""

import re
from datetime import timedelta

from bot.storage import Store, Tx
from recommender.domain import MovieId, UserId
from tests.e2e.conftest import LivingBot, Person, data_of, labels
from tests.sim import Json


def _titles(message: Json) -> list[str]:
    return re.findall(r"^\d\. (.+)\n\d+% match", message["text"], re.MULTILINE)


def test_more_never_repeats_what_the_round_showed(person: Person) -> None:
    person.say("/recommend")
    seen: list[str] = []
    page = person.sees("Films for you")
    for number in range(2, 9):
        seen += _titles(page)
        person.tap(page, "More ›")
        page = person.sees(f"page {number}")
    seen += _titles(page)
    assert len(seen) == len(set(seen)) == 40
    person.tap(page, "More ›")
    person.sees("That was the last page")


def test_more_delivered_twice_edits_the_same_message_to_the_same_page(person: Person) -> None:
    person.say("/recommend")
    page = person.sees("Films for you")
    more = data_of(page, "More ›")
    person.tap(page, data=more)
    second = person.sees("page 2")
    assert second["message_id"] == page["message_id"]
    person.tap(page, data=more)
    person.settle()
    assert person.sees("page 2")["text"] == second["text"]
    assert len([message for message in person.messages() if "87% match" in message["text"]]) == 1


def test_previous_shows_the_page_as_it_was(person: Person) -> None:
    person.say("/recommend")
    first = person.sees("Films for you")
    person.tap(first, "More ›")
    person.tap(person.sees("page 2"), "‹ Previous")
    assert person.sees("Films for you\n")["text"] == first["text"]


def test_the_dial_leads_to_other_films_and_back(person: Person) -> None:
    person.say("/recommend")
    first = person.sees("Films for you")
    person.tap(first, "🔭 Lesser-known films too")
    mixed = person.sees("well and little known")
    assert mixed["message_id"] == first["message_id"]
    assert not set(_titles(mixed)) & set(_titles(first))
    person.tap(mixed, "🔭 Little-known films")
    little_known = person.sees("Little-known films for you")
    person.tap(little_known, "More ›")
    person.tap(person.sees("page 2"), "‹ Previous")
    assert person.sees("Little-known films for you\n")["text"] == little_known["text"]
    person.tap(little_known, "🌟 Well-known films")
    assert person.sees("🎬 Films for you\n")["text"] == first["text"]


def test_a_film_marked_in_the_list_says_so_and_can_be_unmarked(person: Person, store: Store) -> None:
    person.say("/recommend")
    page = person.sees("Films for you")
    person.tap(page, "1 👀")
    marked = person.sees("✓ 👀 Seen")
    assert marked["message_id"] == page["message_id"]
    assert store.read(lambda tx: tx.marks.hidden(UserId(person.id))) == {MovieId(1)}
    person.tap(marked, "1 ✅👀")
    person.sees_button("1 👀")
    assert store.read(lambda tx: tx.marks.hidden(UserId(person.id))) == frozenset()


def test_seen_and_never_stay_away_from_the_next_list(person: Person) -> None:
    person.say("/recommend")
    page = person.sees("Films for you")
    person.tap(page, "1 👀")
    person.tap(person.sees("👀 Seen"), "2 🚫")
    person.sees("🚫 Never")
    person.say("/recommend")
    person.sim.until(lambda: len(person.messages()) == 2)
    assert _titles(person.messages()[-1])[0] == "Amélie (1993)"


def test_a_film_saved_for_later_is_on_the_watchlist(person: Person) -> None:
    person.say("/recommend")
    person.tap(person.sees("Films for you"), "3 🔖")
    person.sees("🔖 Later")
    person.say("/later")
    page = person.sees("Your watchlist · 1 film")
    assert "Amélie (1993)" in page["text"]
    person.tap(page, "1 ✖")
    person.sees("Your watchlist is empty")


def test_rating_from_the_list_leads_back_to_it_and_changes_the_next(person: Person) -> None:
    person.say("/recommend")
    page = person.sees("Films for you")
    person.tap(page, "2 ⭐")
    card = person.sees("Seen it? Tap your stars.")
    assert card["message_id"] == page["message_id"]
    assert "%" not in card["text"]
    person.tap(card, "5★")
    rated = person.sees("✓ ★★★★★")
    assert "2 ★5" in labels(rated)
    person.tap(rated, "2 ★5")
    person.tap(person.sees("Your rating: ★★★★★"), "−½")
    person.tap(person.sees("Your rating: ★★★★½"), "‹ Back")
    person.sees("✓ ★★★★½")
    person.say("/recommend")
    person.sees("because you liked Ronin (1992)")


def test_a_list_whose_impressions_are_gone_offers_a_fresh_one(bot: LivingBot, person: Person, store: Store) -> None:
    person.say("/recommend")
    page = person.sees("Films for you")
    store.write(lambda tx: tx.pruning.run(impressions_kept=timedelta(0))).result()
    person.tap(page, "More ›")
    offer = person.sees("That button is too old")
    person.tap(offer, "🎬 Fresh list")
    assert person.sees("Films for you")["message_id"] in (offer["message_id"], page["message_id"])
    assert "87% match" in person.messages()[-1]["text"]


def test_an_empty_database_says_so_instead_of_failing(bot: LivingBot, person: Person, store: Store) -> None:
    def see_everything(tx: Tx) -> None:
        tx.people.ensure(UserId(person.id))
        for number in range(1, 41):
            tx.marks.put(UserId(person.id), MovieId(number), "seen")

    store.write(see_everything).result()
    person.say("/recommend")
    person.sees("Nothing is left to suggest")
