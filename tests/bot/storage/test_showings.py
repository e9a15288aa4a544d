"""What became of showings, by where they stood; who came how far; and what happened on which day."""

from __future__ import annotations

from datetime import timedelta

from bot.storage import Day, Funnel, PeopleCounts, Showings, ShowingsOf, ShownTo, Store
from recommender.domain import Because, MovieId, Recommendation, UserId
from tests.databases import Clock

ADA, BOB = UserId(7), UserId(8)
LIKED = Because(movie_id=MovieId(30))


def show(store: Store, person: UserId, films: list[int], version: str, round: int = 1) -> None:
    page = [Recommendation(MovieId(film), 1.0, 0.5, LIKED if film % 2 else Because(genre="Drama")) for film in films]
    store.write(lambda tx: tx.impressions.add(person, round, 0, page, version=version)).result()


def rate(store: Store, person: UserId, film: int, half_stars: int, update_id: int) -> None:
    store.write(lambda tx: tx.ratings.put(person, MovieId(film), half_stars, update_id=update_id)).result()


def test_nothing_shown_is_nothing(store: Store) -> None:
    assert store.read(lambda tx: tx.showings()) == Showings()


def test_a_rating_counts_for_the_last_showing_before_it(store: Store, clock: Clock) -> None:
    store.write(lambda tx: [tx.people.ensure(person) for person in (ADA, BOB)]).result()
    rate(store, BOB, 1, 10, update_id=1)  # before it was shown: due to no list
    clock.pass_by(minutes=1)
    show(store, ADA, [1, 2], "old")
    show(store, BOB, [1, 3], "old")
    clock.pass_by(days=1)
    show(store, ADA, [3, 1], "new", round=2)
    clock.pass_by(minutes=1)
    rate(store, ADA, 1, 8, update_id=2)
    rate(store, ADA, 2, 7, update_id=3)
    rate(store, ADA, 3, 0, update_id=4)  # taken back
    store.write(lambda tx: tx.marks.put(BOB, MovieId(3), "seen")).result()
    found = store.read(lambda tx: tx.showings())
    assert set(found.groups) == {
        ShowingsOf("old", 1, "top", "film", shown=2),
        ShowingsOf("old", 2, "top", "genre", shown=1, rated=1),
        ShowingsOf("old", 2, "top", "film", shown=1),
        ShowingsOf("new", 1, "top", "film", shown=1),
        ShowingsOf("new", 2, "top", "film", shown=1, rated=1, liked=1),
    }
    assert found.people == {"old": [ShownTo(ADA, 1, 0), ShownTo(BOB, 1, 0)], "new": [ShownTo(ADA, 1, 1)]}
    assert found.last_shown_at["new"] - found.last_shown_at["old"] == timedelta(days=1)
    assert found.seen == 1


def test_people_and_days_are_counted(store: Store, clock: Clock) -> None:
    store.write(lambda tx: tx.people.ensure(ADA)).result()
    clock.pass_by(days=8)

    store.write(lambda tx: tx.people.ensure(BOB)).result()
    store.write(lambda tx: tx.people.set_consent(BOB, True)).result()
    store.write(lambda tx: tx.people.set_genre(BOB, "Drama", "chosen")).result()
    show(store, BOB, [1, 2, 3], "v")
    for film in range(1, 6):
        rate(store, BOB, film, 8, update_id=film)
    found = store.read(lambda tx: tx.activity())
    assert found.people == PeopleCounts(total=2, new=1, active=1, consenting=1, blocked=0)
    assert found.funnel == Funnel(started=2, answered=1, chose_genres=1, saw_list=1, rated=1, rated_five=1)
    assert (len(found.days), found.days[-1]) == (30, Day(clock.now.date(), ratings=5, lists=1))
    assert sum(day.ratings + day.lists for day in found.days[:-1]) == 0


def test_what_each_bundle_showed_since_a_moment_is_told_by_person(store: Store, clock: Clock) -> None:
    store.write(lambda tx: [tx.people.ensure(person) for person in (ADA, BOB)]).result()
    show(store, ADA, [1, 2], "old")
    clock.pass_by(days=1)
    began_at = store.read(lambda tx: tx.now)
    show(store, ADA, [3, 4], "old", round=2)
    show(store, BOB, [1, 5], "new")
    clock.pass_by(minutes=1)
    rate(store, ADA, 1, 10, update_id=1)  # shown before
    rate(store, ADA, 3, 9, update_id=2)
    rate(store, BOB, 1, 8, update_id=3)
    rate(store, BOB, 5, 5, update_id=4)
    assert store.read(lambda tx: tx.shown_since(began_at)) == {"old": [ShownTo(ADA, 1, 1)], "new": [ShownTo(BOB, 1, 1)]}
