"""Scores of any library, judged: an object with `fit(corpus)` and `score(profile)` as an entry of the registry.

`fit` learns from a `recommender.data.corpus.Corpus`; `score` returns a number for each of its movies, higher is better.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from recommender.data.corpus import Corpus
from recommender.domain import Profile
from recommender.errors import TrainingError
from recommender.evaluation.registry import Hyperparameters, RankerEntry

EXPECTED: Final = "scores come from FILE.py:NAME or MODULE:NAME, a class with fit(corpus) and score(profile)"


class ForeignScorer:
    """An object of somebody else's, held to what a scorer promises."""

    def __init__(self, ranker: Any, name: str, movies: int) -> None:
        self._ranker, self._name, self._movies = ranker, name, movies

    def score(self, profile: Profile) -> NDArray[np.float32]:
        """Return one score per movie row.  (movies,)

        Raises:
            TrainingError: it failed, or gave something else.
        """
        scores: NDArray[np.float32] = _try(
            self._name, "score", lambda: np.asarray(self._ranker.score(profile), dtype=np.float32)
        )
        if scores.shape != (self._movies,) or np.isnan(scores).any():
            found = f"shape {scores.shape}" if scores.shape != (self._movies,) else "NaN"
            raise TrainingError(f"score of {self._name} must return {self._movies} numbers. Received: {found}")
        return scores


class _Scores:
    """Entries by where their class is: "FILE.py:NAME" or "MODULE:NAME"."""

    def __getitem__(self, place: str) -> RankerEntry:
        source, _, name = place.rpartition(":")
        make: Any = getattr(_load(source, place), name, None)
        if not all(callable(getattr(make, method, None)) for method in ("fit", "score")):
            raise TrainingError(f"{EXPECTED}. Received: {place}, where there is no such class")

        def fit(corpus: Corpus, settings: Hyperparameters) -> ForeignScorer:
            ranker = _try(name, "the start", make)
            _try(name, "fit", lambda: ranker.fit(corpus))
            return ForeignScorer(ranker, name, len(corpus.movies))

        return RankerEntry(fit)


SCORES: Final = _Scores()


def place_of_scores(place: str) -> str:
    """Return where the registry finds an entry for the class at "FILE.py:NAME" or "MODULE:NAME"."""
    source, _, name = place.rpartition(":")
    source = str(Path(source).absolute()) if source.endswith(".py") else source
    return f"{__name__}:SCORES:{source}:{name}"


def _load(source: str, place: str) -> ModuleType:
    try:
        if not source.endswith(".py"):
            return import_module(source)
        spec = spec_from_file_location(Path(source).stem, source)
        if spec is None or spec.loader is None:
            raise ImportError(f"{source} cannot be imported")
        module = module_from_spec(spec)
        sys.modules.setdefault(spec.name, module)  # dataclasses look themselves up there
        spec.loader.exec_module(module)
        return module
    except (ImportError, OSError, SyntaxError, ValueError) as error:
        raise TrainingError(f"{EXPECTED}. Received: {place}, {error}") from error


def _try(name: str, step: str, act: Callable[[], Any]) -> Any:
    """Return what foreign code returns; whatever it raises is told as its own."""
    try:
        return act()
    except Exception as error:
        raise TrainingError(f"{step} of {name} must not fail. Received: {type(error).__name__}: {error}") from error
