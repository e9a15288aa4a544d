from __future__ import annotations

from datetime import UTC, datetime
from importlib.util import find_spec

import numpy as np
import pytest

pytest.importorskip("implicit", reason="needs the extra `bench`")

from scipy.sparse import csr_matrix

from benchmarks.peers import IN_TORCH, PEERS
from benchmarks.peers.ease import ease_weights
from benchmarks.peers.folding import fold_in
from benchmarks.peers.item_knn import shrunk_cosine
from benchmarks.peers.once import once
from benchmarks.peers.tastes import corpus_tastes, profile_tastes, some_people
from recommender.data.catalogue import Catalogue
from recommender.data.corpus import Corpus
from recommender.domain import MovieId, Profile, Rating, Stars
from recommender.errors import TrainingError
from recommender.evaluation.floors import fit_popular_in_genres
from recommender.evaluation.ladder import build_ladder
from recommender.evaluation.ranking import evaluate
from recommender.evaluation.registry import RankerEntry, load_entry
from tests.recommender.checkerboard import assert_keeps_colours_apart, checkerboard
from tests.recommender.contract import PROFILES, contract_corpus
from tests.recommender.toys import toy_corpus

# Those that learn from who liked what; the rest predict stars or need more data.
COLLABORATIVE = (
    "item_knn",
    "ease",
    "ease_with_genres",
    "slim",
    "ials",
    "bpr",
    "lightfm_warp",
    "genres_and_ials",
    "genres_and_item_knn",
)
TORCH = "needs PyTorch and cornac, in an environment of their own"
LIGHT = tuple(name for name in PEERS if name not in IN_TORCH and not name.startswith(("courses", "mult_vae")))


def peer(name: str) -> RankerEntry:
    return load_entry(PEERS[name])


@pytest.mark.parametrize("name", COLLABORATIVE)
def test_some_setting_keeps_the_checkerboards_colours_apart(name: str) -> None:
    corpus, entry, failures = checkerboard(), peer(name), 0
    for settings in entry.grid:
        try:
            assert_keeps_colours_apart(entry.fit(corpus, settings))
        except AssertionError:
            failures += 1
        else:
            return
    pytest.fail(f"all {failures} settings mix the colours")


@pytest.mark.parametrize("name", LIGHT)
def test_scores_every_profile_the_same_alone_and_among_others(name: str) -> None:
    entry = peer(name)
    scorer = entry.fit(contract_corpus(), entry.grid[0])
    alone = np.stack([scorer.score(profile) for profile in PROFILES])
    assert alone.shape == (len(PROFILES), 60)
    assert np.isfinite(alone).all()
    together = scorer.score_many(PROFILES)  # type: ignore[attr-defined]  # every peer is a BatchScorer too
    assert alone == pytest.approx(together, abs=1e-5)


@pytest.mark.parametrize("name", LIGHT)
def test_fits_the_same_twice(name: str) -> None:
    entry = peer(name)
    everyone = np.arange(contract_corpus().user_count)
    # Copies, since what was learned from the very same corpus is kept.
    first, second = (entry.fit(contract_corpus().only(everyone), entry.grid[0]) for _ in range(2))
    assert (first.score(PROFILES[3]) == second.score(PROFILES[3])).all()


def test_what_was_learned_is_kept_until_corpus_or_settings_change() -> None:
    asked, corpus = list[int](), contract_corpus()

    def learn(corpus: Corpus, *, factors: int) -> int:
        asked.append(factors)
        return len(asked)

    assert [once(learn, corpus, factors=factors) for factors in (8, 8, 16, 8)] == [1, 1, 2, 3]
    assert once(learn, corpus.only(np.arange(corpus.user_count)), factors=8) == 4
    assert asked == [8, 16, 8, 8]


@pytest.mark.parametrize("name", ["bpr", "lightfm_warp", "biased_mf", "genres_and_ials"])
def test_settings_that_only_score_learn_once_and_still_count(name: str) -> None:
    entry, corpus = peer(name), contract_corpus()
    first, second = (entry.fit(corpus, settings).score(PROFILES[3]) for settings in entry.grid[:2])
    assert (first != second).any()


def test_of_the_largest_crowds_some_are_learned_from() -> None:
    corpus = contract_corpus()
    assert some_people(corpus, corpus.user_count) is corpus
    some = some_people(corpus, 10)
    assert some.user_count == 10
    assert set(some.user_ids) < set(corpus.user_ids)
    assert some.movies == corpus.movies
    assert some.user_ids.tolist() == some_people(corpus, 10).user_ids.tolist()


def test_cosines_are_the_same_film_by_film() -> None:
    tastes = corpus_tastes(contract_corpus(), likes_only=True)
    counts = csr_matrix(tastes.T @ tastes)
    norms = np.sqrt(np.maximum(counts.diagonal(), 1))
    expected = counts.toarray() / (norms[:, None] * norms + 5)
    assert shrunk_cosine(counts, 5).toarray() == pytest.approx(expected)


@pytest.mark.parametrize("name", ["item_knn", "ease", "ials", "genres_and_ials", "genres_and_item_knn"])
def test_who_rated_nothing_gets_popularity_in_genres(name: str) -> None:
    entry, corpus = peer(name), contract_corpus()
    newcomer = Profile(genres=("Drama", "War"))
    scores = entry.fit(corpus, entry.grid[0]).score(newcomer)
    floor = fit_popular_in_genres(corpus).score(newcomer)
    assert (np.argsort(-scores, kind="stable")[:10] == np.argsort(-floor, kind="stable")[:10]).all()


@pytest.mark.tensorflow
@pytest.mark.parametrize("name", ["courses", "courses_reranking"])
def test_the_courses_network_is_judged_on_the_ladder(name: str) -> None:
    entry, corpus = (
        peer(name),
        toy_corpus(40, {user: [(row, 4.0) for row in range(user, user + 25)] for user in range(12)}),
    )
    settings = {"rate": 0.001, "batch": 64, "epochs": 1}
    train = corpus.only(np.arange(6))
    result = evaluate(entry.fit(train, settings), build_ladder(corpus, np.arange(6, 12)), train)
    assert result.ndcg.shape == (6, 6)


@pytest.mark.tensorflow
def test_a_multinomial_autoencoder_keeps_the_colours_apart_and_is_the_same_twice() -> None:
    entry, settings = peer("mult_vae"), {"code": 8, "divergence": 0.2, "epochs": 200, "weight": None}
    scorer = entry.fit(checkerboard(), settings)
    assert_keeps_colours_apart(scorer)
    again = entry.fit(checkerboard().only(np.arange(checkerboard().user_count)), settings)
    assert (scorer.score(PROFILES[0]) == again.score(PROFILES[0])).all()


def test_a_film_is_never_a_neighbour_or_a_part_of_itself() -> None:
    from benchmarks.peers.slim import nearest

    tastes = csr_matrix([[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 1.0, 1.0]])
    assert nearest(tastes, 1).tolist() == [[1], [0], [1]]
    assert nearest(tastes, 9).shape == (3, 2)


def test_genres_as_rows_draw_films_of_one_genre_together() -> None:
    gram, genres = np.eye(3) * 4, np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    weights = ease_weights(gram + 2 * genres @ genres.T, penalty=1.0)
    assert weights[0, 1] > 0.2
    assert abs(weights[0, 2]) < 1e-9


def test_ease_weights_are_the_closed_form_of_two_movies() -> None:
    # Gram [[2, 1], [1, 1]] + I = [[3, 1], [1, 2]]; its inverse is [[2, -1], [-1, 3]] / 5.
    weights = ease_weights(np.array([[2.0, 1.0], [1.0, 1.0]]), penalty=1.0)
    assert weights == pytest.approx(np.array([[0, 1 / 3], [1 / 2, 0]]))


def test_shrunk_cosine_of_two_movies() -> None:
    counts = csr_matrix([[4.0, 3.0], [3.0, 9.0]])
    assert shrunk_cosine(counts, 0).toarray() == pytest.approx(np.array([[1, 0.5], [0.5, 1]]))
    assert shrunk_cosine(counts, 6).toarray()[0, 1] == pytest.approx(3 / 12)


def test_folding_in_moves_a_person_towards_what_they_liked() -> None:
    movies = np.eye(4, dtype=np.float32)
    tastes = csr_matrix(([1.0], ([0], [2])), shape=(2, 4))
    start = np.zeros((2, 4), dtype=np.float32)
    folded = fold_in(tastes, movies=movies, biases=np.zeros(4, dtype=np.float32), start=start, pull=0.5, steps=40)
    assert folded[0].argmax() == 2
    assert (folded[1] == start[1]).all()


def test_tastes_hold_likes_alone_when_asked() -> None:
    corpus = toy_corpus(4, {1: [(0, 5.0), (1, 2.0)], 2: [(3, 4.0)]})
    assert corpus_tastes(corpus, likes_only=True).toarray().tolist() == [[1, 0, 0, 0], [0, 0, 0, 1]]
    assert corpus_tastes(corpus, likes_only=False).toarray().tolist() == [[1, 1, 0, 0], [0, 0, 0, 1]]
    profiles = [PROFILES[0], PROFILES[3]]
    catalogue = Catalogue(contract_corpus().movies)
    assert profile_tastes(catalogue, profiles, likes_only=True).sum(axis=1).ravel().tolist() == [[0, 1]]
    assert profile_tastes(catalogue, profiles, likes_only=False).sum(axis=1).ravel().tolist() == [[0, 3]]


def test_an_autoencoder_in_torch_keeps_the_colours_apart_and_is_the_same_twice() -> None:
    pytest.importorskip("cornac", reason=TORCH)
    corpus, settings = checkerboard(60), {"code": 8, "gamma": 0.005, "epochs": 20, "weight": None}
    first, second = (peer("recvae").fit(corpus.only(np.arange(corpus.user_count)), settings) for _ in range(2))
    assert_keeps_colours_apart(first)
    assert (first.score(PROFILES[3]) == second.score(PROFILES[3])).all()


def test_self_attention_in_torch_foretells_the_next_film_in_whatever_order_they_came() -> None:
    pytest.importorskip("cornac", reason=TORCH)
    scorer = peer("cornac_sasrec").fit(checkerboard(), {"width": 16, "epochs": 100, "weight": None})
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    for rows, following in (([0, 2, 4, 6], 8), ([1, 3, 5], 7), ([15, 17], 19), ([6, 4, 2, 0], 18)):  # a ring of colours
        history = tuple(Rating(MovieId(100 + row), Stars(5.0), moment) for row in rows)
        best = [row for row in np.argsort(-scorer.score(Profile(ratings=history))) if row not in rows]
        assert best[0] == following


@pytest.mark.parametrize("name", sorted(IN_TORCH))
def test_where_torch_is_absent_it_is_said_where_it_belongs(name: str) -> None:
    if find_spec("cornac"):
        pytest.skip("cornac is installed")
    with pytest.raises(TrainingError, match=r"needs PyTorch and cornac, in an environment of their own\. Received: no"):
        peer(name)
