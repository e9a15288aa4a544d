"""Training end to end: the known answer, equal exports, equal bytes, and corpora nobody would wish for."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from recommender.data.corpus import Corpus, build_corpus
from recommender.domain import Profile
from recommender.errors import CorpusError, RecommenderError
from recommender.ranking.features import LONGEST_HISTORY, encode_newcomer
from recommender.ranking.inputs import CANDIDATES
from recommender.ranking.ranker import Ranker
from recommender.training.tables import learn_tables
from recommender.training.training import TrainingConfig, train
from tests.recommender.checkerboard import assert_keeps_colours_apart, checkerboard
from tests.recommender.contract import contract_corpus, rated
from tests.recommender.tiny import TINY, tiny, tiny_files, tiny_progress
from tests.recommender.toys import toy_corpus, toy_movies

pytestmark = pytest.mark.tensorflow


def trained(corpus: Corpus, **settings: int) -> Ranker:
    """Train in a blink."""
    return train(corpus, TrainingConfig(**{**TINY, **settings})).ranker()  # type: ignore[arg-type]  # fields by name


def test_a_trained_ranker_keeps_the_colours_of_a_checkerboard_apart() -> None:
    assert_keeps_colours_apart(trained(checkerboard(), steps=60))


def test_onnx_answers_as_keras_does(tmp_path: Path) -> None:
    import keras

    (tmp_path / "ranker.keras").write_bytes(tiny().model)
    model = keras.models.load_model(tmp_path / "ranker.keras")
    ranker, rows = tiny().ranker(), np.arange(60)
    for profile in (Profile(), Profile(genres=("Drama",)), rated((0, 5.0), (7, 1.0), (2, 3.0), genres=("War",))):
        feeds = ranker.feeds([profile], rows[None])
        outputs = model({node.name: feeds[node.name] for node in model.inputs}, training=False)
        for name, answer in zip(("choice", "liking"), ranker.run(feeds), strict=True):
            np.testing.assert_allclose(np.asarray(outputs[name]), answer, rtol=1e-4, atol=1e-4)


BYTES = """
import hashlib
from tests.recommender.tiny import files_of, train_tiny
for name, content in sorted(files_of(train_tiny()[0]).items()):
    print(name, hashlib.sha256(content).hexdigest())
"""


def test_the_same_seed_and_ratings_give_the_same_bytes_in_any_process() -> None:
    elsewhere = subprocess.run(
        [sys.executable, "-c", BYTES], env=environment(), capture_output=True, text=True, timeout=300, check=True
    )
    other = dict(line.split() for line in elsewhere.stdout.splitlines())
    assert {"ranker.onnx", "tables.npz", "movies.json"} <= other.keys()
    for name in ("ranker.onnx", "tables.npz", "movies.json"):
        assert hashlib.sha256(tiny_files()[name]).hexdigest() == other[name], name


def environment() -> dict[str, str]:
    """Return this process's environment with another order of sets of strings."""
    return {**os.environ, "PYTHONHASHSEED": "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"}


def test_progress_names_the_stage_and_counts_to_its_end() -> None:
    seen = tiny_progress()
    assert list(dict.fromkeys(progress.stage for progress in seen)) == ["onboardings", "training"]
    assert all(0 < progress.done <= progress.total for progress in seen)
    assert seen[-1].done == seen[-1].total
    assert any(progress.ndcg is not None and 0 <= progress.ndcg <= 1 for progress in seen)


def changed(
    change: Callable[[dict[str, np.ndarray]], Mapping[str, np.ndarray]],
) -> Corpus:
    """Build the contract's corpus with its columns changed."""
    corpus = contract_corpus()
    ids = np.array([movie.id for movie in corpus.movies])[corpus.movie_rows]
    columns = {"users": corpus.user_ids[corpus.user_rows], "ids": ids, "stars": corpus.stars, "times": corpus.times}
    columns |= change(columns)
    return build_corpus(corpus.movies, columns["users"], columns["ids"], columns["stars"], columns["times"])


def test_one_person_is_refused() -> None:
    with pytest.raises(RecommenderError, match=r"needs at least 10 people\. Received: 1"):
        train(contract_corpus().only(np.array([0])))


def test_nobody_who_likes_anything_is_refused() -> None:
    with pytest.raises(RecommenderError, match=r"needs people with likes.*Received: none"):
        trained(changed(lambda columns: {"stars": np.full_like(columns["stars"], 2.0)}))


@pytest.mark.parametrize(
    "corpus",
    [
        pytest.param(lambda: changed(lambda c: {"stars": np.full_like(c["stars"], 5.0)}), id="all likes"),
        pytest.param(lambda: changed(lambda c: {"times": np.zeros_like(c["times"])}), id="one moment"),
        pytest.param(lambda: changed(lambda c: {"times": c["times"] + 4_000_000_000}), id="times in the future"),
        pytest.param(lambda: toy_corpus(1, {user: [(0, 4.0 + user % 2)] for user in range(30)}), id="one film"),
        pytest.param(lambda: without_genres(contract_corpus()), id="unknown genres and years"),
    ],
)
def test_odd_corpora_train_and_answer(corpus: Callable[[], Corpus]) -> None:
    given = corpus()
    ranker = trained(given, steps=10)
    ranker.warm()
    lines = ranker.recommend(Profile(genres=("Drama",)), 5)
    assert len(lines) == min(5, len(given.movies))
    assert np.isfinite([line.score for line in lines]).all()


def without_genres(corpus: Corpus) -> Corpus:
    """Return the corpus with a genre nobody knows, and no years."""
    return replace(corpus, movies=tuple(replace(movie, genres=("Telenovela",), year=None) for movie in corpus.movies))


def test_a_hundred_thousand_ratings_by_one_person_drown_nobody() -> None:
    generator, movies = np.random.default_rng(5), toy_movies(100_000)
    ids = np.array([movie.id for movie in movies])
    others = generator.permuted(np.tile(ids[:200], (30, 1)), axis=1)[:, :30]  # (people, ratings)
    users = np.concatenate([np.zeros(len(ids), np.int64), np.repeat(np.arange(1, 31), 30)])
    stars = generator.integers(1, 11, len(users)) / 2
    corpus = build_corpus(movies, users, np.concatenate([ids, others.ravel()]), stars, np.arange(len(users)))
    assert np.diff(corpus.starts).max() == 100_000
    retrieval = learn_tables(corpus)
    assert all(np.isfinite(table).all() for table in retrieval.tables.values())
    keen = encode_newcomer(corpus, 0, 100_000, ("Drama",))
    assert len(keen.rows) == LONGEST_HISTORY
    assert len(retrieval.candidates(keen, CANDIDATES, np.ones(len(movies), dtype=np.bool_))) == CANDIDATES


def test_duplicates_count_once_and_the_newest_holds() -> None:
    corpus = contract_corpus()
    twice = changed(lambda c: {name: np.concatenate([column, column]) for name, column in c.items()})
    assert np.array_equal(twice.stars, corpus.stars)


@pytest.mark.parametrize("stars", [0.0, 5.5, 3.25, -1.0, np.nan, np.inf])
def test_stars_off_the_scale_are_refused(stars: float) -> None:
    with pytest.raises(CorpusError, match=r"stars must be 0\.5 to 5\.0"):
        changed(lambda c: {"stars": np.append(c["stars"][:-1], np.float32(stars))})


@pytest.mark.parametrize("time", [-1, 1_700_000_000_000])
def test_times_that_are_none_are_refused(time: int) -> None:
    with pytest.raises(CorpusError, match="times must be seconds since 1970"):
        changed(lambda c: {"times": np.append(c["times"][:-1], time)})
