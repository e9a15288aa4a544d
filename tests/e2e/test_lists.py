"""Recommendation lists over HTTP: rounds, marks, ratings, and the way back."""

import re
from datetime import timedelta

from bot.storage import Store, Tx
from recommender.domain import GENRES, MovieId, UserId
from tests.e2e.conftest import Clock, LivingBot, Person, data_of, labels
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
    assert not {"Heat (1991)", "Ronin (1992)"} & {*_titles(person.messages()[-1])}


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


def _ask_again(person: Person) -> Json:
    """Return the list that another /recommend brings."""
    count = len(person.messages())
    person.say("/recommend")
    person.sim.until(lambda: len(person.messages()) > count)
    return person.messages()[-1]


def test_asked_again_the_list_goes_on_until_all_was_shown(person: Person) -> None:
    lists = [_titles(_ask_again(person)) for _ in range(8)]
    assert len({title for titles in lists for title in titles}) == 40
    assert set(_titles(_ask_again(person))) == set(lists[0])  # then what was left alone comes back


def test_what_was_left_alone_is_fresh_again_after_a_month(person: Person, clock: Clock) -> None:
    first = _titles(_ask_again(person))
    clock.advance(timedelta(days=31))
    assert _titles(_ask_again(person)) == first


def test_a_film_put_off_is_in_no_list_for_a_month_and_comes_back_by_itself(
    person: Person, store: Store, clock: Clock
) -> None:
    person.tap(_ask_again(person), "1 ⏳")
    person.sees("✓ ⏳ Not now")
    heat = MovieId(1)
    assert store.read(lambda tx: tx.ratings.profile(UserId(person.id)).hidden) == {heat}
    clock.advance(timedelta(days=29))
    assert store.read(lambda tx: tx.ratings.profile(UserId(person.id)).hidden) == {heat}
    clock.advance(timedelta(days=2))
    assert store.read(lambda tx: tx.ratings.profile(UserId(person.id)).hidden) == frozenset()
    assert _titles(_ask_again(person))[0] == "Heat (1991)"


def test_a_film_on_the_watchlist_is_in_no_list_until_it_is_taken_off(person: Person, clock: Clock) -> None:
    person.tap(_ask_again(person), "1 🔖")
    person.sees("🔖 Later")
    clock.advance(timedelta(days=31))
    assert "Heat (1991)" not in _titles(_ask_again(person))
    person.say("/later")
    person.tap(person.sees("Your watchlist · 1 film"), "1 ✖")
    person.sees("Your watchlist is empty")
    clock.advance(timedelta(days=31))
    assert "Heat (1991)" in _titles(_ask_again(person))


def test_what_was_seen_leaves_the_watchlist_and_taking_it_back_is_no_loss(person: Person) -> None:
    person.tap(_ask_again(person), "1 🔖")
    person.say("/later")
    page = person.sees("Your watchlist · 1 film")
    seen = person.tap(page, "1 👀")
    toast = person.toast_of(seen)
    assert toast is not None
    assert toast["text"] == "Marked as seen: I won’t suggest it again. It left your watchlist."
    person.sees("Your watchlist is empty")
    person.say("heat")
    person.tap(person.sees("Seen it? Tap your stars."), "✅ 👀 Seen")
    person.say("/later")
    person.sim.until(lambda: "1 film" in person.messages()[-1]["text"])


def test_an_excluded_genre_is_in_no_list_from_then_on(person: Person) -> None:
    page = person.onboard("Comedy")
    person.tap(page, "🎭 Genres")
    grid = person.sees("Your genres\nTap once")
    assert page["message_id"] != grid["message_id"]
    person.tap(grid, "Drama")
    person.tap(person.sees_button("✅ Drama"), "✅ Drama")
    person.tap(person.sees_button("🚫 Drama"), "✔️ Done")
    person.sees("Never: Drama.")
    for _ in range(8):
        assert "Drama" not in _ask_again(person)["text"]
    person.say("/genres")
    grid = person.sim.until_message(person.id, lambda message: "🚫 Drama" in labels(message), what="the grid again")
    person.tap(grid, "🚫 Drama")
    person.sees_button("Drama")


def test_who_excludes_everything_is_told_in_one_sentence(person: Person, store: Store) -> None:
    person.onboard()
    for genre in GENRES:
        _exclude(store, person, genre)
    assert "Nothing is left to suggest" in _ask_again(person)["text"]
    person.say("/genres")
    person.tap(person.sees("Your genres\nTap once"), "✔️ Done")
    person.sees("That leaves no genre at all")


def test_the_surprise_can_be_turned_off_and_on(person: Person, store: Store) -> None:
    def wants_wildcards() -> bool:
        known = store.read(lambda tx: tx.people.get(UserId(person.id)))
        assert known is not None
        return known.wildcards

    person.say("/genres")
    person.tap(person.sees("Your genres"), "🎲 A surprise now and then: on")
    grid = person.sees_button("🎲 A surprise now and then: off")
    assert not wants_wildcards()
    person.tap(grid, "🎲 A surprise now and then: off")
    person.sees_button("🎲 A surprise now and then: on")
    assert wants_wildcards()


def _exclude(store: Store, person: Person, genre: str) -> None:
    store.write(lambda tx: tx.people.set_genre(UserId(person.id), genre, "excluded")).result()
