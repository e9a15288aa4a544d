"""Every model after a checkerboard, fitted once for all tests."""

from __future__ import annotations

from functools import cache

from tests.recommender.checkerboard import checkerboard
from tests.recommender.contract import MOVIE_COUNT
from tests.recommender.training.models.fitted import Small, fit_small
from tests.shared import shared

# Every model by name, and the steps that teach it a checkerboard; 0 for one that looks at no history.
RANKERS = {
    "afm": 60,
    "autorec": 60,
    "bert4rec": 120,
    "courses": 0,
    "dcn": 60,
    "dcn_v2": 60,
    "deep_crossing": 60,
    "deepfm": 60,
    "dien": 60,
    "din": 60,
    "eges": 60,
    "embedding_mlp": 60,
    "ffm": 60,
    "fm": 60,
    "item2vec": 60,
    "mf": 60,
    "mlr": 60,
    "neural_cf": 60,
    "neural_mf": 60,
    "nfm": 60,
    "pnn": 60,
    "sasrec": 120,
    "two_tower": 60,
    "wide_deep": 60,
    "xdeepfm": 60,
}
SOME_STEPS = 4


@cache
def pupil(name: str) -> Small:
    """Return a model that has seen a checkerboard, among the contract's movies."""
    steps = RANKERS[name] or SOME_STEPS
    return shared(f"pupil-{name}", lambda: fit_small(name, checkerboard(MOVIE_COUNT), steps))
