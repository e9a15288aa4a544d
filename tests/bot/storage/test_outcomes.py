"""What became of films that were shown, by the chance they were shown with."""

from __future__ import annotations

from bot.storage import ShownBand, Store
from recommender.domain import MovieId, Recommendation, UserId
from tests.databases import Clock

ADA, BOB = UserId(7), UserId(8)


def show(store: Store, person: UserId, chances: dict[int, float | None], round: int = 1) -> None:
    page = [Recommendation(MovieId(film), 1.0, chance) for film, chance in chances.items()]
    store.write(lambda tx: tx.impressions.add(person, round, 0, page, version="v")).result()


def rate(store: Store, person: UserId, film: int, half_stars: int, update_id: int) -> None:
    store.write(lambda tx: tx.ratings.put(person, MovieId(film), half_stars, update_id=update_id)).result()


def test_films_count_once_as_first_shown_and_only_by_what_was_said_afterwards(store: Store, clock: Clock) -> None:
    store.write(lambda tx: [tx.people.ensure(person) for person in (ADA, BOB)]).result()
    rate(store, BOB, 3, 10, update_id=1)  # before it was shown: tells nothing of the list
    clock.pass_by(minutes=1)
    show(store, ADA, {1: 0.75, 2: 0.71, 3: 0.2})
    show(store, BOB, {1: 0.78, 2: None, 3: 0.95})
    clock.pass_by(days=1)
    show(store, ADA, {1: 0.3}, round=2)  # the same film again, now with less
    rate(store, ADA, 1, 9, update_id=2)
    rate(store, BOB, 1, 5, update_id=3)
    rate(store, ADA, 3, 0, update_id=4)  # taken back
    assert store.read(lambda tx: tx.showings().bands) == (
        ShownBand(tenths=2, shown=1, rated=0, liked=0, chance=None),
        ShownBand(tenths=7, shown=3, rated=2, liked=1, chance=(0.75 + 0.78) / 2),
        ShownBand(tenths=9, shown=1, rated=0, liked=0, chance=None),
    )


def test_certainty_belongs_to_the_highest_band_and_nothing_shown_is_nothing(store: Store) -> None:
    assert store.read(lambda tx: tx.showings().bands) == ()
    store.write(lambda tx: tx.people.ensure(ADA)).result()
    show(store, ADA, {1: 1.0})
    assert store.read(lambda tx: tx.showings().bands) == (ShownBand(9, 1, 0, 0, None),)


def test_a_film_shown_again_counts_by_its_first_chance_whenever_it_was_rated(store: Store, clock: Clock) -> None:
    store.write(lambda tx: tx.people.ensure(ADA)).result()
    show(store, ADA, {1: None, 2: 0.45})
    clock.pass_by(minutes=1)
    rate(store, ADA, 1, 9, update_id=1)  # before a chance was told
    clock.pass_by(minutes=1)
    show(store, ADA, {1: 0.25, 2: 0.65}, round=2)
    clock.pass_by(minutes=1)
    show(store, ADA, {1: 0.85, 2: None}, round=3)
    clock.pass_by(minutes=1)
    rate(store, ADA, 2, 8, update_id=2)
    assert store.read(lambda tx: tx.showings().bands) == (
        ShownBand(tenths=2, shown=1, rated=0, liked=0, chance=None),
        ShownBand(tenths=4, shown=1, rated=1, liked=1, chance=0.45),
    )
