"""Ratings: the newest wins, and a profile tells all the recommender may know."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.storage import Store, UnknownRecordError
from recommender.domain import MovieId, Stars, UserId
from tests.databases import Clock

ADA, BOB, EVE = UserId(7), UserId(8), UserId(9)
HEAT, ALIEN, ROMA = MovieId(1), MovieId(2), MovieId(3)


@pytest.fixture(autouse=True)
def people(store: Store) -> None:
    store.write(lambda tx: [tx.people.ensure(person) for person in (ADA, BOB, EVE)]).result()


def rate(store: Store, half_stars: int, *, update_id: int, movie: MovieId = HEAT, person: UserId = ADA) -> bool:
    return store.write(lambda tx: tx.ratings.put(person, movie, half_stars, update_id=update_id)).result()


def stars(store: Store, movie: MovieId = HEAT) -> float | None:
    rating = store.read(lambda tx: tx.ratings.get(ADA, movie))
    return None if rating is None else rating.stars.value


def test_the_newest_rating_wins(store: Store) -> None:
    assert rate(store, 8, update_id=1)
    assert rate(store, 3, update_id=2)
    assert stars(store) == 1.5


def test_an_older_update_that_comes_late_changes_nothing(store: Store) -> None:
    rate(store, 8, update_id=2)
    assert not rate(store, 3, update_id=1)
    assert stars(store) == 4.0


def test_a_lower_update_id_after_a_quiet_week_is_a_newer_one(store: Store, clock: Clock) -> None:
    rate(store, 8, update_id=900_000)
    clock.pass_by(days=6, seconds=-1)
    assert not rate(store, 3, update_id=5)
    clock.pass_by(seconds=2)
    assert rate(store, 3, update_id=5)
    assert stars(store) == 1.5


def test_a_rating_taken_back_is_gone_and_stays_gone(store: Store) -> None:
    rate(store, 8, update_id=2)
    assert rate(store, 0, update_id=3)
    assert not rate(store, 8, update_id=2)
    assert stars(store) is None
    assert store.read(lambda tx: (tx.ratings.all(ADA), tx.ratings.count(ADA), tx.ratings.profile(ADA).ratings)) == (
        (),
        0,
        (),
    )


def test_rating_a_film_that_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(UnknownRecordError, match="must be stored first"):
        rate(store, 8, update_id=1, movie=MovieId(999))


def test_pages_are_newest_first_and_profiles_oldest_first(store: Store, clock: Clock) -> None:
    for at, movie in enumerate((ROMA, HEAT, ALIEN)):
        clock.pass_by(minutes=1)
        rate(store, 6, update_id=at + 1, movie=movie)
    newest = store.read(lambda tx: tx.ratings.page(ADA, offset=1, limit=5))
    assert [rating.movie_id for rating in newest] == [HEAT, ROMA]
    profile = store.read(lambda tx: tx.ratings.profile(ADA))
    assert [rating.movie_id for rating in profile.ratings] == [ROMA, HEAT, ALIEN]
    assert profile.ratings[0].stars == Stars(3.0)
    assert profile.ratings[2].rated_at == clock.now


def test_a_profile_hides_what_was_seen_refused_put_off_or_kept_for_later(store: Store, clock: Clock) -> None:
    def mark(until_days: int) -> None:
        store.write(
            lambda tx: tx.marks.put(ADA, ROMA, "not_now", until=clock.now + timedelta(days=until_days))
        ).result()

    store.write(lambda tx: tx.marks.put(ADA, HEAT, "seen")).result()
    store.write(lambda tx: tx.marks.put(ADA, ALIEN, "never")).result()
    store.write(lambda tx: tx.marks.put(ADA, MovieId(4), "later")).result()
    store.write(lambda tx: tx.marks.put(ADA, MovieId(5), "unseen")).result()
    mark(30)
    assert store.read(lambda tx: tx.ratings.profile(ADA).hidden) == {HEAT, ALIEN, ROMA, MovieId(4)}
    clock.pass_by(days=31)
    assert store.read(lambda tx: tx.ratings.profile(ADA).hidden) == {HEAT, ALIEN, MovieId(4)}


def test_only_people_who_consent_train(store: Store, clock: Clock) -> None:
    for at, person in enumerate((ADA, BOB, EVE)):
        rate(store, 7 + at, update_id=at, person=person)
    store.write(lambda tx: tx.people.set_consent(ADA, True, version=1)).result()
    store.write(lambda tx: tx.people.set_consent(BOB, False, version=1)).result()
    training = store.read(lambda tx: tx.ratings.training())
    assert (training.user_ids.tolist(), training.movie_ids.tolist()) == ([ADA], [HEAT])
    assert training.stars.tolist() == [3.5]
    assert training.times.tolist() == [int(clock.now.timestamp())]
    assert store.read(lambda tx: tx.ratings.count_for_training()) == 1
    assert store.read(lambda tx: tx.ratings.count_for_training(since=clock.now)) == 0
    store.write(lambda tx: tx.people.set_consent(ADA, True, version=0)).result()
    assert len(store.read(lambda tx: tx.ratings.training())) == 0, "another question was answered"
    store.write(lambda tx: tx.people.set_consent(ADA, False, version=1)).result()
    assert len(store.read(lambda tx: tx.ratings.training())) == 0


def test_a_page_of_movies_has_one_persons_ratings(store: Store) -> None:
    rate(store, 8, update_id=1)
    rate(store, 0, update_id=2, movie=ALIEN)
    rate(store, 3, update_id=3, movie=ROMA, person=BOB)
    found = store.read(lambda tx: tx.ratings.many(ADA, [HEAT, ALIEN, ROMA]))
    assert {movie: rating.stars.value for movie, rating in found.items()} == {HEAT: 4.0}


def test_a_rating_that_does_not_count_is_kept_hides_its_film_and_teaches_nothing(store: Store) -> None:
    rate(store, 8, update_id=1)
    rate(store, 9, update_id=2, movie=ALIEN)
    store.write(lambda tx: tx.people.set_consent(ADA, True, version=1)).result()
    store.write(lambda tx: tx.ratings.set_counted(ADA, HEAT, False)).result()
    profile = store.read(lambda tx: tx.ratings.profile(ADA))
    assert ([rating.movie_id for rating in profile.ratings], HEAT in profile.hidden) == ([ALIEN], True)
    assert store.read(lambda tx: (tx.ratings.count(ADA), tx.ratings.count_for_training())) == (2, 1)
    assert store.read(lambda tx: tx.ratings.training()).movie_ids.tolist() == [ALIEN]
    store.write(lambda tx: tx.ratings.set_counted(ADA, HEAT, True)).result()
    assert len(store.read(lambda tx: tx.ratings.profile(ADA)).ratings) == 2


def test_a_corrected_rating_stays_as_it_counts_and_one_given_anew_counts(store: Store) -> None:
    rate(store, 8, update_id=1)
    store.write(lambda tx: tx.ratings.set_counted(ADA, HEAT, False)).result()
    rate(store, 9, update_id=2)
    assert store.read(lambda tx: tx.ratings.uncounted(ADA)) == {HEAT}
    rate(store, 0, update_id=3)
    rate(store, 9, update_id=4)
    assert store.read(lambda tx: tx.ratings.uncounted(ADA)) == set()


def test_films_are_counted_over_who_consents_and_by_ratings_that_count(store: Store) -> None:
    assert store.read(lambda tx: tx.ratings.film_counts()) is None
    for update_id, (person, movie, half_stars) in enumerate(
        [(ADA, HEAT, 8), (ADA, ALIEN, 3), (BOB, HEAT, 10), (BOB, ROMA, 9), (EVE, HEAT, 1)], start=1
    ):
        rate(store, half_stars, update_id=update_id, movie=movie, person=person)
    store.write(lambda tx: tx.people.set_consent(ADA, True, version=1)).result()
    store.write(lambda tx: tx.people.set_consent(BOB, True, version=1)).result()
    store.write(lambda tx: tx.ratings.set_counted(BOB, ROMA, False)).result()
    counts = store.read(lambda tx: tx.ratings.film_counts())
    assert counts is not None
    assert (counts.people, counts.movie_ids.tolist(), counts.mean_stars) == (2, [HEAT, ALIEN], 3.5)
    assert (counts.ratings.tolist(), counts.likes.tolist()) == ([2, 1], [2, 0])
    assert counts.star_sums.tolist() == [9, 1.5]
