"""What serves follows the catalogue as others fill it."""

from __future__ import annotations

from pathlib import Path

from bot.commands.models.live import CatalogueWatch, open_recommender, sweep_half_bundles
from bot.locks import retrain_lock
from bot.settings import Settings
from bot.storage import CatalogueMovie, Store
from recommender.domain import Movie, MovieId, Profile


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


def test_a_start_sweeps_half_bundles_unless_a_training_writes_one(tmp_path: Path) -> None:
    settings, half = Settings(data_dir=tmp_path), tmp_path / "bundles" / ".20260101-000000.1234"
    half.mkdir(parents=True)
    with retrain_lock(tmp_path, settings.database_url):
        sweep_half_bundles(settings)
    assert half.exists()
    sweep_half_bundles(settings)
    assert not half.exists()
