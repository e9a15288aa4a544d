"""Shelves over HTTP: choose four films at once instead of rating the first cards, and take it back."""

from __future__ import annotations

import pytest

from bot.storage import Store
from recommender.domain import MovieId, UserId
from tests.e2e.conftest import LivingBot, Person, labels
from tests.sim import Sim


def _leanings(store: Store, person: Person) -> frozenset[MovieId]:
    return store.read(lambda tx: tx.ratings.profile(UserId(person.id)).leanings)


@pytest.mark.parametrize(
    ("language", "question", "offer", "chosen", "undo", "none"),
    [
        ("en", "Which of these is most you?", "🧩 Pick four films at once", "✓ Most you: Ronin", "↩ Undo", "⭐ None"),
        ("zh-hans", "哪一组最像你的口味？", "🧩 一次选四部", "✓ 最像你：", "↩ 撤销", "⭐ 都不像"),
    ],
)
def test_a_shelf_is_chosen_and_taken_back(
    bot: LivingBot, sim: Sim, store: Store, language: str, question: str, offer: str, chosen: str, undo: str, none: str
) -> None:
    person = Person(sim, 41, language)
    person.say("/start")
    grid = person.sees_button("✔️ Done, show me films" if language == "en" else "✔️ 选好了，给我推荐")
    person.tap(grid, labels(grid)[-1])
    person.tap(person.sees_button(offer), offer)
    shelves = person.sees(question)
    assert len(shelves["keyboard"]) == 5
    assert labels(shelves)[-1].startswith(none)
    person.tap(shelves, labels(shelves)[1])
    card = person.sees(chosen)
    assert card["message_id"] == shelves["message_id"]
    assert _leanings(store, person) == {MovieId(number) for number in (2, 6, 10, 14)}
    person.tap(card, undo)
    person.sees(question)
    assert _leanings(store, person) == frozenset()


def test_a_chosen_shelf_moves_the_next_list_and_is_no_rating(person: Person, store: Store) -> None:
    person.say("/rate")
    card = person.sees_button("5★")
    person.tap(card, data="1:h")
    person.tap(person.sees("Which of these is most you?"), data="1:hc:3:7:11:15")
    person.sees("✓ Most you:")
    assert store.read(lambda tx: tx.ratings.count(UserId(person.id))) == 0
    person.say("/recommend")
    person.sees("1. Amélie (1993)")


def test_who_finds_no_shelf_goes_on_film_by_film(person: Person) -> None:
    person.say("/rate")
    person.tap(person.sees_button("5★"), data="1:h")
    person.tap(person.sees("Which of these is most you?"), "⭐ None: film by film")
    person.sees("Heat (1991)")
