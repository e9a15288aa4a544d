"""Bringing one's past along over HTTP: a file is shown, imported, undone; whatever else is sent gets a sentence."""

from __future__ import annotations

from typing import Final

from bot.storage import Store
from recommender.domain import UserId
from tests.e2e.conftest import Person, labels

LETTERBOXD: Final = (
    "Date,Name,Year,Letterboxd URI,Rating\n"
    "2023-03-20,Heat,1991,https://boxd.it/1,4.5\n"
    '2023-03-21,"Matrix, The",1996,https://boxd.it/2,5\n'
    "2023-03-22,Casablnca,1996,https://boxd.it/3,3\n"
)


def _ratings(store: Store, person: Person) -> dict[int, int]:
    ratings = store.read(lambda tx: tx.ratings.all(UserId(person.id)))
    return {rating.movie_id: rating.stars.half_stars for rating in ratings}


def test_a_file_is_shown_imported_and_undone_in_one_message(person: Person, store: Store) -> None:
    person.sim.document(person.user, "ratings.csv", LETTERBOXD.encode())
    shown = person.sees("3 rows: 2 matched, 1 not.")
    assert labels(shown) == ["📥 Import", "Cancel", "🔎 Show them: 1 not found"]
    assert _ratings(store, person) == {}
    person.tap(shown, "🔎 Show them: 1 not found")
    person.tap(person.sees("1. Casablnca (1996) · perhaps Casablanca (1996)"), "‹ Back")
    person.tap(person.sees("3 rows: 2 matched, 1 not."), "📥 Import")
    done = person.sees("Imported from Letterboxd")
    assert _ratings(store, person) == {1: 9, 5: 10}
    assert "⭐ 2 ratings" in done["text"]
    person.tap(done, "↩ Undo (for 30 days)")
    person.sees("all is as it was before the import")
    assert _ratings(store, person) == {}
    assert len(person.messages()) == 1
