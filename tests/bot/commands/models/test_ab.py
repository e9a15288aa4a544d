"""`reelmate ab`: two published models side by side, begun, told and ended."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import invoke
from bot.pseudonyms import load_pseudonyms
from bot.service.assignment import meets_challenger
from bot.settings import sqlite_url
from bot.storage import CatalogueMovie, Store, Tx, migrate
from recommender.domain import MovieId, Recommendation, UserId
from recommender.ranking.bundle import BundleStore
from recommender.ranking.challenge import read_challenge
from tests.bot.commands.complaint import complaint
from tests.recommender.contract import contract_corpus
from tests.recommender.tiny import tiny_files, tiny_manifest

OLD, NEW = "20260101-000000", "20260201-000000"
FILM = MovieId(contract_corpus().movies[0].id)


def ab(folder: Path, *words: str) -> int:
    return invoke(["--data-dir", str(folder), "ab", *words])


def told(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    capsys.readouterr()
    assert ab(folder, *words, "--json") == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def show(tx: Tx, person: UserId, version: str) -> None:
    tx.people.ensure(person)
    tx.impressions.add(person, 1, 0, [Recommendation(FILM, 1.0, 0.5)], version=version)


@pytest.mark.tensorflow
def test_a_challenge_is_begun_told_and_ended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bundles = BundleStore(tmp_path / "bundles")
    for version in (OLD, NEW):
        bundles.publish(tiny_files(), tiny_manifest(), version)
    migrate(sqlite_url(tmp_path))
    begun = told(tmp_path, capsys, "start", OLD, "--share", "0.4")["challenge"]
    assert (begun["champion"], begun["challenger"], begun["share"]) == (NEW, OLD, 0.4)
    assert ab(tmp_path, "start", OLD) == 1
    assert "must end the challenge that is on" in complaint(capsys)
    challenge = read_challenge(bundles.folder)
    assert challenge is not None
    pseudonyms = load_pseudonyms(tmp_path)
    with Store(sqlite_url(tmp_path), clock=lambda: challenge.began_at + timedelta(hours=1)) as store:
        store.write(lambda tx: tx.movies.upsert_all([CatalogueMovie(contract_corpus().movies[0])])).result()
        for number in range(1, 41):
            person = UserId(number)
            version = OLD if meets_challenger(person, challenge, pseudonyms) else NEW
            store.write(partial(show, person=person, version=version)).result()
    status = told(tmp_path, capsys, "status")
    assert (status["verdict"], status["enough"]) == ("wait", 200)
    sides = status["sides"]
    assert sides["challenger"]["people"] + sides["champion"]["people"] == 40
    assert 6 < sides["challenger"]["people"] < 26
    assert ab(tmp_path, "status") == 0
    said = " ".join(capsys.readouterr().out.split())
    assert f"{OLD} serves 40% of people" in said
    assert "No verdict yet." in said
    capsys.readouterr()
    assert invoke(["--data-dir", str(tmp_path), "stats", "--json"]) == 0
    experiment = json.loads(capsys.readouterr().out)["statistics"]["experiment"]
    assert experiment["challenge"] == begun
    assert experiment["newer"]["bundle"] == OLD
    assert told(tmp_path, capsys, "stop") == {"schema_version": 2, "challenge": None, "current": NEW}
    assert told(tmp_path, capsys, "status")["challenge"] is None


def test_what_cannot_serve_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ab(tmp_path, "start", OLD) == 1
    assert "another model that serves" in complaint(capsys)
    bundles = BundleStore(tmp_path / "bundles")
    for version in (OLD, NEW):
        bundles.publish({}, {}, version)
    for challenger, wanted in (
        (NEW, "another model that serves"),
        ("20250101-000000", "must hold manifest.json"),
        (OLD, "must hold"),
    ):
        assert ab(tmp_path, "start", challenger) == 1
        assert wanted in complaint(capsys)
    assert read_challenge(bundles.folder) is None
    assert ab(tmp_path, "start", OLD, "--share", "1.5") == 2
    capsys.readouterr()
    assert ab(tmp_path, "status") == 0
    assert "One model serves everybody" in " ".join(capsys.readouterr().out.split())


def test_an_end_without_a_beginning_is_no_failure_where_nothing_was_ever_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(tmp_path, capsys, "stop") == {"schema_version": 2, "challenge": None, "current": None}
    assert list(tmp_path.iterdir()) == []
