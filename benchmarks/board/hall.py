"""Where rankers are examined: who teaches, who judges, and what all networks learn from, made once an exam."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from recommender.data.corpus import Corpus
from recommender.evaluation.exams import Exam, Split, set_exam
from recommender.evaluation.ladder import build_ladder
from recommender.evaluation.ranking import Scorer
from recommender.evaluation.registry import Hyperparameters, Say, choose_settings, load_entry
from recommender.ranking.bundle import pack
from recommender.training.training import TrainingConfig, TrainingData, prepare, train_on

Judges = Literal["test", "validation"]
# Test people judge what is settled; validation people what is still being made.
JUDGES: Final[tuple[Judges, ...]] = ("test", "validation")
# The module that holds the entries of all our networks.
NETWORKS: Final = "recommender.evaluation.own:"


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """A ranker after its fitting, and what that took.

    Attributes:
        seconds: of processor time that the last fit took; choosing settings is not counted.
        parameters, bundle_bytes: None of what has none of ours.
    """

    scorer: Scorer
    settings: Hyperparameters
    seconds: float
    parameters: int | None = None
    bundle_bytes: int | None = None


@dataclass(slots=True)
class Hall:
    """Exams over one corpus; what networks learn from is held for all of them.

    Attributes:
        learners: as many people are learned from by the networks, a seeded sample.
    """

    corpus: Corpus
    judges: Judges
    learners: int
    _learned: dict[object, tuple[TrainingData, float]] = field(default_factory=dict, init=False, repr=False)

    def exam(self, split: Split, fold: int) -> Exam:
        """Return who teaches and who judges; where validation people judge, nobody is left to choose settings by."""
        exam = set_exam(self.corpus, split, fold)
        if self.judges == "test":
            return exam
        ladder = build_ladder(exam.train, exam.validation)
        return Exam(exam.tuning, exam.validation[:0], ladder)

    def fit(self, place: str, exam: Exam, key: object, say: Say) -> Fitted:
        """Choose settings by validation people where there are several, and fit on all who teach.

        Args:
            key: tells exams apart, for what is held.
        """
        if is_network(place):
            return self.fit_network(place, exam.train, key)
        entry = load_entry(place)
        settings = choose_settings(entry, exam, say)
        say("learning")
        scorer, seconds = timed(lambda: entry.fit(exam.train, settings))
        return Fitted(scorer, settings, seconds)

    def fit_network(self, place: str, train: Corpus, key: object) -> Fitted:
        """Fit a model of ours on what others of the same exam learned from, too."""
        settings = load_entry(place).grid[0]
        config = TrainingConfig(**settings, most_people=self.learners)
        if key not in self._learned:
            self._learned[key] = timed(lambda: prepare(train, config))
        learned, before = self._learned[key]
        trained, seconds = timed(lambda: train_on(learned, config))
        files: Mapping[str, bytes] = pack(trained.retrieval, trained.network, trained.model)
        size = sum(map(len, files.values()))
        return Fitted(trained.ranker(), settings, before + seconds, trained.report["parameters"], size)


def is_network(place: str) -> bool:
    """Tell whether a ranker is one of our networks by where its entry is."""
    return place.startswith(NETWORKS)


def timed(act: Callable[[], Any]) -> tuple[Any, float]:
    """Return what it returns, and the seconds of processor time that it took: a busy machine changes them little."""
    started = time.process_time()
    return act(), time.process_time() - started
