"""What serves follows the catalogue as others fill it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.catalogue.corpora import remove_corpus, write_corpus
from bot.catalogue.rating_rows import RatingRows
from bot.commands.models.live import CatalogueWatch, open_recommender, sweep_half_bundles
from bot.locks import retrain_lock
from bot.settings import Settings
from bot.storage import CatalogueMovie, Store, Tx
from recommender.domain import Movie, MovieId, Profile, UserId
from recommender.ranking.bundle import BundleStore, pack
from recommender.ranking.live import LiveRecommender
from recommender.ranking.retrieval import Retrieval
from tests.recommender.contract import contract_corpus
from tests.recommender.tiny import tiny, tiny_files, tiny_manifest


def test_films_imported_beside_it_are_in_lists_without_a_restart(real_time_store: Store, tmp_path: Path) -> None:
    recommender = open_recommender(Settings(data_dir=tmp_path), real_time_store)
    watch = CatalogueWatch(Settings(data_dir=tmp_path), real_time_store, recommender)
    assert not watch.refresh()
    loved = CatalogueMovie(Movie(MovieId(99), "The Glass Orchard", 1999, ("Drama",)), popularity=1.0)
    real_time_store.write(lambda tx: tx.movies.upsert_all([loved])).result()
    assert MovieId(99) not in {line.movie_id for line in recommender.recommend(Profile(), 100)}
    assert watch.refresh()
    assert recommender.recommend(Profile(), 1)[0].movie_id == MovieId(99)
    assert not watch.refresh()


def test_a_film_that_becomes_better_known_rises(real_time_store: Store, tmp_path: Path) -> None:
    recommender = open_recommender(Settings(data_dir=tmp_path), real_time_store)
    watch = CatalogueWatch(Settings(data_dir=tmp_path), real_time_store, recommender)
    risen = CatalogueMovie(Movie(MovieId(7), "Film 7", 1997, ("Drama",)), imdb_id="tt0000007", popularity=0.5)
    real_time_store.write(lambda tx: tx.movies.upsert_all([risen])).result()
    assert watch.refresh()
    assert recommender.recommend(Profile(), 1)[0].movie_id == MovieId(7)


FIRST = "20260101-000000"
LOVED, LOVED_TOO, UNRATED = (
    CatalogueMovie(Movie(MovieId(9_000 + number), title, 2010, ("Drama",)))
    for number, title in enumerate(("The Glass Orchard", "Orchards of Glass", "Silver Tide"))
)


@pytest.fixture
def served(real_time_store: Store, tmp_path: Path) -> tuple[LiveRecommender, CatalogueWatch]:
    """A published model, and what watches over it; then films come that it does not know."""
    BundleStore(tmp_path / "bundles").publish(tiny_files(), tiny_manifest(), FIRST)
    settings = Settings(data_dir=tmp_path)
    known = list(map(CatalogueMovie, contract_corpus().movies))
    real_time_store.write(lambda tx: tx.movies.upsert_all(known)).result()
    recommender = open_recommender(settings, real_time_store)
    watch = CatalogueWatch(settings, real_time_store, recommender)
    real_time_store.write(lambda tx: tx.movies.upsert_all([LOVED, LOVED_TOO, UNRATED])).result()
    return recommender, watch


def store_club(data_dir: Path, *films: CatalogueMovie, people: int = 40) -> None:
    """Store a corpus of people who love each of these films."""
    users, ids = np.repeat(np.arange(people), len(films)), np.tile([film.movie.id for film in films], people)
    rows = RatingRows(users.astype(np.int32), ids.astype(np.int32), np.full(len(ids), 5.0, np.float32), users + 10**9)
    write_corpus(data_dir, "club", [film.movie for film in films], rows, licence="ours", simulated=False)


def dramas(recommender: LiveRecommender) -> list[int]:
    return [int(line.movie_id) for line in recommender.recommend(Profile(("Drama",)), 60)]


@pytest.mark.tensorflow
def test_a_model_lists_what_a_corpus_loves_until_the_corpus_goes(
    served: tuple[LiveRecommender, CatalogueWatch], tmp_path: Path
) -> None:
    recommender, watch = served
    assert watch.refresh()
    before = dramas(recommender)
    assert {9_000, 9_001, 9_002} < set(before), "an import that broke off has brought films and no ratings"
    store_club(tmp_path, LOVED)
    assert watch.refresh()
    assert dramas(recommender).index(9_000) < min(2, before.index(9_000))
    assert recommender.version == FIRST
    store_club(tmp_path, LOVED)
    assert not watch.refresh(), "the same corpus again"
    remove_corpus(tmp_path, "club")
    assert watch.refresh()
    assert dramas(recommender) == before


@pytest.mark.tensorflow
def test_films_that_turn_out_to_be_one_have_the_likes_of_both_and_one_place(
    served: tuple[LiveRecommender, CatalogueWatch], real_time_store: Store, tmp_path: Path
) -> None:
    recommender, watch = served
    store_club(tmp_path, LOVED_TOO)
    real_time_store.write(lambda tx: tx.twins.join(MovieId(9_001), MovieId(9_000), "title")).result()
    assert watch.refresh()
    listed = dramas(recommender)
    assert 9_001 not in listed
    assert listed.index(9_000) < 2
    real_time_store.write(lambda tx: tx.twins.part(MovieId(9_001))).result()
    assert watch.refresh()
    assert dramas(recommender).index(9_001) < 2


@pytest.mark.tensorflow
def test_a_film_that_a_training_met_without_ratings_is_listed_once_a_corpus_has_some(
    real_time_store: Store, tmp_path: Path
) -> None:
    trained, unrated = tiny(), 55
    log_count = trained.retrieval.tables["log_count"].copy()
    log_count[unrated] = 0
    without = Retrieval(trained.retrieval.catalogue, {**trained.retrieval.tables, "log_count": log_count})
    files = pack(without, trained.network, trained.model)
    BundleStore(tmp_path / "bundles").publish(files, tiny_manifest(), FIRST)
    settings, film = Settings(data_dir=tmp_path), CatalogueMovie(without.catalogue.movies[unrated])
    known = list(map(CatalogueMovie, without.catalogue.movies))
    real_time_store.write(lambda tx: tx.movies.upsert_all(known)).result()
    recommender = open_recommender(settings, real_time_store)
    watch = CatalogueWatch(settings, real_time_store, recommender)
    before = [line.movie_id for line in recommender.recommend(Profile(film.movie.genres), 60)]
    store_club(tmp_path, film, people=9)
    assert watch.refresh()
    assert [line.movie_id for line in recommender.recommend(Profile(film.movie.genres), 60)] == before
    store_club(tmp_path, film)
    assert watch.refresh()
    after = [line.movie_id for line in recommender.recommend(Profile(film.movie.genres), 60)]
    assert after.index(film.movie.id) < before.index(film.movie.id)
    assert sorted(after) == sorted(before)


@pytest.mark.tensorflow
def test_what_people_of_the_chat_make_of_new_films_is_looked_at_once_an_hour(
    served: tuple[LiveRecommender, CatalogueWatch], real_time_store: Store, tmp_path: Path
) -> None:
    recommender, watch = served
    assert watch.refresh()
    moments = [0.0]
    watch = CatalogueWatch(Settings(data_dir=tmp_path), real_time_store, recommender, clock=lambda: moments[-1])
    before = dramas(recommender).index(9_000)

    def rate(tx: Tx) -> None:
        for number in range(1, 101):
            tx.people.ensure(UserId(number))
            tx.people.set_consent(UserId(number), True, version=1)
            tx.ratings.put(UserId(number), MovieId(9_000), 10, update_id=number)

    real_time_store.write(rate).result()
    assert not watch.refresh()
    moments.append(3_600.0)
    assert watch.refresh()
    assert dramas(recommender).index(9_000) < before
    assert not watch.refresh()


def test_a_start_sweeps_half_bundles_unless_a_training_writes_one(tmp_path: Path) -> None:
    settings, half = Settings(data_dir=tmp_path), tmp_path / "bundles" / ".20260101-000000.1234"
    half.mkdir(parents=True)
    with retrain_lock(tmp_path, settings.database_url):
        sweep_half_bundles(settings)
    assert half.exists()
    sweep_half_bundles(settings)
    assert not half.exists()
