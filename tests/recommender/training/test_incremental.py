"""Going on from a published ranker: films keep their vectors, new people and films are known, and the rest stays."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from recommender.data.corpus import Corpus, build_corpus
from recommender.domain import Movie, MovieId, Profile
from recommender.errors import TrainingError
from recommender.training.incremental import Base, continue_training
from recommender.training.training import Trained, TrainingConfig, train
from tests.recommender.contract import contract_corpus, rated
from tests.recommender.tiny import TINY, tiny

pytestmark = pytest.mark.tensorflow

NEW = (Movie(MovieId(90), "Before the rest", 1970, ("Drama",)), Movie(MovieId(900), "After the rest", 1999, ("War",)))
CONFIG = TrainingConfig(**TINY)  # type: ignore[arg-type]  # fields by name


def base(until: int = 10**9) -> Base:
    return Base(tiny().ranker("old"), tiny().network, tiny().model, "embedding_mlp", until)


def grown() -> Corpus:
    """Return the contract's corpus with a film before and one after all others, and ten people who like both."""
    corpus = contract_corpus()
    ids = np.array([movie.id for movie in corpus.movies])
    users, movies, times = [corpus.user_ids[corpus.user_rows]], [ids[corpus.movie_rows]], [corpus.times]
    stars = [corpus.stars]
    for user in range(1000, 1010):
        films = np.array([*ids[:24], 90, 900])
        users, movies = [*users, np.full(len(films), user)], [*movies, films]
        stars, times = [*stars, np.full(len(films), 4.5)], [*times, 2 * 10**9 + np.arange(len(films))]
    return build_corpus([NEW[0], *corpus.movies, NEW[1]], *(np.concatenate(c) for c in (users, movies, stars, times)))


@cache
def gone_on() -> tuple[Trained, list[str]]:
    """Go on over the grown corpus; return what came of it, and the stages it told of."""
    stages: list[str] = []
    return continue_training(base(), grown(), CONFIG, lambda progress: stages.append(progress.stage)), stages


def test_networks_of_another_catalogue_keep_each_films_vector_and_new_films_have_none() -> None:
    from recommender.training.models import ModelConfig, build_model
    from recommender.training.weight_transfer import load_network, transfer_weights

    old = load_network(tiny().model, "embedding_mlp")
    genres, moments = old.get_layer("film_genres").get_weights()[0], old.get_layer("standardise").get_weights()
    corpus = contract_corpus()
    history, person = (
        next(node for node in old.inputs if node.name == name).shape[1] for name in ("history", "person")
    )
    new = build_model(
        "embedding_mlp",
        ModelConfig(
            film_genres=np.concatenate([genres[:1], genres[:-1], genres[:1]]),
            pair_mean=moments[0] + 7,
            pair_scale=moments[1] * 3,
            history=history,
            person=person,
        ),
    )
    rows = np.array([-1, *range(len(corpus.movies)), -1])
    transfer_weights(new, old, rows)
    table = new.get_layer("film_table").get_weights()[0]
    np.testing.assert_array_equal(table[1:-2], old.get_layer("film_table").get_weights()[0][:-1])
    assert not table[0].any()
    assert not table[-2].any()
    feeds = tiny().ranker().feeds([rated((0, 5.0), (7, 1.0), genres=("Drama",))], np.arange(60)[None])
    met = np.asarray(feeds["history"], dtype=np.int32)
    moved = {**feeds, "films": feeds["films"] + 1, "history": met + (met >= 0)}
    for head in ("choice", "liking"):
        was, now = (
            np.asarray(network({node.name: given[node.name] for node in network.inputs}, training=False)[head])
            for network, given in ((old, feeds), (new, moved))
        )
        np.testing.assert_allclose(was, now, rtol=1e-5, atol=1e-5)


def test_it_knows_new_films_and_people_and_says_what_it_goes_on_from() -> None:
    further, stages = gone_on()
    assert list(dict.fromkeys(stages)) == ["onboardings", "continuing"]
    assert further.report["continues"] == "old"
    assert further.report["new_films"] == 2
    assert 0 < further.report["examples"] < len(grown().user_ids) * 11
    assert further.calibration == tiny().calibration
    ranker = further.ranker()
    counts = ranker.retrieval.tables["log_count"]
    assert np.expm1(counts[ranker.retrieval.catalogue.row_of[MovieId(900)]]) == pytest.approx(10)
    listed = {line.movie_id for line in ranker.recommend(Profile(), 62)}
    assert {MovieId(90), MovieId(900)} <= listed


def test_it_scores_almost_as_before_where_nothing_is_new() -> None:
    corpus = contract_corpus()
    further = continue_training(base(), corpus, CONFIG).ranker()
    for profile in (Profile(genres=("Drama",)), rated((0, 5.0), (3, 2.0))):
        before, after = tiny().ranker().score(profile), further.score(profile)
        assert np.corrcoef(before, after)[0, 1] > 0.99
        assert not np.array_equal(before, after)


def test_the_same_seed_gives_the_same_ranker() -> None:
    (one, _), other = gone_on(), continue_training(base(), grown(), CONFIG)
    assert one.network == other.network
    assert all(np.array_equal(table, other.retrieval.tables[name]) for name, table in one.retrieval.tables.items())


def test_every_model_can_be_gone_on_from() -> None:
    corpus = contract_corpus()
    trained = train(corpus, TrainingConfig(model="mf", **TINY))  # type: ignore[arg-type]  # fields by name
    old = Base(trained.ranker("old"), trained.network, trained.model, "mf", 10**9)
    further = continue_training(old, grown(), CONFIG)
    assert len(further.ranker().recommend(Profile(), 5)) == 5


def test_one_person_is_refused() -> None:
    with pytest.raises(TrainingError, match=r"at least 2 people\. Received: 1"):
        continue_training(base(), contract_corpus().only(np.array([0])), CONFIG)


def test_people_without_a_later_like_are_refused() -> None:
    corpus = contract_corpus()
    ids = np.array([movie.id for movie in corpus.movies])[corpus.movie_rows]
    users = corpus.user_ids[corpus.user_rows]
    sour = build_corpus(corpus.movies, users, ids, np.full(len(ids), 2.0), corpus.times)
    with pytest.raises(TrainingError, match=r"people with likes after their first ratings\. Received: none"):
        continue_training(base(), sour, CONFIG)
