"""What a command says on stderr when it fails."""

from __future__ import annotations

import pytest


def complaint(capsys: pytest.CaptureFixture[str]) -> str:
    """Return the one line on stderr."""
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1, lines
    assert lines[0].startswith("reelmate: ")
    return lines[0]
