"""What a ranker must show before it serves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from recommender.errors import BundleError
from recommender.ranking.calibration import Calibration
from recommender.ranking.ranker import Ranker
from recommender.ranking.trial import ANSWERS, VOCABULARY, trial_record, try_out
from tests.recommender.tiny import tiny

pytestmark = pytest.mark.tensorflow


def ranker(calibration: Calibration | None = None, **tables: object) -> Ranker:
    """Return the tiny ranker, but for its calibration or these tables."""
    trained = tiny()
    changed: Mapping[str, object] = {**trained.retrieval.tables, **tables}
    retrieval = replace(trained.retrieval, tables=changed)  # type: ignore[arg-type]  # arrays
    return Ranker(retrieval, trained.network, calibration or trained.calibration, "tried")


def test_what_was_published_passes_its_own_trial() -> None:
    try_out(ranker(), trial_record(ranker()))
    try_out(ranker(), {})


def test_other_answers_than_when_it_was_published_are_refused() -> None:
    liked = tiny().retrieval.tables["log_like_rate"]
    for changed in (ranker(log_like_rate=liked[::-1].copy()), ranker(Calibration(1.5, 0.3))):
        with pytest.raises(BundleError, match="as when it was published"):
            try_out(changed, trial_record(ranker()))


def test_a_rounding_of_another_processor_passes() -> None:
    record = trial_record(ranker())
    try_out(ranker(), record | {ANSWERS: (np.array(record[ANSWERS]) * (1 + 1e-5)).tolist()})


@pytest.mark.parametrize("answers", [[], [[0.5]], "none", [[float("nan")] * 16] * 4])
def test_known_answers_that_are_none_are_refused(answers: object) -> None:
    with pytest.raises((BundleError, ValueError)):
        try_out(ranker(), trial_record(ranker()) | {ANSWERS: answers})


def test_another_vocabulary_is_refused() -> None:
    with pytest.raises(BundleError, match="another vocabulary"):
        try_out(ranker(), {VOCABULARY: "0" * 64})


@pytest.mark.parametrize("slope", [0.0, 1e308])
def test_chances_that_are_all_alike_are_refused(slope: float) -> None:
    with pytest.raises(BundleError, match="must tell films apart"):
        try_out(ranker(Calibration(slope, 1e308 * bool(slope))), {})


def test_the_record_is_the_same_every_time() -> None:
    assert trial_record(ranker()) == trial_record(ranker())
