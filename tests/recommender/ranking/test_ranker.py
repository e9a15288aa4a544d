"""The trained ranker: the contract, and what is its own."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recommender.domain import GENRES, LIKE, MovieId, Profile
from recommender.errors import BundleError
from recommender.evaluation.ladder import build_ladder
from recommender.evaluation.ranking import evaluate
from recommender.ranking.calibration import Calibration
from recommender.ranking.features import LONGEST_HISTORY
from recommender.ranking.lists import LEAST_CHANCE, WILDCARD_LENGTH
from recommender.ranking.ranker import Ranker
from recommender.ranking.reasons import LEAST_DROP
from tests.recommender.contract import FIRST_ID, MOVIE_COUNT, PROFILES, RecommenderContract, contract_corpus, rated
from tests.recommender.tiny import tiny

pytestmark = pytest.mark.tensorflow


@pytest.fixture(scope="module")
def recommender() -> Ranker:
    return tiny().ranker("tiny")


class TestRanker(RecommenderContract):
    """The contract over a trained ranker."""


def test_people_scored_together_score_as_they_do_alone(recommender: Ranker) -> None:
    together = recommender.score_many(PROFILES)
    for profile, scores in zip(PROFILES, together, strict=True):
        np.testing.assert_allclose(scores, recommender.score(profile), rtol=1e-4, atol=1e-4)


def test_who_has_no_film_left_is_scored_beside_others_and_alone(
    recommender: Ranker, monkeypatch: pytest.MonkeyPatch
) -> None:
    newcomer, through = Profile(), rated((0, 5.0))
    expected = recommender.score(newcomer)
    monkeypatch.setattr(
        "recommender.ranking.ranker._unrated", lambda person, movies: np.full(movies, not len(person.rows))
    )
    mixed = recommender.score_many([through, newcomer])
    np.testing.assert_allclose(mixed[1], expected, rtol=1e-4, atol=1e-4)
    np.testing.assert_array_equal(mixed[0], recommender.score(through))
    assert mixed[0].max() < mixed[1].min()  # no candidate of theirs was scored


def test_a_list_is_in_the_order_the_ladder_judges(recommender: Ranker) -> None:
    profile = rated((0, 5.0), (1, 0.5), genres=("Action",))
    scores = recommender.score(profile)
    for line in recommender.recommend(profile, WILDCARD_LENGTH):
        assert line.score == pytest.approx(float(scores[line.movie_id - FIRST_ID]), abs=1e-3)


def test_is_judged_on_the_ladder(recommender: Ranker) -> None:
    corpus = contract_corpus()
    ladder = build_ladder(corpus, np.arange(20))
    result = evaluate(recommender, ladder, corpus.only(np.arange(20, 40)))
    assert result.ndcg.shape == (6, len(ladder.newcomers))
    assert (result.ndcg > 0).any()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.integers(0, 59), st.sampled_from([1.0, 3.0, 4.0, 5.0]), max_size=LONGEST_HISTORY + 5),
    st.lists(st.sampled_from(GENRES), max_size=4, unique=True),
)
def test_what_is_cited_really_lowers_the_score_when_it_goes(
    recommender: Ranker, ratings: dict[int, float], genres: list[str]
) -> None:
    profile = rated(*ratings.items(), genres=tuple(genres))
    for line in recommender.recommend(profile, 5):
        if line.because.movie_id is None and line.because.genre is None:
            continue
        rest = rated(
            *((row, stars) for row, stars in ratings.items() if FIRST_ID + row != line.because.movie_id),
            genres=tuple(genre for genre in genres if genre != line.because.genre),
        )
        without = float(recommender.score(rest)[line.movie_id - FIRST_ID])
        assert without < line.score - LEAST_DROP / 2
        assert line.because.movie_id is None or ratings[line.because.movie_id - FIRST_ID] >= LIKE.value


def test_a_newcomers_list_has_no_wildcard_for_there_is_no_path_to_leave(recommender: Ranker) -> None:
    assert {line.slot for line in recommender.recommend(Profile(), 10)} == {"top"}


def test_a_list_of_five_ends_off_the_persons_paths() -> None:
    # In the contract's corpus likes are few and drawn by lot: there, no film is probably liked.
    recommender = Ranker(tiny().retrieval, tiny().network, Calibration(offset=1.5), "sure")
    genres = {movie.id: set(movie.genres) for movie in contract_corpus().movies}
    ended = 0
    for start in range(0, len(GENRES), 3):
        chosen = GENRES[start : start + 3]
        fond = rated(*((row, 5.0) for row in range(start, start + 8)), genres=chosen)
        *top, last = recommender.recommend(fond, WILDCARD_LENGTH)
        assert {line.slot for line in top} == {"top"}
        if last.slot == "wildcard":
            ended += 1
            assert not genres[last.movie_id] & set(chosen)
            assert last.like_probability is not None
            assert last.like_probability >= LEAST_CHANCE
    assert ended


def test_a_rating_changes_the_very_next_list(recommender: Ranker) -> None:
    before, after = (recommender.score(profile) for profile in (Profile(), rated((4, 5.0))))
    assert np.abs(before - after).max() > 1e-3


def test_ratings_of_films_long_gone_change_nothing(recommender: Ranker) -> None:
    gone = rated((90_000, 5.0), (4, 5.0))
    assert np.array_equal(recommender.score(gone), recommender.score(rated((4, 5.0))))
    assert all(line.because.movie_id != FIRST_ID + 90_000 for line in recommender.recommend(gone, 10))


def test_the_chance_of_a_like_is_the_one_listed(recommender: Ranker) -> None:
    profile = rated((0, 5.0), (1, 0.5))
    lines = recommender.recommend(profile, 4)
    rows = np.array([line.movie_id - FIRST_ID for line in lines])
    expected = [line.like_probability for line in lines]
    assert recommender.like_probabilities(profile, rows).tolist() == pytest.approx(expected, rel=1e-4)


def test_bytes_that_are_no_network_are_refused() -> None:
    with pytest.raises(BundleError, match=r"ranker\.onnx must be a network"):
        Ranker(tiny().retrieval, b"\x80\x04pickle", Calibration(), "broken")


def test_tables_with_a_nan_are_found_before_they_serve() -> None:
    trained = tiny()
    tables = {name: table.copy() for name, table in trained.retrieval.tables.items()}
    tables["mean_stars"][MOVIE_COUNT - 1] = np.nan
    retrieval = type(trained.retrieval)(trained.retrieval.catalogue, tables)
    with pytest.raises(BundleError, match="finite"):
        Ranker(retrieval, trained.network, trained.calibration, "nan").warm()


def test_nobody_is_asked_about_a_film_they_hid(recommender: Ranker) -> None:
    hidden = frozenset(MovieId(FIRST_ID + row) for row in range(0, MOVIE_COUNT, 2))
    assert not hidden & set(recommender.questions(Profile(hidden=hidden), 10))
