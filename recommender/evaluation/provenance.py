"""Out of what a report was made: data, seeds and versions, so that its figures can be made again."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from recommender.data.corpus import TIE_SEED, Corpus, corpus_digest
from recommender.evaluation.bootstrap import RESAMPLE_SEED
from recommender.evaluation.interviews import HALVING_SEED
from recommender.evaluation.ladder import FOLD_SEED, SAMPLE_SEED, VALIDATION_SEED
from recommender.training.models.config import LIKING_SEED, TRAINING_SEED
from recommender.training.tables import SAMPLE_SEED as TABLES_SEED

# What figures may depend on; those that are not installed are left out.
LIBRARIES: Final = (
    *("reelmate", "numpy", "scipy", "keras", "tensorflow", "onnxruntime"),
    *("implicit", "lightfm-next", "scikit-surprise"),
)
# What chance the ladder, and trainings on it, leave to seeds; a fold's number is added to that of validation.
LADDER_SEEDS: Final = {
    "folds": FOLD_SEED,
    "validation": VALIDATION_SEED,
    "sample_of_judges": SAMPLE_SEED,
    "halvings": HALVING_SEED,
    "equal_times": TIE_SEED,
    "training": TRAINING_SEED,
    "sample_for_tables": TABLES_SEED,
    "sample_for_liking": LIKING_SEED,
    "bootstrap": RESAMPLE_SEED,
}


def describe_corpus(corpus: Corpus) -> dict[str, Any]:
    """Return a corpus's hash, its counts and the time of its newest rating, in seconds since 1970 UTC."""
    counts = {"movies": len(corpus.movies), "people": corpus.user_count, "ratings": corpus.rating_count}
    return {"sha256": corpus_digest(corpus), **counts, "until": int(corpus.times.max())}


def find_versions() -> dict[str, str]:
    """Return the versions of Python and of the libraries installed here."""
    found = {"python": platform.python_version()}
    for library in LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            continue
    return found
