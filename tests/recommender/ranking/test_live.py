"""The recommender of a long-lived process: it swaps when it can and keeps what it has when it cannot."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from recommender.data.statistics import count_films
from recommender.domain import Movie, MovieId, Profile, Recommender
from recommender.errors import BundleError
from recommender.evaluation.floors import fit_popular_in_genres
from recommender.ranking.bundle import BundleStore
from recommender.ranking.challenge import CHALLENGE, Challenge, end_challenge, write_challenge
from recommender.ranking.live import LiveRecommender
from recommender.ranking.new_films import NewFilms
from recommender.ranking.retrieval import Retrieval
from tests.recommender.contract import RecommenderContract, contract_corpus
from tests.recommender.tiny import tiny_files, tiny_manifest

pytestmark = pytest.mark.tensorflow
FIRST, SECOND, THIRD = "20260101-000000", "20260201-000000", "20260301-000000"


@pytest.fixture
def bundles(tmp_path: Path) -> BundleStore:
    return BundleStore(tmp_path / "bundles")


def publish(bundles: BundleStore, version: str, *, damaged: bool = False) -> None:
    bundles.publish(tiny_files(), tiny_manifest(), version)
    if damaged:
        (bundles.folder / version / "ranker.onnx").write_bytes(b"")


def live(bundles: BundleStore) -> LiveRecommender:
    return LiveRecommender(bundles, fit_popular_in_genres(contract_corpus()))


class TestLive(RecommenderContract):
    """The contract over what is published."""

    @pytest.fixture
    def recommender(self, bundles: BundleStore) -> LiveRecommender:
        publish(bundles, FIRST)
        return live(bundles)


class TestFallback(RecommenderContract):
    """The contract over the fallback, with nothing published."""

    @pytest.fixture
    def recommender(self, bundles: BundleStore) -> LiveRecommender:
        return live(bundles)


def test_popularity_serves_until_something_is_published(bundles: BundleStore) -> None:
    recommender = live(bundles)
    assert recommender.version == "popular_in_genres"
    assert recommender.refusal is None
    assert not recommender.refresh()
    publish(bundles, FIRST)
    assert recommender.refresh()
    assert recommender.version == FIRST
    assert not recommender.refresh()


def test_a_newer_bundle_is_swapped_in_and_a_rollback_swaps_back(bundles: BundleStore) -> None:
    publish(bundles, FIRST)
    recommender = live(bundles)
    publish(bundles, SECOND)
    assert recommender.refresh()
    assert recommender.version == SECOND
    bundles.rollback()
    assert recommender.refresh()
    assert recommender.version == FIRST


def test_a_damaged_bundle_keeps_the_old_one_and_says_why(bundles: BundleStore) -> None:
    publish(bundles, FIRST)
    recommender = live(bundles)
    before = recommender.recommend(Profile(), 5)
    publish(bundles, SECOND, damaged=True)
    assert not recommender.refresh()
    assert recommender.version == FIRST
    assert recommender.recommend(Profile(), 5) == before
    assert recommender.refusal is not None
    assert "ranker.onnx" in recommender.refusal
    publish(bundles, THIRD)
    assert recommender.refresh()
    assert recommender.version == THIRD
    assert recommender.refusal is None


def test_a_start_with_a_damaged_bundle_falls_back_to_the_last_good_one(bundles: BundleStore) -> None:
    publish(bundles, FIRST)
    publish(bundles, SECOND, damaged=True)
    publish(bundles, THIRD, damaged=True)
    recommender = live(bundles)
    assert recommender.version == FIRST
    assert recommender.refusal is not None


def test_a_start_without_any_good_bundle_falls_back_to_popularity(bundles: BundleStore) -> None:
    publish(bundles, FIRST, damaged=True)
    recommender = live(bundles)
    assert recommender.version == "popular_in_genres"
    assert len(recommender.recommend(Profile(), 5)) == 5


def test_what_was_rolled_back_never_stands_in(bundles: BundleStore) -> None:
    publish(bundles, FIRST)
    publish(bundles, SECOND)
    bundles.rollback()
    (bundles.folder / FIRST / "tables.npz").write_bytes(b"")
    assert live(bundles).version == "popular_in_genres"


@pytest.mark.parametrize(
    "pointer",
    [b"\xff\x00\xfe", b"../../etc/passwd", b"2026/../..", b"99990101-000000", b"20250101-000000", b"\n", b"7" * 10**6],
)
def test_a_damaged_pointer_does_not_stop_the_start(bundles: BundleStore, pointer: bytes) -> None:
    publish(bundles, FIRST)
    (bundles.folder / "current").write_bytes(pointer)
    recommender = live(bundles)
    assert recommender.version == FIRST
    assert recommender.refusal is not None
    assert recommender.refusal.endswith(f"{FIRST} serves meanwhile")
    assert len(recommender.recommend(Profile(), 5)) == 5


def test_without_a_pointer_the_newest_good_bundle_serves_and_it_is_said(bundles: BundleStore) -> None:
    publish(bundles, FIRST)
    publish(bundles, SECOND)
    publish(bundles, THIRD, damaged=True)
    (bundles.folder / "current").unlink()
    recommender = live(bundles)
    assert recommender.version == SECOND
    assert recommender.refusal is not None
    assert "current must name the version that serves. Received: no such file" in recommender.refusal
    bundles.point_at(FIRST)
    assert recommender.refresh()
    assert recommender.version == FIRST


def test_a_pointer_lost_while_it_serves_changes_nothing_and_is_said_until_it_is_back(bundles: BundleStore) -> None:
    publish(bundles, FIRST)
    publish(bundles, SECOND)
    bundles.rollback()
    recommender = live(bundles)
    (bundles.folder / "current").unlink()
    assert not recommender.refresh()
    assert recommender.version == FIRST
    assert recommender.refusal is not None
    bundles.point_at(FIRST)
    assert not recommender.refresh()
    assert recommender.refusal is None


def test_a_pointer_that_cannot_be_read_is_told_and_retried(bundles: BundleStore) -> None:
    publish(bundles, FIRST)
    (bundles.folder / "current").unlink()
    (bundles.folder / "current").mkdir()
    recommender = live(bundles)
    assert recommender.version == FIRST
    assert recommender.refusal is not None
    (bundles.folder / "current").rmdir()
    bundles.point_at(FIRST)
    assert recommender.refresh()
    assert recommender.refusal is None


def test_lists_go_on_while_bundles_are_swapped_rolled_back_and_pruned(bundles: BundleStore) -> None:
    publish(bundles, FIRST)
    recommender, done, failures = live(bundles), threading.Event(), list[object]()

    def ask() -> None:
        while not done.is_set():
            if len(recommender.recommend(Profile(), 5)) != 5:
                failures.append("short")

    asking = threading.Thread(target=ask)
    asking.start()
    for number in range(5):
        publish(bundles, f"2026020{number}-000000")
        assert recommender.refresh()
    for day in range(3):
        bundles.rollback()
        assert recommender.refresh()
        bundles.prune(0)
        publish(bundles, f"2026030{day}-000000")
        assert recommender.refresh()
    done.set()
    asking.join()
    assert not failures


def challenge(bundles: BundleStore, champion: str = SECOND, challenger: str = FIRST) -> Challenge:
    begun = Challenge(champion, challenger, 0.5, datetime(2026, 3, 1, tzinfo=UTC))
    write_challenge(bundles.folder, begun)
    return begun


def test_two_bundles_serve_side_by_side_until_the_challenge_ends(bundles: BundleStore) -> None:
    publish(bundles, FIRST)
    publish(bundles, SECOND)
    recommender = live(bundles)
    assert recommender.challenge is None
    assert recommender.challenger.version == SECOND
    begun = challenge(bundles)
    assert recommender.refresh()
    assert recommender.challenge == begun
    assert (recommender.version, recommender.challenger.version) == (SECOND, FIRST)
    assert not recommender.refresh()
    assert live(bundles).challenger.version == FIRST, "a start finds the challenge that is on"
    end_challenge(bundles.folder)
    assert recommender.refresh()
    assert recommender.challenge is None
    assert (recommender.version, recommender.challenger.version) == (SECOND, SECOND)


def test_what_is_published_during_a_challenge_waits_for_its_end(bundles: BundleStore) -> None:
    publish(bundles, FIRST)
    publish(bundles, SECOND)
    begun = challenge(bundles)
    recommender = live(bundles)
    publish(bundles, THIRD)
    assert not recommender.refresh()
    assert recommender.challenge == begun
    assert (recommender.version, live(bundles).version) == (SECOND, SECOND)
    assert bundles.rollback() == SECOND
    assert bundles.rollback() == FIRST
    assert not recommender.refresh()
    bundles.point_at(THIRD)
    end_challenge(bundles.folder)
    assert recommender.refresh()
    assert recommender.version == THIRD


def test_the_bundles_of_a_challenge_are_never_pruned(bundles: BundleStore) -> None:
    for version in (FIRST, SECOND, THIRD, "20260401-000000"):
        publish(bundles, version)
    challenge(bundles)
    assert bundles.prune(0) == [THIRD]
    end_challenge(bundles.folder)
    assert bundles.prune(0) == [FIRST, SECOND]


def test_a_challenger_that_does_not_load_serves_nobody_and_is_told(bundles: BundleStore) -> None:
    publish(bundles, FIRST, damaged=True)
    publish(bundles, SECOND)
    recommender = live(bundles)
    challenge(bundles)
    assert not recommender.refresh()
    assert recommender.challenge is None
    assert recommender.version == SECOND
    assert recommender.refusal is not None
    assert "ranker.onnx" in recommender.refusal


def test_a_challenge_whose_champion_does_not_load_divides_nobody(bundles: BundleStore) -> None:
    publish(bundles, FIRST)
    publish(bundles, SECOND)
    publish(bundles, THIRD)
    (bundles.folder / SECOND / "tables.npz").write_bytes(b"")
    recommender = live(bundles)
    challenge(bundles)
    assert not recommender.refresh()
    recommender.refresh()
    assert recommender.version == THIRD
    assert recommender.challenge is None


def test_a_damaged_challenge_changes_nothing_and_nothing_is_pruned(bundles: BundleStore) -> None:
    publish(bundles, FIRST)
    publish(bundles, SECOND)
    recommender = live(bundles)
    (bundles.folder / CHALLENGE).write_text("{")
    assert not recommender.refresh()
    assert recommender.version == SECOND
    assert recommender.refusal is not None
    assert "reelmate ab start" in recommender.refusal
    with pytest.raises(BundleError, match="reelmate ab start"):
        bundles.prune(0)
    end_challenge(bundles.folder)
    recommender.refresh()
    assert recommender.refusal is None


NEW = Movie(MovieId(9_000), "Loved", 2015, ("Drama",))


class Arriving:
    """Finds one new film from the time that it is told to, which everybody of a source loves."""

    def __init__(self) -> None:
        self.has_come = False

    def __call__(self, known: Retrieval) -> NewFilms | None:
        if not self.has_come or NEW.id in known.catalogue.row_of:
            return None
        loved = count_films(np.arange(60), np.full(60, NEW.id), np.full(60, 5.0))
        return NewFilms([NEW], [loved], [()])


def lists_new_film(recommender: Recommender) -> bool:
    return NEW.id in {line.movie_id for line in recommender.recommend(Profile(("Drama",)), 5)}


def test_films_that_come_while_a_bundle_serves_are_in_lists_whatever_is_loaded_then(bundles: BundleStore) -> None:
    publish(bundles, FIRST)
    arriving, fallback = Arriving(), fit_popular_in_genres(contract_corpus())
    recommender = LiveRecommender(bundles, fallback, arriving)
    assert not lists_new_film(recommender)
    assert not recommender.knows_new_films
    arriving.has_come = True
    recommender.follow_catalogue(fallback)
    assert lists_new_film(recommender)
    assert recommender.knows_new_films
    assert recommender.version == FIRST
    publish(bundles, SECOND)
    assert recommender.refresh()
    assert lists_new_film(recommender)
    assert lists_new_film(LiveRecommender(bundles, fallback, arriving)), "a start finds them, too"
    arriving.has_come = False
    recommender.follow_catalogue(fallback)
    assert not lists_new_film(recommender)
    assert not recommender.knows_new_films


def test_both_bundles_of_a_challenge_know_new_films(bundles: BundleStore) -> None:
    publish(bundles, FIRST)
    publish(bundles, SECOND)
    arriving, fallback = Arriving(), fit_popular_in_genres(contract_corpus())
    recommender = LiveRecommender(bundles, fallback, arriving)
    challenge(bundles)
    assert recommender.refresh()
    arriving.has_come = True
    recommender.follow_catalogue(fallback)
    assert lists_new_film(recommender)
    assert lists_new_film(recommender.challenger)
    assert recommender.challenge is not None
    end_challenge(bundles.folder)
    assert recommender.refresh()
    assert lists_new_film(recommender.challenger)


def test_a_bundle_that_stands_in_knows_new_films(bundles: BundleStore) -> None:
    publish(bundles, FIRST)
    publish(bundles, SECOND, damaged=True)
    arriving = Arriving()
    arriving.has_come = True
    recommender = LiveRecommender(bundles, fit_popular_in_genres(contract_corpus()), arriving)
    assert recommender.version == FIRST
    assert lists_new_film(recommender)
