"""Wildcards that were shown: to whom they count, and which were liked."""

from __future__ import annotations

from bot.storage import Store
from bot.storage.wildcards import MOST_OF_ONE
from recommender.domain import MovieId, Recommendation, UserId
from tests.databases import Clock

ADA, BOB = UserId(7), UserId(8)


def ensure(store: Store, person: UserId) -> None:
    store.write(lambda tx: tx.people.ensure(person)).result()
    store.write(lambda tx: tx.people.set_consent(person, True)).result()


def show(store: Store, person: UserId, film: int, round: int = 1, propensity: float | None = 0.01) -> None:
    slot = "top" if propensity is None else "wildcard"
    page = [Recommendation(MovieId(film), 1.0, 0.4, slot=slot, propensity=propensity)]  # type: ignore[arg-type]  # a Slot
    store.write(lambda tx: tx.impressions.add(person, round, 1, page, version="v")).result()


def rate(store: Store, person: UserId, film: int, half_stars: int, update_id: int) -> None:
    store.write(lambda tx: tx.ratings.put(person, MovieId(film), half_stars, update_id=update_id)).result()


def liked(store: Store) -> dict[int, bool]:
    return {one.movie_id: one.is_liked for one in store.read(lambda tx: tx.wildcards())}


def test_a_wildcard_is_liked_where_it_is_given_a_like_after_it_was_shown(store: Store, clock: Clock) -> None:
    ensure(store, ADA)
    rate(store, ADA, 6, 10, update_id=1)
    clock.pass_by(minutes=1)
    for round, film in enumerate(range(1, 7), start=1):
        show(store, ADA, film, round)
    show(store, ADA, 9, 9, propensity=None)
    clock.pass_by(days=3)
    rate(store, ADA, 1, 8, update_id=2)
    rate(store, ADA, 2, 7, update_id=3)
    rate(store, ADA, 3, 10, update_id=4)
    store.write(lambda tx: tx.ratings.set_counted(ADA, MovieId(3), False)).result()
    rate(store, ADA, 4, 10, update_id=5)
    rate(store, ADA, 4, 0, update_id=6)  # taken back
    store.write(lambda tx: tx.marks.put(ADA, MovieId(5), "later")).result()
    store.write(lambda tx: tx.impressions.open(ADA, 5, 1, MovieId(5))).result()
    assert liked(store) == {1: True, 2: False, 3: False, 4: False, 5: False, 6: False}


def test_what_was_shown_just_now_tells_nothing_yet(store: Store, clock: Clock) -> None:
    ensure(store, ADA)
    show(store, ADA, 1)
    clock.pass_by(days=1)
    assert liked(store) == {}
    clock.pass_by(days=2)
    assert liked(store) == {1: False}


def test_who_does_not_consent_teaches_nothing(store: Store, clock: Clock) -> None:
    ensure(store, ADA)
    ensure(store, BOB)
    store.write(lambda tx: tx.people.set_consent(ADA, False)).result()
    show(store, ADA, 1)
    show(store, BOB, 2)
    clock.pass_by(days=3)
    assert liked(store) == {2: False}


def test_of_one_person_the_newest_alone_count(store: Store, clock: Clock) -> None:
    ensure(store, ADA)
    ensure(store, BOB)
    for round in range(1, MOST_OF_ONE + 3):
        show(store, ADA, round, round)
        clock.pass_by(minutes=1)
    show(store, BOB, 1)
    clock.pass_by(days=3)
    found = store.read(lambda tx: tx.wildcards())
    assert [one.person for one in found] == [ADA] * MOST_OF_ONE + [BOB]
    assert [one.movie_id for one in found[:2]] == [MOST_OF_ONE + 2, MOST_OF_ONE + 1]
