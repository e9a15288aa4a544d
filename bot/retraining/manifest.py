"""A bundle's manifest: out of what a ranker was made, how it was judged, and why it serves or does not."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from bot.retraining.training_set import TrainingSet
from bot.retraining.tuned import Tuned
from recommender.evaluation.bootstrap import RESAMPLE_SEED, differences_from_others
from recommender.evaluation.gate import Choice, summary
from recommender.evaluation.provenance import describe_corpus, find_versions
from recommender.evaluation.ranking import LadderResult
from recommender.ranking.retrieval import PAIR_FEATURES, PERSON_FEATURES
from recommender.ranking.trial import trial_record
from recommender.training.training import Trained, TrainingConfig


def write_manifest(
    data: TrainingSet,
    config: TrainingConfig,
    trained: Trained,
    results: Mapping[str, LadderResult],
    choice: Choice,
    git_commit: str | None,
    tuned: Tuned | None = None,
) -> dict[str, Any]:
    """Return what the manifest of the chosen ranker says; the bundle adds its schema and its checksums.

    Args:
        results: of all challengers, the floor and the champion.
        git_commit: the code's; None where nobody knows it.
        tuned: the file of settings that the config took; None where it took none.
    """
    return {
        "features": [list(PAIR_FEATURES), list(PERSON_FEATURES)],
        "calibration": asdict(trained.calibration),
        **trial_record(trained.ranker()),
        "config": asdict(config),
        "tuned": None if tuned is None else tuned.describe(),
        "data": {
            "sources": data.sources,
            "train": _known_until(describe_corpus(data.train), data.gathered_at),
            "judges": describe_corpus(data.judges),
        },
        "simulated_judges": data.simulated_judges,
        "real_people": data.real_people,
        "training": trained.report,
        "ladder": summary(results),
        "differences": differences_from_others(results, choice.name, ["ndcg"]),
        "verdict": asdict(choice.verdict),
        "challengers": {name: asdict(verdict) for name, verdict in choice.verdicts.items()},
        "seeds": {"training": config.seed, "bootstrap": RESAMPLE_SEED},
        "versions": find_versions(),
        "git_commit": git_commit,
        "trained_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "process_seconds": round(time.process_time(), 1),
    }


def _known_until(train: dict[str, Any], gathered_at: int) -> dict[str, Any]:
    """Return the same until then at most: one rating in the far future must not make all that follow look old."""
    return {**train, "until": min(train["until"], gathered_at)}
