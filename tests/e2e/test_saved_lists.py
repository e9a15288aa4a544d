"""The person's own ratings and watchlist over HTTP, page by page."""

import re

from bot.storage import Store, Tx
from recommender.domain import MovieId, UserId
from tests.e2e.conftest import Person, labels
from tests.sim import Json


def _rate(store: Store, person: Person, count: int) -> None:
    def effect(tx: Tx) -> None:
        tx.people.ensure(UserId(person.id))
        for number in range(1, count + 1):
            tx.ratings.put(UserId(person.id), MovieId(number), number % 10 + 1, update_id=number)

    store.write(effect).result()


def test_nothing_rated_yet_says_how_to_begin(person: Person) -> None:
    person.say("/ratings")
    person.sees("You haven’t rated a film yet")


def test_ratings_are_paged(person: Person, store: Store) -> None:
    _rate(store, person, 18)
    person.say("/ratings")
    first = person.sees("Your ratings · 18 films")
    assert labels(first)[-1] == "Next ›"
    person.tap(first, "Next ›")
    second = person.sees("9. ")
    assert labels(second)[-2:] == ["‹ Previous", "Next ›"]
    person.tap(second, "Next ›")
    last = person.sees("18. Heat (1991) ★")
    assert labels(last) == ["17", "18", "‹ Previous"]


def test_a_rating_is_changed_and_removed(person: Person, store: Store) -> None:
    _rate(store, person, 2)
    person.say("/ratings")
    page = person.sees("1. Ronin (1992) ★½")
    person.tap(page, "1")
    person.tap(person.sees("Your rating: ★½"), "5★")
    person.tap(person.sees("Ronin (1992) ★★★★★"), "2")
    person.tap(person.sees("Your rating: ★"), "✖ Remove")
    person.tap(person.sees("Seen it? Tap your stars."), "‹ Back")
    assert "Heat" not in person.sees("Your ratings · 1 film")["text"]


def test_a_page_of_ratings_stays_as_it_was_after_a_change(person: Person, store: Store) -> None:
    _rate(store, person, 18)
    person.say("/ratings")
    person.tap(person.sees("Your ratings · 18 films"), "Next ›")
    second = person.sees("9. ")

    def titles(page: Json) -> list[str]:
        return re.findall(r"^\d+\. (.+\))", page["text"], re.MULTILINE)

    person.tap(second, "10")
    person.tap(person.sees("Your rating:"), "4★")
    changed = person.sees("10. Film 9 (1999) ★★★★\n")
    assert titles(changed) == titles(second)
    person.tap(changed, "12")  # taken back by mistake, and given again
    person.tap(person.sees("Your rating:"), "✖ Remove")
    person.tap(person.sees("Seen it? Tap your stars."), "5★")
    assert titles(person.sees("12. Tom & <Jerry> (1997) ★★★★★")) == titles(second)


def test_removing_the_last_rating_of_a_page_shows_the_page_before(person: Person, store: Store) -> None:
    _rate(store, person, 9)
    person.say("/ratings")
    page = person.sees("Your ratings · 9 films")
    person.tap(page, "Next ›")
    person.tap(person.sees("9. Heat"), "9")
    person.tap(person.sees("Your rating: ★"), "✖ Remove")
    person.tap(person.sees("Seen it? Tap your stars."), "‹ Back")
    person.sees("8. Ronin")


def test_rating_a_saved_film_takes_it_off_the_watchlist(person: Person) -> None:
    person.say("/recommend")
    person.mark(person.sees("Films for you"), 1, "🔖 Later")
    person.say("/later")
    person.tap(person.open(person.sees("Your watchlist · 1 film"), 1), "4★")
    person.sees("Your watchlist is empty")


def test_a_long_watchlist_is_paged(person: Person, store: Store) -> None:
    def effect(tx: Tx) -> None:
        tx.people.ensure(UserId(person.id))
        for number in range(1, 8):
            tx.marks.put(UserId(person.id), MovieId(number), "later")

    store.write(effect).result()
    person.say("/later")
    person.tap(person.sees("Your watchlist · 7 films"), "Next ›")
    person.sees("7. ")
