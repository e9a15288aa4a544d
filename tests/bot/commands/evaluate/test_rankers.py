"""Which rankers `reelmate evaluate` takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.__main__ import invoke
from tests.bot.commands.complaint import complaint


def test_evaluate_names_the_rankers_there_are(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["--data-dir", str(filled), "evaluate", "--rankers", "oracle"]) == 1
    assert "popular_in_genres" in complaint(capsys)
