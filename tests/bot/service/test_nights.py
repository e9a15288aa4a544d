"""What is decided in movie nights, from plain values: ties by lot, what a film has going for it, where two differ."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.service.night_votes import stand
from bot.service.nights import strength_of
from bot.service.together import differences, profile_together
from bot.storage import Store
from recommender.domain import GroupPick, Movie, MovieId, Profile, Rating, Stars, UserId
from tests.bot.pupil import ENTRIES

FILMS = [MovieId(number) for number in range(1, 11)]
HEAT = Movie(MovieId(1), "Heat", 1995, ("Crime", "Action"))
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_votes_come_before_the_lot_and_the_lot_decides_ties_alike_every_time() -> None:
    votes = [0, 2, 2, 0, 2, 3, 0, 0, 0, 0]
    first = [one.movie_id for one in stand(FILMS, votes, 4115)]
    assert first[0] == MovieId(6)
    assert set(first[1:4]) == {MovieId(2), MovieId(3), MovieId(5)}
    assert first == [one.movie_id for one in stand(FILMS, votes, 4115)]


def test_no_film_is_favoured_over_many_lots() -> None:
    winners = [stand(FILMS[:2], [1, 1], lot)[0].movie_id for lot in range(2_000)]
    assert 900 < winners.count(MovieId(1)) < 1_100


@pytest.mark.parametrize(
    ("pick", "genres", "strength"),
    [
        (GroupPick(HEAT.id, 0.6, 0.5, 0.7), ("Crime",), ("genre", "Crime")),
        (GroupPick(HEAT.id, 0.6, 0.55, 0.62), ("War",), ("everyone", "")),
        (GroupPick(HEAT.id, 0.6, 0.4, 0.9), ("War",), ("some", "")),
        (GroupPick(HEAT.id, 0.6, 0.5, 0.7), ("War",), ("none", "")),
        (GroupPick(HEAT.id), (), ("none", "")),
    ],
)
def test_what_a_film_has_going_for_it(pick: GroupPick, genres: tuple[str, ...], strength: tuple[str, str]) -> None:
    three = [Profile(genres=genres), Profile(genres=genres), Profile(genres=("Comedy",))]
    assert strength_of(pick, HEAT, three) == strength


def test_a_genre_that_one_alone_of_two_chose_is_not_told() -> None:
    pick = GroupPick(HEAT.id, 0.6, 0.5, 0.7)
    assert strength_of(pick, HEAT, [Profile(genres=("Crime",)), Profile()]) == ("none", "")


def test_what_is_kept_for_later_may_come_and_what_was_seen_on_demand(store: Store) -> None:
    person = UserId(7)
    store.write(lambda tx: tx.movies.upsert_all(ENTRIES)).result()
    store.write(lambda tx: tx.people.ensure(person)).result()
    for number, kind in enumerate(("later", "seen", "never", "not_now"), 1):
        store.write(lambda tx, number=number, kind=kind: tx.marks.put(person, MovieId(number), kind)).result()  # type: ignore[misc]
    hidden = [
        store.read(lambda tx, without=without: profile_together(tx, person, without_seen=without)).hidden  # type: ignore[misc]
        for without in (True, False)
    ]
    assert hidden == [{MovieId(2), MovieId(3), MovieId(4)}, {MovieId(3), MovieId(4)}]


def test_two_differ_on_genres_that_both_know_beside_their_own_means() -> None:
    movies = {MovieId(n): Movie(MovieId(n), "x", 1990, ("War",) if n < 4 else ("Comedy",)) for n in range(1, 7)}

    def rated(war: float, comedy: float) -> Profile:
        stars = [war] * 3 + [comedy] * 3
        return Profile(ratings=tuple(Rating(MovieId(n), Stars(one), NOW) for n, one in enumerate(stars, 1)))

    assert differences(rated(5.0, 3.0), rated(1.0, 3.0), movies) == (["War"], ["Comedy"])
    assert differences(rated(4.0, 4.0), rated(2.0, 2.0), movies) == ([], [])
    chosen = (Profile(genres=("War", "Drama")), Profile(genres=("Drama", "Comedy")))
    assert differences(*chosen, movies) == (["War"], ["Comedy"])
