"""The trained ranker: the contract, and what is its own."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recommender.domain import GENRES, LIKE, Because, Filters, ListRequest, MovieId, Profile
from recommender.errors import BundleError
from recommender.evaluation.ladder import build_ladder
from recommender.evaluation.ranking import evaluate
from recommender.ranking.calibration import Calibration
from recommender.ranking.features import LONGEST_HISTORY
from recommender.ranking.lists import PAGE_SIZE
from recommender.ranking.ranker import WARM_TIME, Ranker
from recommender.ranking.reasons import LEAST_DROP, LEAST_PLACES
from recommender.ranking.wildcard import ODDS, has_wildcard
from recommender.ranking.wildcard_policy import WildcardPolicy
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
        "recommender.ranking.ranker.unrated", lambda person, movies: np.full(movies, not len(person.rows))
    )
    mixed = recommender.score_many([through, newcomer])
    np.testing.assert_allclose(mixed[1], expected, rtol=1e-4, atol=1e-4)
    np.testing.assert_array_equal(mixed[0], recommender.score(through))
    assert mixed[0].max() < mixed[1].min()  # no candidate of theirs was scored


def test_a_list_is_in_the_order_the_ladder_judges(recommender: Ranker) -> None:
    profile = rated((0, 5.0), (1, 0.5), genres=("Action",))
    scores = recommender.score(profile)
    for line in recommender.recommend(profile, PAGE_SIZE):
        assert line.score == pytest.approx(float(scores[line.movie_id - FIRST_ID]), abs=1e-3)


def test_is_judged_on_the_ladder(recommender: Ranker) -> None:
    corpus = contract_corpus()
    ladder = build_ladder(corpus, np.arange(20))
    result = evaluate(recommender, ladder, corpus.only(np.arange(20, 40)))
    assert result.ndcg.shape == (6, len(ladder.newcomers))
    assert (result.ndcg > 0).any()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.integers(0, 59), st.sampled_from([1.0, 3.0, 4.0, 5.0]), max_size=LONGEST_HISTORY + 5),
    st.lists(st.sampled_from(GENRES), max_size=4, unique=True),
    st.sampled_from([0.0, 0.5]),
)
def test_what_is_cited_really_lowers_chance_or_place_when_it_goes(
    recommender: Ranker, ratings: dict[int, float], genres: list[str], novelty: float
) -> None:
    profile = replace(rated(*ratings.items(), genres=tuple(genres)), asked_at=WARM_TIME)
    filters = Filters(novelty=novelty)
    contenders = recommender.contenders(profile, 5, ListRequest(filters))
    for line in recommender.recommend(profile, 5, filters=filters):
        cited = line.because
        if cited.movie_id is None and cited.genre is None:
            continue
        rest = rated(
            *((row, stars) for row, stars in ratings.items() if FIRST_ID + row != cited.movie_id),
            genres=tuple(genre for genre in genres if genre != cited.genre),
        )
        rest = replace(rest, asked_at=WARM_TIME)  # a rating taken back moves no time of asking
        told = recommender.outcomes([profile, rest], contenders, novelty)
        film = contenders.tolist().index(line.movie_id - FIRST_ID)
        ranks = (told.scores > told.scores[:, [film]]).sum(axis=1)
        drop = told.chances[0, film] - told.chances[1, film]
        assert drop >= LEAST_DROP - 1e-4 or ranks[1] - ranks[0] >= LEAST_PLACES
        assert cited.movie_id is None or ratings[cited.movie_id - FIRST_ID] >= LIKE.value
        assert cited.genre is None or cited.genre in _genres(line.movie_id)
        assert cited.movie_id is None or _genres(cited.movie_id) & _genres(line.movie_id)
        assert cited.shared is None or cited.shared in _features(line.movie_id) & _features(cited.movie_id)


def test_who_liked_and_chose_nothing_gets_no_wildcard_for_there_is_no_path_to_leave(recommender: Ranker) -> None:
    slots = {line.slot for draw in range(30) for line in recommender.recommend(Profile(), 10, draw=draw)}
    assert slots == {"top"}


def test_without_a_draw_there_is_no_wildcard(recommender: Ranker) -> None:
    assert {line.slot for line in recommender.recommend(Profile(genres=("Drama", "War", "Western")), 5)} == {"top"}


def test_now_and_then_a_list_ends_off_the_persons_path(recommender: Ranker) -> None:
    fond = rated(*((row, 5.0) for row in range(0, 8)), genres=("Drama", "War"))
    lists = [recommender.recommend(fond, 5, draw=draw) for draw in range(200)]
    odd = [lines[-1] for lines in lists if lines[-1].slot == "wildcard"]
    assert all(line.slot != "wildcard" for lines in lists for line in lines[:-1])
    assert 0.5 * ODDS < len(odd) / len(lists) < 2 * ODDS
    assert len({line.movie_id for line in odd}) > 2
    for line in odd:
        assert not _genres(line.movie_id) & {"Drama", "War"}
        assert line.because == Because()
        assert line.propensity is not None
        assert 0 < line.propensity <= ODDS
    assert lists == [recommender.recommend(fond, 5, draw=draw) for draw in range(200)]


def test_wildcards_are_drawn_as_a_policy_says_and_are_as_probable_as_is_stored() -> None:
    fond = rated(*((row, 5.0) for row in range(0, 8)), genres=("Drama", "War"))
    ranker = replace(tiny(), wildcards=WildcardPolicy((0.0, -9.0, 0.0, 0.0, 0.0))).ranker()
    draws = [draw for draw in range(2_000) if has_wildcard(np.random.default_rng(draw))][:300]
    drawn = [ranker.pick(fond, 5, ListRequest(draw=draw))[-1] for draw in draws]
    found = Counter((pick.row, pick.propensity) for pick in drawn)
    assert len({row for row, _ in found}) == len(found)  # a film is as probable in every draw
    assert sum(propensity or 0.0 for _, propensity in found) == pytest.approx(ODDS)
    for (_, propensity), times in found.items():
        assert times / len(draws) == pytest.approx((propensity or 0.0) / ODDS, abs=0.1)


def test_chances_are_told_falling_page_by_page_and_never_as_certain(recommender: Ranker) -> None:
    for profile in PROFILES:
        for draw in range(10):
            told = [line.like_probability or 0.0 for line in recommender.recommend(profile, 10, draw=draw)]
            assert all(told[at] >= told[at + 1] for at in (*range(4), *range(5, 9)))
            assert 0.05 <= min(told) <= max(told) <= 0.95


def test_what_was_left_alone_lately_comes_after_what_is_fresh(recommender: Ranker) -> None:
    profile = Profile(genres=("Drama", "Comedy", "War", "Western"))  # of which there are twelve films
    first = recommender.recommend(profile, 5)
    stale = {line.movie_id for line in first}
    again = recommender.recommend(profile, 5, stale=dict.fromkeys(stale, 1))
    assert not stale & {line.movie_id for line in again}
    everything = recommender.recommend(profile, MOVIE_COUNT, stale=dict.fromkeys(stale, 1))
    assert stale <= {line.movie_id for line in everything}


def test_a_rating_changes_the_very_next_list(recommender: Ranker) -> None:
    before, after = (recommender.score(profile) for profile in (Profile(), rated((4, 5.0))))
    assert np.abs(before - after).max() > 1e-3


def test_ratings_of_films_long_gone_change_nothing(recommender: Ranker) -> None:
    gone = rated((90_000, 5.0), (4, 5.0))
    assert np.array_equal(recommender.score(gone), recommender.score(rated((4, 5.0))))
    assert all(line.because.movie_id != FIRST_ID + 90_000 for line in recommender.recommend(gone, 10))


def test_the_chances_listed_are_those_of_a_like_taken_together(recommender: Ranker) -> None:
    profile = rated((0, 5.0), (1, 0.5))
    lines = recommender.recommend(profile, 4)
    rows = np.array([line.movie_id - FIRST_ID for line in lines])
    chances = np.clip(recommender.like_probabilities(profile, rows), 0.05, 0.95)
    told = [line.like_probability or 0.0 for line in lines]
    assert np.mean(told) == pytest.approx(chances.mean(), rel=1e-3)


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


def _genres(movie_id: int) -> set[str]:
    return set(contract_corpus().movies[movie_id - FIRST_ID].genres)


def _features(movie_id: int | None) -> set[str]:
    content = contract_corpus().content
    assert content is not None
    assert movie_id is not None
    return {content.names[feature] for feature in content.of(movie_id - FIRST_ID)}
