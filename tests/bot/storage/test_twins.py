"""Two films that are one: what people said comes together, and apart again as it was."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.storage import CatalogueMovie, Store, Tx, UnknownRecordError
from recommender.domain import Movie, MovieId, UserId
from tests.databases import Clock, stock

ADA, BOB, CYD = UserId(7), UserId(8), UserId(9)
KEPT, GONE, OTHER = MovieId(1), MovieId(2), MovieId(3)


@pytest.fixture(autouse=True)
def people(store: Store) -> None:
    store.write(lambda tx: [tx.people.ensure(person) for person in (ADA, BOB, CYD)]).result()


def said(store: Store) -> list[Any]:
    """Return all that everybody said of films."""
    people = (ADA, BOB, CYD)
    rows = store.read(lambda tx: [tx.erasure.export(person) for person in people])
    return [
        [{**row, "stored_at": None} for row in each.get(table, ())] for each in rows for table in ("ratings", "marks")
    ]


def speak(tx: Tx, *, person: UserId, movie: MovieId, act: Any, number: int) -> None:
    """Rate a film with half stars, or give it a mark."""
    if isinstance(act, int):
        tx.ratings.put(person, movie, act, update_id=number)
    else:
        tx.marks.put(person, movie, act)


def join(store: Store) -> None:
    store.write(lambda tx: tx.twins.join(GONE, KEPT, "title")).result()


def test_of_two_ratings_the_newer_counts_and_marks_come_together(store: Store, clock: Clock) -> None:
    def speak_first(tx: Tx) -> None:
        tx.ratings.put(ADA, KEPT, 4, update_id=1)
        tx.ratings.put(BOB, GONE, 9, update_id=2)
        tx.ratings.put(CYD, GONE, 3, update_id=3)
        tx.marks.put(CYD, GONE, "seen")

    def speak_later(tx: Tx) -> None:
        tx.ratings.put(ADA, GONE, 8, update_id=4)
        tx.ratings.put(CYD, KEPT, 10, update_id=5)

    store.write(speak_first).result()
    clock.pass_by(hours=1)
    store.write(speak_later).result()
    join(store)
    profiles = store.read(lambda tx: [tx.ratings.profile(person) for person in (ADA, BOB, CYD)])
    assert [[(one.movie_id, one.stars.half_stars) for one in each.ratings] for each in profiles] == [
        [(KEPT, 8)],
        [(KEPT, 9)],
        [(KEPT, 10)],
    ]
    assert all(GONE in each.hidden for each in profiles)
    assert store.read(lambda tx: tx.marks.kinds(CYD, KEPT)) == {"seen"}


def test_who_asks_for_the_film_that_went_gets_the_other(store: Store) -> None:
    join(store)
    kept, catalogue = store.read(lambda tx: (tx.movies.get(KEPT), tx.movies.all()))
    assert store.read(lambda tx: tx.movies.many([GONE, KEPT, OTHER]).keys()) == {GONE, KEPT, OTHER}
    assert store.read(lambda tx: tx.movies.get(GONE)) == kept
    assert store.read(lambda tx: tx.movies.linked(imdb_id="tt0000002")) == kept
    assert GONE not in {movie.id for movie in catalogue}
    assert store.read(lambda tx: (tx.movies.count(), len(tx.movies.catalogue(with_gone=True)))) == (29, 30)


ACTS = st.lists(
    st.tuples(
        st.sampled_from([ADA, BOB, CYD]),
        st.sampled_from([KEPT, GONE, OTHER]),
        st.sampled_from(["seen", "later", "never", 0, 3, 7, 10]),
    ),
    max_size=12,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_parting_brings_back_all_that_was_said(store: Store, clock: Clock, acts: list[Any]) -> None:
    def forget(tx: Tx) -> None:
        for person in (ADA, BOB, CYD):
            tx.erasure.delete_person(person)
            tx.people.ensure(person)

    store.write(forget).result()
    for number, (person, movie, act) in enumerate(acts):
        clock.pass_by(minutes=1)
        store.write(partial(speak, person=person, movie=movie, act=act, number=number)).result()
    before = said(store)
    join(store)
    assert not [row for rows in said(store) for row in rows if row["movie_id"] == GONE]
    store.write(lambda tx: tx.twins.part(GONE)).result()
    assert said(store) == before


def test_what_was_said_after_the_join_stays_with_the_film_that_stayed(store: Store, clock: Clock) -> None:
    store.write(lambda tx: tx.ratings.put(ADA, GONE, 8, update_id=1)).result()
    clock.pass_by(hours=1)
    join(store)
    store.write(lambda tx: tx.ratings.put(ADA, KEPT, 2, update_id=2)).result()
    store.write(lambda tx: tx.twins.part(GONE)).result()
    given_ = store.read(lambda tx: tx.ratings.all(ADA))
    assert {one.movie_id: one.stars.half_stars for one in given_} == {KEPT: 2, GONE: 8}


def test_a_parted_pair_is_remembered_and_may_be_joined_again_by_hand(store: Store) -> None:
    join(store)
    store.write(lambda tx: tx.twins.part(GONE)).result()
    [twin] = store.read(lambda tx: tx.twins.all())
    assert (twin.gone_id, twin.kept_id, twin.parted_at is None) == (GONE, KEPT, False)
    assert store.read(lambda tx: (tx.twins.kept_by_gone(), tx.movies.count())) == ({}, 30)
    store.write(lambda tx: tx.twins.join(GONE, KEPT, "operator")).result()
    assert store.read(lambda tx: tx.twins.kept_by_gone()) == {GONE: KEPT}


@pytest.mark.parametrize("pair", [(GONE, OTHER), (OTHER, GONE), (MovieId(99), KEPT), (KEPT, KEPT)])
def test_only_films_that_stand_for_themselves_are_joined(store: Store, pair: tuple[MovieId, MovieId]) -> None:
    join(store)
    with pytest.raises(UnknownRecordError, match="two films of the catalogue"):
        store.write(lambda tx: tx.twins.join(*pair, "operator")).result()


def test_films_that_stood_for_one_that_goes_follow_it(store: Store) -> None:
    join(store)
    store.write(lambda tx: tx.twins.join(KEPT, OTHER, "wikidata")).result()
    assert store.read(lambda tx: tx.twins.kept_by_gone()) == {GONE: OTHER, KEPT: OTHER}
    with pytest.raises(UnknownRecordError, match="stands for another"):
        store.write(lambda tx: tx.twins.part(OTHER)).result()


def test_an_erased_person_leaves_nothing_of_a_join(store: Store) -> None:
    store.write(lambda tx: tx.ratings.put(ADA, GONE, 8, update_id=1)).result()
    join(store)
    store.write(lambda tx: tx.erasure.delete_person(ADA)).result()
    store.write(lambda tx: tx.twins.part(GONE)).result()
    assert store.read(lambda tx: tx.erasure.export(ADA)) == {}


def test_films_of_a_catalogue_in_use_can_be_brought_up_to_date_after_a_join(store: Store) -> None:
    join(store)
    stock(store)
    film = CatalogueMovie(Movie(GONE, "Film 2 again", 1992, ("War",)))
    store.write(lambda tx: tx.movies.upsert_all([film])).result()
    assert store.read(lambda tx: tx.movies.get(GONE)) == store.read(lambda tx: tx.movies.get(KEPT))
