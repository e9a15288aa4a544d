"""A manifest's own checksum."""

from __future__ import annotations

import json

import numpy as np
import pytest

from recommender.ranking.seal import SEAL, is_sealed, sealed

MANIFEST = {"calibration": {"slope": 1.25, "offset": -0.5}, "features": [["a"], []], "people": np.int64(3)}


def test_what_was_sealed_is_sealed_however_it_is_spaced_and_ordered() -> None:
    written = json.loads(json.dumps(sealed(MANIFEST), indent=4))
    assert is_sealed(dict(reversed(written.items())))
    assert written["people"] == 3


@pytest.mark.parametrize("change", [{"people": 4}, {"calibration": {"slope": 1.25}}, {"another": None}, {SEAL: ""}])
def test_any_change_breaks_the_seal(change: dict[str, object]) -> None:
    assert not is_sealed(sealed(MANIFEST) | change)


def test_a_manifest_of_before_there_were_seals_passes() -> None:
    assert is_sealed({"people": 3})


def test_sealing_again_seals_what_is_there_now() -> None:
    assert is_sealed(sealed(sealed(MANIFEST) | {"people": 4}))
