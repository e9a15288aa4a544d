"""`reelmate run`: what it refuses before anything is made."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from bot.__main__ import invoke
from bot.delivery.requests import certificates
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


def test_run_with_a_webhooks_port_that_is_taken_names_it_before_anything_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("0.0.0.0", 0)) as taken:
        port = taken.getsockname()[1]
        for name, value in {
            "TELEGRAM_TOKEN": f"123456789:{'A' * 35}",
            "WEBHOOK_URL": "https://bot.example/hook",
            "WEBHOOK_SECRET": "s" * 40,
            "WEBHOOK_PORT": str(port),
        }.items():
            monkeypatch.setenv(f"REELMATE_{name}", value)
        assert invoke(["--data-dir", str(tmp_path / "data"), "run"]) == 1
    assert f"REELMATE_WEBHOOK_PORT must be a port that nobody listens on. Received: {port}" in complaint(capsys)
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("name", ["bundles", "corpora", "bot.lock", "reelmate.db"])
def test_run_says_in_one_line_what_stands_in_its_way(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REELMATE_TELEGRAM_TOKEN", f"123456789:{'A' * 35}")
    in_the_way = tmp_path / name
    in_the_way.mkdir() if "." in name else in_the_way.touch()
    assert invoke(["--data-dir", str(tmp_path), "run"]) == 1
    line = complaint(capsys)
    assert str(in_the_way) in line
    assert "defect" not in line


@pytest.mark.parametrize(
    "url", ["postgresql://kim@127.0.0.1:port/films", "postgresql://kim@127.0.0.1:99999/films", "sqlite:///nowhere/x.db"]
)
def test_run_says_in_one_line_what_is_wrong_with_the_database(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REELMATE_TELEGRAM_TOKEN", f"123456789:{'A' * 35}")
    monkeypatch.setenv("REELMATE_DATABASE_URL", url)
    assert invoke(["--data-dir", str(tmp_path), "run"]) == 1
    assert "defect" not in complaint(capsys)


@pytest.mark.parametrize(
    ("name", "value"), [("HTTPS_PROXY", "http://kim:hunter2/x@127.0.0.1:1"), ("SSL_CERT_FILE", "/nowhere.pem")]
)
def test_run_names_what_keeps_it_from_the_network_before_anything_is_made(
    name: str, value: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    certificates.cache_clear()
    monkeypatch.setenv("REELMATE_TELEGRAM_TOKEN", f"123456789:{'A' * 35}")
    monkeypatch.setenv(name, value)
    assert invoke(["--data-dir", str(tmp_path / "data"), "run"]) == 1
    line = complaint(capsys)
    assert name in line
    assert "hunter2" not in line
    assert not (tmp_path / "data").exists()
