"""Two films that are one, in the chat: old buttons lead to the one that stayed, and no list holds the other."""

from __future__ import annotations

from bot.facts import FilmFacts
from bot.storage import Store
from recommender.domain import MovieId, UserId
from tests.e2e.conftest import Person, data_of
from tests.sim import Json


def film_behind(page: Json, number: str) -> MovieId:
    """Return the film that a number of a list opens."""
    return MovieId(int(data_of(page, number).split(":")[2]))


def test_an_old_list_leads_to_the_film_that_stayed_and_new_ones_are_without_the_other(
    person: Person, store: Store
) -> None:
    page = person.onboard("Drama")
    gone, kept = film_behind(page, "1"), MovieId(40)
    store.write(lambda tx: tx.twins.join(gone, kept, "title")).result()
    person.tap(page, "1")
    card = person.sees("Film 40")
    person.tap(card, "5★")
    person.settle()
    profile = store.read(lambda tx: tx.ratings.profile(UserId(person.id)))
    assert [(rating.movie_id, rating.stars.value) for rating in profile.ratings] == [(kept, 5.0)]
    person.say("/recommend")
    newest = person.sim.until_message(
        person.id, lambda message: message["message_id"] > card["message_id"] and "Films for you" in message["text"]
    )
    assert not {gone, kept} & {film_behind(newest, str(number)) for number in range(1, 6)}


def test_a_film_is_shown_with_what_was_found_out_about_it(person: Person, store: Store) -> None:
    page = person.onboard("Drama")
    known = FilmFacts("Q1", original_title="心", directors=("Ada New",), runtime_min=95)
    store.write(lambda tx: tx.facts.put({film_behind(page, "1"): known})).result()
    card = person.open(page, 1)
    assert "心" in card["text"]
    assert "Ada New · 95 min" in card["text"]
