"""`reelmate doctor`: what it sees, what to do about it, and no secret."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import invoke
from bot.commands.run.check_storage import check_bundles, check_corpora
from bot.commands.run.check_surroundings import check_settings, check_telegram
from bot.sandbox import running
from bot.settings import load_settings
from recommender.ranking.bundle import BundleStore
from tests.bot.retraining.corpora import store_tastes


@pytest.mark.tensorflow
def test_doctor_says_what_it_sees_what_to_do_and_no_token(
    migrated: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with running(token="77:hunter2") as server:
        monkeypatch.setenv("REELMATE_TELEGRAM_API_URL", server.url)
        monkeypatch.setenv("REELMATE_TELEGRAM_TOKEN", server.token)
        assert invoke(["--data-dir", str(migrated), "doctor", "--json"]) == 1  # an empty catalogue is a fault
    text = capsys.readouterr().out
    report: dict[str, Any] = json.loads(text)
    assert set(report) == {"schema_version", "healthy", "findings"}
    assert all(set(finding) == {"subject", "state", "fact", "advice"} for finding in report["findings"])
    by_subject = {finding["subject"]: finding for finding in report["findings"]}
    assert by_subject["Telegram"]["fact"] == "@reelmate_bot answers"
    assert "import starter" in by_subject["Catalogue"]["advice"]
    assert "reelmate import movielens ml-latest-small" in by_subject["Real people"]["advice"]
    assert "not for commercial use; cite Harper and Konstan (2015)" in by_subject["Real people"]["advice"]
    assert all(finding["advice"] for finding in report["findings"] if finding["state"] == "fault")
    assert "hunter2" not in text


def test_real_ratings_are_offered_until_there_are_some(tmp_path: Path) -> None:
    settings = load_settings(data_dir=tmp_path)
    store_tastes(tmp_path, 5)
    assert "Real people" in {finding.subject for finding in check_corpora(settings)}
    store_tastes(tmp_path, 5, name="club", simulated=False)
    assert "Real people" not in {finding.subject for finding in check_corpora(settings)}


def test_a_bundle_that_fails_its_checksum_is_a_fault_with_a_way_out(tmp_path: Path) -> None:
    store = BundleStore(tmp_path / "bundles")
    store.publish({"tables.npz": b"whole"}, {}, "20260101-000000")
    (tmp_path / "bundles" / "20260101-000000" / "tables.npz").write_bytes(b"other")
    finding = next(check_bundles(load_settings(data_dir=tmp_path)))
    assert finding.state == "fault"
    assert "checksum" in finding.advice
    assert "rollback" in finding.advice


def test_bundles_that_no_pointer_names_are_a_fault_with_a_way_out(tmp_path: Path) -> None:
    BundleStore(tmp_path / "bundles").publish({"tables.npz": b"whole"}, {}, "20260101-000000")
    (tmp_path / "bundles" / "current").unlink()
    finding = next(check_bundles(load_settings(data_dir=tmp_path)))
    assert (finding.state, finding.fact) == ("fault", "the pointer cannot be served")
    assert "must name the version that serves. Received: no such file" in finding.advice
    assert "rollback" in finding.advice


def test_a_variable_that_is_no_setting_is_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REELMATE_RETRAIN_EVRY", "7d")
    noted = next(finding for finding in check_settings(load_settings(data_dir=tmp_path)) if finding.state == "note")
    assert noted.subject == "REELMATE_RETRAIN_EVRY"
    assert "REELMATE_RETRAIN_EVERY" in noted.advice


def test_a_proxy_that_cannot_be_used_is_a_fault_and_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REELMATE_TELEGRAM_TOKEN", f"123456789:{'A' * 35}")
    monkeypatch.setenv("HTTPS_PROXY", "http://kim:hunter2/x@127.0.0.1:1")
    found = next(check_telegram(load_settings(data_dir=tmp_path)))
    assert found.state == "fault"
    assert "HTTPS_PROXY" in found.advice
    assert "hunter2" not in f"{found}"
