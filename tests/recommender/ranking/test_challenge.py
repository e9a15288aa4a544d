"""The file that says which two bundles serve side by side: read as it was written, or refused."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from recommender.errors import BundleError
from recommender.ranking.challenge import (
    CHALLENGE,
    LONGEST,
    Challenge,
    end_challenge,
    read_challenge,
    write_challenge,
)

BEGAN_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_it_is_read_as_it_was_written_until_it_is_ended(tmp_path: Path) -> None:
    assert read_challenge(tmp_path) is None
    challenge = Challenge("20260101-000000", "20260201-000000", 0.25, BEGAN_AT)
    write_challenge(tmp_path, challenge)
    assert read_challenge(tmp_path) == challenge
    assert [path.name for path in tmp_path.iterdir()] == [CHALLENGE]
    end_challenge(tmp_path)
    assert read_challenge(tmp_path) is None
    end_challenge(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"champion": "1", "challenger": "1", "share": 0.5, "began_at": "2026-03-01T12:00:00+00:00"}',
        '{"champion": "1", "challenger": "2", "share": 1, "began_at": "2026-03-01T12:00:00+00:00"}',
        '{"champion": "1", "challenger": "2", "share": NaN, "began_at": "2026-03-01T12:00:00+00:00"}',
        '{"champion": "1", "challenger": "2", "share": 0.5, "began_at": "2026-03-01T12:00:00"}',
        '{"champion": "1", "challenger": "2", "share": 0.5, "began_at": "today"}',
        '{"champion": "1", "challenger": "2", "share": 0.5, "began_at": "' + "2" * LONGEST + '"}',
    ],
)
def test_a_damaged_one_is_refused_by_name(tmp_path: Path, text: str) -> None:
    (tmp_path / CHALLENGE).write_text(text)
    with pytest.raises(BundleError, match="must be as `reelmate ab start` wrote it"):
        read_challenge(tmp_path)
    end_challenge(tmp_path)
    assert read_challenge(tmp_path) is None
