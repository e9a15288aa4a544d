"""Settings judged: what the pages served are worth to people who came before anyone that the rolling ladder judges.

Those people are put on a rolling ladder of their own. So no setting is chosen by a test person, nor by a rating that
was given after the first of them came.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from recommender.data.corpus import Corpus
from recommender.errors import CorpusError
from recommender.evaluation.exams import Exam, set_exam
from recommender.evaluation.ladder import FOLDS, RUNGS
from recommender.evaluation.ranking import LadderResult
from recommender.evaluation.served import evaluate_served
from recommender.training.settings import check_settings, configure
from recommender.training.training import FEWEST_PEOPLE, TrainingConfig, TrainingData, prepare, train_on

# Told after every rung of every block: how many there were, and the worth of what was judged until then.
OnRung = Callable[[int, float], None]
NOBODY: Final = (
    f"tuning needs people with more than {max(RUNGS)} ratings and a later like among the half that came first, and "
    f"{FEWEST_PEOPLE} before them: import a larger corpus. Received: "
)


@dataclass(frozen=True, slots=True, eq=False)
class Worth:
    """What settings are worth.

    Attributes:
        ndcg, hit: of the pages served, mean over rungs and people.
        by_person: mean over rungs of the mean of both; people in the order of the exams.  (people,)
    """

    ndcg: float
    hit: float
    by_person: NDArray[np.float64]

    @property
    def value(self) -> float:
        """Return what is to be as high as can be."""
        return float(self.by_person.mean())


def set_validation_exams(corpus: Corpus, most_people: int | None = None) -> list[Exam]:
    """Return the blocks of the rolling ladder of those who came before the corpus's own one begins.

    Args:
        most_people: as many judge in each at most; None for all.

    Raises:
        CorpusError: there is nobody to judge.
    """
    try:
        known = set_exam(corpus, "rolling", 0).train
        exams = [set_exam(known, "rolling", block, most_people) for block in range(FOLDS)]
    except CorpusError as error:
        raise CorpusError(f"{NOBODY}{corpus.user_count} people") from error
    exams = [exam for exam in exams if exam.ladder.newcomers and exam.train.user_count >= FEWEST_PEOPLE]
    if not exams:
        raise CorpusError(f"{NOBODY}none of {corpus.user_count}")
    return exams


@dataclass(slots=True)
class Bench:
    """Where settings of one model are tried; what its trainings learn from is made once."""

    exams: Sequence[Exam]
    config: TrainingConfig
    _learned: dict[int, TrainingData] = field(default_factory=dict, init=False, repr=False)

    @property
    def steps(self) -> int:
        """Return how many rungs there are in all."""
        return sum(len(exam.ladder.rungs) for exam in self.exams)

    def judge(self, settings: Mapping[str, Any], on_rung: OnRung = lambda step, worth: None) -> Worth:
        """Train block by block with these settings, and judge the pages served rung by rung.

        What `on_rung` raises ends it.

        Raises:
            TrainingError: settings outside the model's space.
        """
        config = configure(self.config, check_settings(self.config.model, settings))
        parts, step = list[list[LadderResult]](), 0
        for block, exam in enumerate(self.exams):
            ranker = train_on(self._learn(block), config).ranker()
            parts.append([])
            for k in exam.ladder.rungs:
                served = evaluate_served(ranker, replace(exam.ladder, rungs=(k,)), exam.train)
                parts[-1].append(served.result)
                step += 1
                on_rung(step, _mean_worth(parts))
        return _weigh(parts)

    def _learn(self, block: int) -> TrainingData:
        if block not in self._learned:
            self._learned[block] = prepare(self.exams[block].train, self.config)
        return self._learned[block]


def _weigh(parts: Sequence[Sequence[LadderResult]]) -> Worth:
    """Return what all blocks, rung by rung, come to."""
    ndcg, hit = (
        np.concatenate([np.concatenate([rung.metric(name) for rung in rungs]) for rungs in parts], axis=1)
        for name in ("ndcg", "hit")
    )  # (rungs, people) each
    return Worth(float(ndcg.mean()), float(hit.mean()), ((ndcg + hit) / 2).mean(axis=0))


def _mean_worth(parts: Sequence[Sequence[LadderResult]]) -> float:
    """Return the mean over all that was judged so far, the last block perhaps not at every rung."""
    values = [(rung.ndcg + rung.hit).ravel() / 2 for rungs in parts for rung in rungs]
    return float(np.concatenate(values).mean())
