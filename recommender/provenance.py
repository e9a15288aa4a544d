"""Out of what a report was made: data, seeds, versions and commit, so that its figures can be made again."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from recommender.comparing import RESAMPLE_SEED
from recommender.corpus import TIE_SEED, Corpus, corpus_digest
from recommender.ladder import FOLD_SEED, SAMPLE_SEED, VALIDATION_SEED
from recommender.models.config import LIKING_SEED, TRAINING_SEED
from recommender.tables import SAMPLE_SEED as TABLES_SEED

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


def find_commit() -> str | None:
    """Return the code's commit, where it is a git checkout or an image that was told its own."""
    root = Path(__file__).parent.parent
    if not (root / ".git").exists():
        return os.environ.get("REELMATE_GIT_COMMIT")
    found = subprocess.run(["git", "-C", str(root), "rev-parse", "HEAD"], capture_output=True, text=True, check=False)
    return found.stdout.strip() or None
