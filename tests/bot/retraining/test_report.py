"""What a run prints is what the bot reads."""

from __future__ import annotations

import json

import pytest

from bot.retraining.report import RetrainReport, read_report


def test_a_report_is_read_as_it_was_printed() -> None:
    printed = RetrainReport(True, "20260101-000000", "better", {"seeds": {"training": 0}})
    read = read_report(json.dumps(printed.as_json()).encode())
    assert read is not None
    assert (read.published, read.version, read.reason) == (True, "20260101-000000", "better")
    assert read.manifest == printed.manifest


@pytest.mark.parametrize("output", [b"", b"[]", b"{}", b"Published it", b"\xff"])
def test_what_is_no_report_is_none(output: bytes) -> None:
    assert read_report(output) is None
