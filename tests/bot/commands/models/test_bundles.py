"""`reelmate bundles`: the published models, and the way back."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import invoke
from recommender.ranking.bundle import BundleStore
from tests.bot.commands.complaint import complaint


def test_bundles_are_listed_newest_first_and_rolled_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = BundleStore(tmp_path / "bundles")
    for version in ("20260101-000000", "20260201-000000"):
        store.publish({"tables.npz": b""}, {"verdict": {"published": True, "reason": "better"}}, version)
    assert invoke(["--data-dir", str(tmp_path), "bundles", "list", "--json"]) == 0
    listed: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert set(listed) == {"schema_version", "bundles"}
    assert [set(bundle) for bundle in listed["bundles"]] == [{"version", "current", "manifest"}] * 2
    assert [(bundle["version"][:6], bundle["current"]) for bundle in listed["bundles"]] == [
        ("202602", True),
        ("202601", False),
    ]
    assert invoke(["--data-dir", str(tmp_path), "bundles", "rollback", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer == {"schema_version": 2, "before": "20260201-000000", "current": "20260101-000000"}
    assert invoke(["--data-dir", str(tmp_path), "bundles", "rollback"]) == 1
    assert "older bundle" in complaint(capsys)


def test_a_damaged_manifest_hides_no_other_bundle(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = BundleStore(tmp_path / "bundles")
    for version in ("20260101-000000", "20260201-000000"):
        store.publish({}, {"verdict": {"reason": "better"}}, version)
    (tmp_path / "bundles" / "20260201-000000" / "manifest.json").write_text("{")
    (tmp_path / "bundles" / "current").unlink()
    assert invoke(["--data-dir", str(tmp_path), "bundles", "list", "--json"]) == 0
    damaged, whole = json.loads(capsys.readouterr().out)["bundles"]
    assert "must have a manifest" in damaged["fault"]
    assert whole["manifest"]["verdict"]["reason"] == "better"
    assert invoke(["--data-dir", str(tmp_path), "bundles", "list"]) == 0
    assert "The pointer names none of them" in " ".join(capsys.readouterr().out.split())


def test_a_damaged_bundle_that_should_serve_is_not_said_to_serve(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    BundleStore(tmp_path / "bundles").publish({}, {"verdict": {"reason": "better"}}, "20260201-000000")
    (tmp_path / "bundles" / "20260201-000000" / "manifest.json").write_bytes(b"\xff[1, 2]")
    assert invoke(["--data-dir", str(tmp_path), "bundles", "list"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "* should serve and cannot" in said
    assert "serves now" not in said


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everywhere")
def test_bundles_that_may_not_be_read_are_not_said_to_be_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "bundles"
    BundleStore(folder).publish({}, {"verdict": {"reason": "better"}}, "20260201-000000")
    folder.chmod(0)
    try:
        assert invoke(["--data-dir", str(tmp_path), "bundles", "list"]) == 1
    finally:
        folder.chmod(0o700)
    assert "the folder of bundles must be readable; check its rights" in complaint(capsys)
