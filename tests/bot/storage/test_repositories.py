"""People, movies, marks, impressions and schedules."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.storage import CatalogueMovie, Store, Tx, UnknownRecordError
from bot.wanted import Part, Wanted
from recommender.domain import Because, Filters, Movie, MovieId, Recommendation, UserId
from tests.databases import Clock

ADA, BOB = UserId(7), UserId(8)
HEAT, ALIEN, ROMA = MovieId(1), MovieId(2), MovieId(3)


@pytest.fixture(autouse=True)
def people(store: Store) -> None:
    store.write(lambda tx: tx.people.ensure(ADA, telegram_language="en")).result()


def test_a_person_keeps_what_they_chose(store: Store, clock: Clock) -> None:
    def choose(tx: Tx) -> None:
        tx.people.set_language(ADA, "zh-hans")
        tx.people.set_consent(ADA, True, version=3)
        tx.people.set_digest(ADA, "weekly", hour=9)
        tx.people.set_clock(ADA, "America/St_Johns", utc_offset_minutes=-210)
        tx.people.set_digest(ADA, "daily")
        for genre in ("War", "Drama"):
            tx.people.set_genre(ADA, genre, "chosen")

    store.write(choose).result()
    ada = store.read(lambda tx: tx.people.get(ADA))
    assert ada is not None
    assert (ada.language, ada.telegram_language) == ("zh-hans", "en")
    assert (ada.consent, ada.consent_version, ada.consent_at) == (True, 3, clock.now)
    assert (ada.digest, ada.digest_hour, ada.zone, ada.utc_offset_minutes) == ("daily", 9, "America/St_Johns", -210)
    assert ada.genres == ("Drama", "War")


def test_genres_are_brought_to_a_target_state(store: Store) -> None:
    for _ in range(2):
        store.write(lambda tx: tx.people.set_genre(ADA, "War", "chosen")).result()
        assert store.read(lambda tx: tx.people.genres(ADA)) == ("War",)
    for _ in range(2):
        store.write(lambda tx: tx.people.set_genre(ADA, "War", "none")).result()
        assert store.read(lambda tx: tx.people.genres(ADA)) == ()


def test_who_writes_again_is_not_blocked_any_more(store: Store) -> None:
    store.write(lambda tx: tx.people.set_digest(ADA, "daily")).result()
    store.write(lambda tx: tx.people.set_blocked(ADA, True)).result()
    ada = store.read(lambda tx: tx.people.get(ADA))
    assert ada is not None
    assert ada.blocked
    assert not store.write(lambda tx: tx.people.ensure(ADA)).result().blocked


def test_an_unknown_person_cannot_be_changed(store: Store) -> None:
    with pytest.raises(UnknownRecordError, match="Received: 8"):
        store.write(lambda tx: tx.people.set_language(BOB, "en")).result()
    assert store.read(lambda tx: tx.ratings.profile(BOB).ratings) == ()


def test_movies_are_updated_and_never_lose_an_id(store: Store) -> None:
    heat = CatalogueMovie(Movie(HEAT, "Heat", 1995, ("Crime",)), movielens_id=6)
    store.write(lambda tx: tx.movies.upsert_all([heat])).result()
    stored = store.read(lambda tx: tx.movies.catalogue())[0]
    assert stored == CatalogueMovie(heat.movie, imdb_id="tt0000001", movielens_id=6)
    assert store.read(lambda tx: tx.movies.count()) == 30
    assert store.read(lambda tx: tx.movies.many([HEAT, MovieId(99)])) == {HEAT: heat.movie}


def test_thousands_of_movies_fit_into_one_write(store: Store) -> None:
    films = [CatalogueMovie(Movie(MovieId(at), f"Film {at}", None, ())) for at in range(1, 5001)]
    store.write(lambda tx: tx.movies.upsert_all(films)).result()
    assert len(store.read(lambda tx: tx.movies.many([film.movie.id for film in films]))) == 5000


def test_marks_are_set_paged_and_cleared(store: Store, clock: Clock) -> None:
    def save(movie: MovieId) -> None:
        clock.pass_by(seconds=1)
        store.write(lambda tx: tx.marks.put(ADA, movie, "later")).result()

    save(HEAT)
    save(ALIEN)
    later = store.read(lambda tx: tx.marks.page(ADA, "later", offset=0, limit=5))
    assert [mark.movie_id for mark in later] == [ALIEN, HEAT]
    store.write(lambda tx: tx.marks.put(ADA, HEAT, "seen")).result()
    # What was seen is no longer kept for later, until the mark is taken back.
    assert store.read(lambda tx: tx.marks.kinds(ADA, HEAT)) == {"seen"}
    assert store.read(lambda tx: tx.marks.count(ADA, "later")) == 1
    assert [mark.movie_id for mark in store.read(lambda tx: tx.marks.page(ADA, "later", offset=0, limit=5))] == [ALIEN]
    store.write(lambda tx: tx.marks.clear(ADA, HEAT, "seen")).result()
    assert store.read(lambda tx: tx.marks.count(ADA, "later")) == 2
    store.write(lambda tx: tx.marks.put(ADA, HEAT, "seen")).result()
    store.write(lambda tx: tx.marks.clear(ADA, HEAT, "later")).result()
    assert store.read(lambda tx: (tx.marks.count(ADA, "later"), tx.marks.movies(ADA, "seen"))) == (1, frozenset({HEAT}))


def test_a_page_of_movies_has_one_persons_marks_in_force(store: Store, clock: Clock) -> None:
    def mark(tx: Tx) -> None:
        tx.people.ensure(BOB)
        tx.marks.put(ADA, HEAT, "seen")
        tx.marks.put(ADA, HEAT, "not_now", until=clock.now - timedelta(seconds=1))
        tx.marks.put(ADA, ALIEN, "not_now", until=clock.now + timedelta(seconds=1))
        tx.marks.put(BOB, ROMA, "never")

    store.write(mark).result()
    found = store.read(lambda tx: tx.marks.kinds_of(ADA, [HEAT, ALIEN, ROMA]))
    assert found == {HEAT: {"seen"}, ALIEN: {"not_now"}, ROMA: frozenset()}


def test_a_round_remembers_its_pages(store: Store) -> None:
    first = [
        Recommendation(HEAT, 2.5, 0.75, Because(movie_id=ROMA, shared="tag:heist")),
        Recommendation(ALIEN, 1.0, 0.5, slot="wildcard"),
    ]
    second = [Recommendation(ROMA, 0.5, None, Because(genre="Drama"))]
    number = store.write(lambda tx: tx.impressions.new_round(ADA)).result()
    for _ in range(2):
        store.write(lambda tx: tx.impressions.add(ADA, number, 0, first, version="b1")).result()
    store.write(lambda tx: tx.impressions.add(ADA, number, 1, second, version="b1")).result()
    assert store.read(lambda tx: tx.impressions.page(ADA, number, 0)) == tuple(first)
    assert store.read(lambda tx: tx.impressions.page(ADA, number, 1)) == tuple(second)
    assert store.read(lambda tx: tx.impressions.page(ADA, number, 2)) == ()
    assert store.read(lambda tx: tx.impressions.shown(ADA, number)) == {HEAT, ALIEN, ROMA}
    assert store.write(lambda tx: tx.impressions.new_round(ADA)).result() == number + 1


def test_how_often_a_film_was_shown_is_counted_by_lists(store: Store, clock: Clock) -> None:
    def show(movies: list[MovieId]) -> None:
        number = store.write(lambda tx: tx.impressions.new_round(ADA)).result()
        page = [Recommendation(movie_id, 1.0, None) for movie_id in movies]
        for _ in range(2):  # the page is edited
            store.write(lambda tx: tx.impressions.add(ADA, number, 0, page, version="b1")).result()

    show([ROMA])
    clock.now += timedelta(days=1)
    since = clock.now - timedelta(hours=1)
    show([HEAT, ALIEN])
    show([HEAT])
    assert store.read(lambda tx: tx.impressions.times_shown(ADA, since)) == {HEAT: 2, ALIEN: 1}
    assert store.read(lambda tx: tx.impressions.times_shown(BOB, since)) == {}


def test_a_schedule_runs_once_per_period(store: Store, clock: Clock) -> None:
    def claim() -> bool:
        tomorrow = clock.now + timedelta(days=1)
        return store.write(lambda tx: tx.schedules.claim("digest", next_run_at=tomorrow, person=ADA)).result()

    assert not claim()
    store.write(lambda tx: tx.schedules.plan("digest", clock.now + timedelta(hours=1), ADA)).result()
    assert not claim()
    clock.pass_by(hours=1)
    assert store.read(lambda tx: tx.schedules.due("digest")) == [ADA]
    assert (claim(), claim()) == (True, False)
    clock.pass_by(days=1)
    store.write(lambda tx: tx.schedules.cancel("digest", ADA)).result()
    assert not claim()


def test_the_bots_own_schedule_starts_by_itself(store: Store, clock: Clock) -> None:
    def claim() -> bool:
        return store.write(
            lambda tx: tx.schedules.claim("pruning", next_run_at=clock.now + timedelta(days=1), if_new=True)
        ).result()

    assert (claim(), claim()) == (True, False)


def test_a_search_is_found_again_in_its_order_by_its_person_alone(store: Store) -> None:
    store.write(lambda tx: tx.searches.add(ADA, 3, [ROMA, HEAT])).result()
    assert store.read(lambda tx: tx.searches.get(ADA, 3)) == (ROMA, HEAT)
    assert store.read(lambda tx: (tx.searches.get(ADA, 4), tx.searches.get(BOB, 3))) == ((), ())


@pytest.mark.parametrize(
    "wish",
    [
        Wanted(Filters(frozenset({"War", "Drama"}), frozenset({"Horror"}), 1990, 1999)),
        Wanted(Filters(genres_all=frozenset({"Comedy", "Romance"}), year_to=1969)),
        Wanted(Filters(year_from=2010)),
        Wanted(parts=(Part("tag", ("vampires", "zombies")), Part("cast", ("Tom Hanks",), is_wanted=False))),
    ],
)
def test_a_wish_comes_back_as_it_was(store: Store, wish: Wanted) -> None:
    store.write(lambda tx: tx.wishes.add(ADA, 3, wish)).result()
    assert store.read(lambda tx: tx.wishes.get(ADA, 3)) == wish
    assert store.read(lambda tx: tx.wishes.get(ADA, 4)) is None


def test_a_wish_less_a_part_is_found_by_the_round_it_was_made_from(store: Store) -> None:
    less = Wanted(parts=(Part("tag", ("heist",)),))
    store.write(lambda tx: tx.wishes.add(ADA, 4, less, made_from=3)).result()
    assert store.read(lambda tx: tx.wishes.made_from(ADA, 3, less)) == 4
    assert store.read(lambda tx: tx.wishes.made_from(ADA, 3, Wanted())) is None
    assert store.read(lambda tx: tx.wishes.made_from(BOB, 3, less)) is None


def test_the_newest_year_is_none_to_come(store: Store) -> None:
    assert store.read(lambda tx: tx.movies.newest_year(1900)) is None
    films = [Movie(MovieId(9 + at), f"Film {at}", year, ()) for at, year in enumerate((1999, 2024, 2031, None))]
    store.write(lambda tx: tx.movies.upsert_all([CatalogueMovie(film) for film in films])).result()
    assert store.read(lambda tx: tx.movies.newest_year(2026)) == 2024


def test_a_movie_is_found_by_the_numbers_of_others(store: Store) -> None:
    heat = CatalogueMovie(Movie(HEAT, "Heat", 1995, ("Crime",)), imdb_id="tt0113277", tmdb_id=949)
    store.write(lambda tx: tx.movies.upsert_all([heat])).result()
    assert store.read(lambda tx: tx.movies.linked(imdb_id="tt0113277")) == heat.movie
    assert store.read(lambda tx: tx.movies.linked(imdb_id="tt0000001", tmdb_id=949)) == heat.movie
    assert store.read(lambda tx: tx.movies.linked(imdb_id="tt0000001", tmdb_id=950)) is None
    assert store.read(lambda tx: tx.movies.linked()) is None
