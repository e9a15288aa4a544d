"""One film of the watchlist chosen for now, and films to see again, over HTTP."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.storage import Store, Tx
from recommender.domain import MovieId, UserId
from tests.e2e.conftest import Clock, Person, codes, labels
from tests.sim import Json, Sim

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
YEAR = timedelta(days=365)


def _keep(store: Store, person: Person, *films: int) -> None:
    def effect(tx: Tx) -> None:
        tx.people.ensure(UserId(person.id))
        for number in films:
            tx.marks.put(UserId(person.id), MovieId(number), "later")

    store.write(effect).result()


def _rate(store: Store, person: Person, stars: dict[int, int], *, years_ago: float) -> None:
    def effect(tx: Tx) -> None:
        tx.people.ensure(UserId(person.id))
        for number, half_stars in stars.items():
            moment = NOW - years_ago * YEAR
            tx.ratings.put(UserId(person.id), MovieId(number), half_stars, update_id=number, rated_at=moment)

    store.write(effect).result()


def _chosen(page: Json) -> list[str]:
    return [code.split(":")[2] for code in codes(page) if code.startswith("1:o:")]


@pytest.mark.parametrize(
    ("code", "list_", "pick", "one", "another", "end"),
    [
        ("en", "Your watchlist", "🎲 Pick for me", "From your watchlist", "🎲 Another", "These were all"),
        ("zh-hans", "想看列表", "🎲 帮我选一部", "现在看这部", "🎲 换一部", "都看完一遍"),
    ],
)
def test_a_film_of_the_watchlist_is_picked_with_its_reason_and_another(
    person: Person, store: Store, sim: Sim, code: str, list_: str, pick: str, one: str, another: str, end: str
) -> None:
    ada = Person(sim, 31, code)
    _rate(store, ada, {2: 10}, years_ago=0.1)
    _keep(store, ada, 1, 6, 7)
    ada.say("/later")
    ada.tap(ada.sees(list_), pick)
    page = ada.sees(one)
    assert "Ronin" in page["text"]  # because of which it was chosen
    seen = [_chosen(page)]
    for _ in range(2):
        ada.tap(page, another)
        page = sim.until_message(31, lambda shown: one in shown["text"] and _chosen(shown) not in seen)
        seen.append(_chosen(page))
    assert sorted(seen) == [["1"], ["6"], ["7"]]
    ada.tap(page, another)
    sim.until_message(31, lambda shown: one not in shown["text"] and end in shown["text"])


def test_a_wish_for_the_watchlist_lists_what_is_kept_and_is_as_it_says(person: Person, store: Store) -> None:
    _keep(store, person, 1, 6, 7)
    person.say("something from my watchlist")
    page = person.sees("I understood: your watchlist")
    assert sorted(_chosen(page)) == ["1", "6", "7"]
    person.say("/recommend from my watchlist, before 1997")
    older = person.sees("I understood: 1996 and before · your watchlist")
    assert sorted(_chosen(older)) == ["1", "6"]


def test_a_picked_film_is_rated_on_its_card_and_leaves_the_watchlist(person: Person, store: Store) -> None:
    _keep(store, person, 1, 2)
    person.say("/later")
    person.tap(person.sees("Your watchlist · 2 films"), "🎲 Pick for me")
    person.tap(person.sees("From your watchlist"), "⭐ Seen it, or take it off")
    person.tap(person.sees("Seen it? Tap your stars."), "4★")
    person.tap(person.sees("From your watchlist"), "🔖 My watchlist")
    person.sees("Your watchlist · 1 film")


def test_a_watchlist_of_one_film_needs_no_choice(person: Person, store: Store) -> None:
    _keep(store, person, 1)
    person.say("/later")
    assert "🎲 Pick for me" not in labels(person.sees("Your watchlist · 1 film"))


@pytest.mark.parametrize(
    ("code", "again", "hint", "more"),
    [
        ("en", "Again, after two years", "over two years ago", "More ›"),
        ("zh-hans", "再看一遍", "两年多以前", "再来几部 ›"),
    ],
)
def test_what_was_liked_over_two_years_ago_comes_again_best_first(
    person: Person, store: Store, sim: Sim, code: str, again: str, hint: str, more: str
) -> None:
    ada = Person(sim, 32, code)
    _rate(store, ada, {1: 8, 2: 10, 3: 9, 4: 8, 5: 8, 6: 8, 7: 4}, years_ago=3)
    _rate(store, ada, {8: 10, 9: 10}, years_ago=1.9)
    ada.say("/again")
    page = ada.sees(again)
    assert hint in page["text"]
    assert "%" not in page["text"]
    first = _chosen(page)
    assert first[:2] == ["2", "3"]
    ada.tap(page, more)
    page = sim.until_message(32, lambda shown: again in shown["text"] and _chosen(shown) != first)
    assert sorted(first + _chosen(page)) == ["1", "2", "3", "4", "5", "6"]


def test_two_years_go_by(person: Person, store: Store, clock: Clock) -> None:
    _rate(store, person, {1: 10}, years_ago=0)
    person.say("/again")
    person.sees("Nothing to choose from")
    clock.advance(2 * YEAR + timedelta(days=1))
    person.say("/again")
    page = person.sees("Again, after two years")
    person.tap(page, "1")
    person.tap(person.sees("Your rating"), "‹ Back")
    person.sees("Again, after two years")
