"""`reelmate doctor`: what it sees, what to do about it, and no secret."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import invoke
from bot.catalogue.importing import import_starter
from bot.commands.data.imports import StoredCatalogue
from bot.commands.run.check_storage import check_bundles, check_corpora, check_database
from bot.commands.run.check_surroundings import check_settings, check_telegram
from bot.sandbox import running
from bot.settings import load_settings
from bot.storage import Store, migrate
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


def test_settings_are_shown_as_they_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = {
        "ADMINS": "8,70",
        "RETRAIN_EVERY": "90m",
        "RETRAIN_TIME": "12h",
        "RETRAIN_DISK": "256.0MB",
        "RETRAIN_MEMORY": "not set",
        "IMPRESSIONS_KEPT": "180d",
        "REPLICA": "no",
        "TELEGRAM_TOKEN": "not set",
    }
    monkeypatch.setenv("REELMATE_ADMINS", "70, 8")
    monkeypatch.setenv("REELMATE_RETRAIN_EVERY", "5400s")
    shown = {finding.subject: finding.fact for finding in check_settings(load_settings(data_dir=tmp_path))}
    assert {name: shown[f"REELMATE_{name}"] for name in written} == written
    monkeypatch.setenv("REELMATE_ADMINS", "")
    monkeypatch.setenv("REELMATE_RETRAIN_EVERY", "off")
    shown = {finding.subject: finding.fact for finding in check_settings(load_settings(data_dir=tmp_path))}
    assert (shown["REELMATE_ADMINS"], shown["REELMATE_RETRAIN_EVERY"]) == ("not set", "off")


def test_a_starter_of_an_older_version_is_noted_until_it_is_imported_again(tmp_path: Path) -> None:
    settings = load_settings(data_dir=tmp_path)
    migrate(settings.database_url)
    with Store(settings.database_url) as store:
        catalogue = StoredCatalogue(store)
        import_starter(catalogue, tmp_path, people=20)
        assert "Starter films" not in {finding.subject for finding in check_database(settings)}
        with closing(sqlite3.connect(tmp_path / "reelmate.db")) as connection, connection:
            connection.execute("delete from movies where id in (1, 2, 3)")
            connection.execute("update movies set imdb_id = null where id = 6")
        found = next(finding for finding in check_database(settings) if finding.subject == "Starter films")
        assert (found.state, found.fact) == ("note", "this version's knows 3 more films, and more of 1")
        assert "reelmate import starter" in found.advice
        import_starter(catalogue, tmp_path, people=20)
    assert "Starter films" not in {finding.subject for finding in check_database(settings)}


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
