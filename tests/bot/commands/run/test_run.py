"""`reelmate run`: what it refuses before anything is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.__main__ import invoke
from tests.bot.commands.complaint import complaint


def test_run_without_a_token_says_where_to_get_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["--data-dir", str(tmp_path / "data"), "run"]) == 1
    assert "REELMATE_TELEGRAM_TOKEN" in complaint(capsys)
    assert not (tmp_path / "data").exists()


def test_run_with_a_webhook_and_no_secret_names_it_before_anything_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REELMATE_TELEGRAM_TOKEN", f"123456789:{'A' * 35}")
    monkeypatch.setenv("REELMATE_WEBHOOK_URL", "https://bot.example/hook")
    assert invoke(["--data-dir", str(tmp_path / "data"), "run"]) == 1
    assert "REELMATE_WEBHOOK_SECRET" in complaint(capsys)
    assert not (tmp_path / "data").exists()
