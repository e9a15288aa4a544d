"""Who is judged on the ladder: a ranker by name, with the settings it may choose from on validation people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

import numpy as np

from recommender.data.catalogue import Catalogue
from recommender.data.corpus import Corpus
from recommender.errors import TrainingError
from recommender.evaluation.exams import Exam, Split, ask_today, set_exam
from recommender.evaluation.explaining import Explaining, ReasonsResult, judge_reasons
from recommender.evaluation.ladder import Ladder, ask_one_genre, build_ladder
from recommender.evaluation.ranking import LadderResult, Scorer, evaluate
from recommender.evaluation.served import Lister, ServedResult, evaluate_served

Hyperparameters = Mapping[str, Any]
# Where a long evaluation says what it is at, in a few plain words.
Say = Callable[[str], None]
# Settings are told apart by far fewer people than lists are judged by; corpora up to a million ratings have no more.
MOST_VALIDATION_PEOPLE: Final = 1_000
# Entries by the module and attribute that holds them; imported on use, since some load Keras.
FLOORS: Final[Mapping[str, str]] = {
    "most_popular": "recommender.evaluation.floors:MOST_POPULAR",
    "popular_in_genres": "recommender.evaluation.floors:POPULAR_IN_GENRES",
    "bayesian_mean_in_genres": "recommender.evaluation.floors:BAYESIAN_MEAN_IN_GENRES",
}
OWN: Final[Mapping[str, str]] = {**FLOORS, "embedding_mlp": "recommender.evaluation.own:EMBEDDING_MLP"}
# Where every model that `reelmate retrain` can publish is listed; loaded on use, since models may import Keras.
MODELS_PACKAGE: Final = "recommender.training.models"
# The peer named courses ranks the whole catalogue; the model of that name orders our first stage's candidates.
RENAMED: Final[Mapping[str, str]] = {"courses": "courses_on_candidates"}
# Where the peers register, in a checkout with the extra `bench`; they are measured against, never installed.
PEERS_PACKAGE: Final = "benchmarks.peers"
# What is in no extra: PyTorch brings all of CUDA along.
IN_TORCH: Final = ("torch", "cornac")


@dataclass(frozen=True, slots=True)
class RankerEntry:
    """A way to learn a scorer from a corpus, and the grid of settings to try.

    Attributes:
        fit: given the training people's corpus and one setting of the grid.
        grid: tried on validation people in this order; among equals the earlier wins.
    """

    fit: Callable[[Corpus, Hyperparameters], Scorer]
    grid: Sequence[Hyperparameters] = field(default=({},))


@dataclass(frozen=True, slots=True)
class FoldResult:
    """One fold's outcome, and the settings that validation people chose for it.

    Attributes:
        result: its scores' top ten.
        served: the pages it would show; None for what makes no lists.
        asked: the pages it would show to who asked for the genre they like most; None likewise.
        today: the pages it would show did everybody ask today; None likewise, and where people came in no order.
        reasons: why films are on those pages; None of what says nothing of it.
    """

    result: LadderResult
    settings: Hyperparameters
    served: ServedResult | None = None
    asked: ServedResult | None = None
    today: ServedResult | None = None
    reasons: ReasonsResult | None = None


def known_rankers() -> dict[str, str]:
    """Return the place of every entry by name: our own, all models, and where the checkout has them the peers."""
    return {**OWN, **model_rankers(), **_measured_beside()}


def _measured_beside() -> Mapping[str, str]:
    if not find_spec(PEERS_PACKAGE.partition(".")[0]):
        return {}
    package = import_module(PEERS_PACKAGE)
    return {**package.OURS_WITH_LESS, **package.PEERS}


def model_rankers() -> dict[str, str]:
    """Return the place of every model's entry by name."""
    models = import_module(MODELS_PACKAGE).MODELS
    return {RENAMED.get(name, name): OWN.get(name, f"recommender.evaluation.own:OWN_MODELS:{name}") for name in models}


def evaluate_fold(
    entry: RankerEntry,
    corpus: Corpus,
    fold: int,
    most_people: int | None = None,
    say: Say = lambda note: None,
    *,
    split: Split = "people",
) -> FoldResult:
    """Tune on validation people, refit on all training people, judge on test people.

    Args:
        most_people: judge a seeded sample of this many, the same for every entry; None for all.
        say: told of each of the grid's settings, of the last fit, and of people as they are judged.
        split: how folds are made.
    """
    exam = set_exam(corpus, split, fold, most_people)
    settings = choose_settings(entry, exam, say)
    train, ladder = exam.train, exam.ladder
    say("learning")
    scorer = entry.fit(train, settings)
    result = evaluate(scorer, ladder, train, on_batch=_counting(say, "judging", ladder))
    if not isinstance(scorer, Lister):
        return FoldResult(result, settings)

    def judge_pages(people: Ladder, step: str) -> ServedResult:
        return evaluate_served(scorer, people, train, on_people=_counting(say, step, people))

    served = judge_pages(ladder, "judging pages")
    asked = judge_pages(ask_one_genre(ladder, Catalogue(corpus.movies)), "judging what was asked for")
    today = judge_pages(ask_today(ladder), "judging pages of today") if split == "rolling" else None
    reasons = judge_reasons(scorer, ladder, train) if isinstance(scorer, Explaining) else None
    return FoldResult(result, settings, served, asked, today, reasons)


def _counting(say: Say, step: str, ladder: Ladder) -> Callable[[int], None]:
    """Return what tells how far a step is whenever people have been judged."""
    judged, total = 0, len(ladder.newcomers) * len(ladder.rungs)

    def count(people: int) -> None:
        nonlocal judged
        judged += people
        say(f"{step}, {100 * judged // total} %")

    return count


def choose_settings(entry: RankerEntry, exam: Exam, say: Say = lambda note: None) -> Hyperparameters:
    """Return the settings that an exam's validation people choose; the first where there is no choice, or nobody."""
    if len(entry.grid) == 1 or not len(exam.validation):
        return entry.grid[0]
    validation = build_ladder(exam.train, exam.validation, most=MOST_VALIDATION_PEOPLE)
    return tune(entry, exam.tuning, validation, say)


def tune(entry: RankerEntry, tuning: Corpus, validation: Ladder, say: Say = lambda note: None) -> Hyperparameters:
    """Return the settings with the best NDCG, mean over rungs and validation people; the first of equals."""
    if len(entry.grid) == 1 or not validation.newcomers:
        return entry.grid[0]
    figures = list[float]()
    for place, settings in enumerate(entry.grid, start=1):
        say(f"settings {place} of {len(entry.grid)}")
        figures.append(evaluate(entry.fit(tuning, settings), validation, tuning).ndcg.mean())
    return entry.grid[int(np.argmax(figures))]


def load_entry(place: str) -> RankerEntry:
    """Import an entry from its "module:attribute", or "module:attribute:key" where the attribute is a mapping.

    Raises:
        TrainingError: the libraries it needs are not installed.
    """
    module, attribute, *keys = place.split(":", 2)
    try:
        entry = getattr(import_module(module), attribute)
    except ModuleNotFoundError as error:
        extra = "the extra `bench`" if module.startswith(PEERS_PACKAGE) else "the extra `train`"
        needed = "PyTorch and cornac, in an environment of their own" if error.name in IN_TORCH else extra
        message = f"{attribute.lower()} needs {needed}. Received: no module {error.name}"
        raise TrainingError(message) from error
    for key in keys:
        entry = entry[key]
    if not isinstance(entry, RankerEntry):
        raise TypeError(f"{place} must be a RankerEntry. Received: {type(entry).__name__}")
    return entry
