from __future__ import annotations

import numpy as np
import pytest

from benchmarks.peers import PEERS
from recommender.data.corpus import Corpus
from recommender.errors import TrainingError
from recommender.evaluation.ladder import build_ladder, split_people
from recommender.evaluation.registry import (
    OWN,
    Hyperparameters,
    RankerEntry,
    evaluate_fold,
    known_rankers,
    load_entry,
    model_rankers,
    tune,
)
from recommender.training.models import MODELS
from tests.recommender.toys import toy_corpus
from tests.recommender.wanted import Wanted

MOVIES = 60


def everyone_ends_with(row: int, people: int = 30) -> Corpus:
    return toy_corpus(MOVIES, {user: [*((place, 3.0) for place in range(20)), (row, 5.0)] for user in range(people)})


def test_tuning_takes_what_validation_people_like() -> None:
    corpus = everyone_ends_with(55)
    entry = RankerEntry(lambda _, settings: Wanted(MOVIES, settings["row"]), [{"row": 40}, {"row": 55}, {"row": 41}])
    split = split_people(corpus.user_count, 0)
    assert tune(entry, corpus.only(split.tuning), build_ladder(corpus, split.validation)) == {"row": 55}


def test_judged_people_take_no_part_in_tuning_or_fitting() -> None:
    corpus, seen = everyone_ends_with(55), list[tuple[Hyperparameters, Corpus]]()

    def fit(train: Corpus, settings: Hyperparameters) -> Wanted:
        seen.append((settings, train))
        return Wanted(MOVIES, settings["row"])

    result = evaluate_fold(RankerEntry(fit, [{"row": 40}, {"row": 55}]), corpus, 2)
    split = split_people(corpus.user_count, 2)
    judged = corpus.user_ids[split.test]
    assert not any(np.isin(judged, train.user_ids).any() for _, train in seen)
    assert [len(train.user_ids) for _, train in seen] == [len(split.tuning)] * 2 + [len(split.train)]
    assert result.settings == {"row": 55}
    assert result.result.hit.mean() == 1


def test_a_long_evaluation_says_what_it_is_at() -> None:
    said, grid = list[str](), [{"row": 40}, {"row": 55}]
    entry = RankerEntry(lambda _, settings: Wanted(MOVIES, settings["row"]), grid)
    evaluate_fold(entry, everyone_ends_with(55), 0, say=said.append)
    assert said[:3] == ["settings 1 of 2", "settings 2 of 2", "learning"]
    assert said[-1] == "judging, 100 %"


@pytest.mark.parametrize("name", OWN)
def test_every_ranker_of_our_own_can_be_imported(name: str) -> None:
    assert isinstance(load_entry(OWN[name]), RankerEntry)


def test_peers_are_known_beside_our_own() -> None:
    assert {*OWN, "bpr", "ease"} <= known_rankers().keys()


@pytest.mark.parametrize("name", model_rankers())
def test_every_model_can_be_named_as_a_ranker(name: str) -> None:
    place = known_rankers()[name]
    assert isinstance(load_entry(place), RankerEntry)
    assert place.startswith("recommender.evaluation.own:")


def test_no_model_takes_the_name_of_a_peer() -> None:
    assert not model_rankers().keys() & PEERS.keys()
    assert len(model_rankers()) == len(MODELS)


def test_refuses_what_is_no_entry() -> None:
    with pytest.raises(TypeError, match="must be a RankerEntry"):
        load_entry("recommender.evaluation.registry:OWN")


def test_names_the_extra_that_is_missing() -> None:
    with pytest.raises(TrainingError, match=r"ease needs the extra `bench`. Received: no module benchmarks.peers.gone"):
        load_entry("benchmarks.peers.gone:EASE")
