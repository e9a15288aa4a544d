"""What settings are worth, and to whom: never to a test person, nor by what was rated after the first of them came."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from recommender.errors import CorpusError, TrainingError
from recommender.evaluation.exams import set_exam
from recommender.evaluation.ladder import FOLDS
from recommender.evaluation.tuning import Bench, set_validation_exams
from recommender.training.training import TrainingConfig
from tests.recommender.tiny import TINY
from tests.recommender.turns import people_in_turn


def test_nobody_who_judges_settings_is_judged_on_the_rolling_ladder() -> None:
    corpus = people_in_turn(90)
    exams = set_validation_exams(corpus)
    own = [set_exam(corpus, "rolling", block) for block in range(FOLDS)]
    judged = np.concatenate([exam.ladder.user_ids for exam in own])
    chosen_by = np.concatenate([exam.ladder.user_ids for exam in exams])
    assert len(chosen_by) == len(np.unique(chosen_by)) > 10
    assert not np.isin(judged, chosen_by).any()
    begins = min(int(corpus.times[corpus.starts[user]]) for user in np.searchsorted(corpus.user_ids, judged))
    assert all(exam.train.times.max() < begins for exam in exams)
    assert not any(np.isin(exam.ladder.user_ids, exam.train.user_ids).any() for exam in exams)


@pytest.mark.parametrize("count", [1, 5, 12])
def test_a_corpus_too_small_is_refused_in_one_sentence(count: int) -> None:
    with pytest.raises(CorpusError, match=r"tuning needs people .* import a larger corpus\. Received: "):
        set_validation_exams(people_in_turn(count))


def test_a_bench_can_be_sent_to_another_process() -> None:
    bench = Bench(set_validation_exams(people_in_turn(90)), TrainingConfig())
    sent = pickle.loads(pickle.dumps(bench))  # noqa: S301  # our own bytes
    assert sent.steps == bench.steps > 0
    assert sent.exams[0].train.user_count == bench.exams[0].train.user_count


@pytest.mark.tensorflow
def test_settings_are_judged_rung_by_rung_and_the_same_every_time() -> None:
    exams = set_validation_exams(people_in_turn(90))[:1]
    bench, told = Bench(exams, TrainingConfig(model="mf", **TINY)), list[tuple[int, float]]()  # type: ignore[arg-type]  # fields by name
    once = bench.judge({"film_size": 8, "batch": 32}, lambda step, worth: told.append((step, worth)))
    again = bench.judge({"film_size": 8, "batch": 32})
    assert [step for step, _ in told] == list(range(1, bench.steps + 1))
    assert told[-1][1] == pytest.approx(once.value) == pytest.approx((once.ndcg + once.hit) / 2)
    assert np.array_equal(once.by_person, again.by_person)
    assert once.by_person.shape == (len(exams[0].ladder.newcomers),)
    with pytest.raises(TrainingError, match="film_size of mf must be one of"):
        bench.judge({"film_size": 9})
