"""Follows: who is followed, and which of their films are new."""

from __future__ import annotations

from datetime import timedelta

from bot.storage import Store
from bot.storage.follows import MOST_FOLLOWED
from bot.storage.movies import CatalogueMovie
from recommender.domain import Movie, MovieId, UserId
from tests.databases import Clock

ADA = UserId(7)


def follow(store: Store, name: str) -> bool:
    store.write(lambda tx: tx.people.ensure(ADA)).result()
    return store.write(lambda tx: tx.follows.add(ADA, name)).result()


def test_who_is_followed_stands_the_newest_first_and_once(store: Store, clock: Clock) -> None:
    for name in ("Agnès Varda", "Akira Kurosawa", "Agnès Varda"):
        assert follow(store, name)
        clock.pass_by(minutes=1)
    assert store.read(lambda tx: tx.follows.names(ADA)) == ("Akira Kurosawa", "Agnès Varda")
    store.write(lambda tx: tx.follows.remove(ADA, "Akira Kurosawa")).result()
    assert store.read(lambda tx: tx.follows.names(ADA)) == ("Agnès Varda",)


def test_nobody_follows_more_people_than_anybody_reads(store: Store) -> None:
    assert all(follow(store, f"Person {number}") for number in range(MOST_FOLLOWED))
    assert not follow(store, "One more")
    assert follow(store, "Person 0")


def test_films_that_are_there_when_somebody_is_followed_are_not_new(store: Store) -> None:
    newest = store.read(lambda tx: max(movie.id for movie in tx.movies.all()))
    follow(store, "Agnès Varda")
    assert store.read(lambda tx: tx.follows.told_up_to(ADA)) == {"Agnès Varda": newest}
    new = CatalogueMovie(Movie(MovieId(newest + 1), "Another", 2026, ()))
    store.write(lambda tx: tx.movies.upsert_all([new])).result()
    store.write(lambda tx: tx.follows.note_told(ADA)).result()
    assert store.read(lambda tx: tx.follows.told_up_to(ADA)) == {"Agnès Varda": newest + 1}


def test_pictures_are_kept_until_they_are_pruned(store: Store, clock: Clock) -> None:
    store.write(lambda tx: tx.pictures.keep("key", "first")).result()
    store.write(lambda tx: tx.pictures.keep("key", "second")).result()
    assert store.read(lambda tx: tx.pictures.find("key")) == "second"
    assert store.read(lambda tx: tx.pictures.find("another")) is None
    clock.pass_by(days=91)
    store.write(lambda tx: tx.pruning.run(impressions_kept=timedelta(days=30))).result()
    assert store.read(lambda tx: tx.pictures.find("key")) is None
