"""The command line: light help, one-line failures, exit codes, and the keys of every --json object."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import invoke
from bot.commands.checks_of_storage import check_bundles
from bot.sandbox import running
from bot.settings import PREFIX, load_settings
from recommender.ranking.bundle import BundleStore

HEAVY = ("sqlalchemy", "telegram", "numpy", "pandas", "tensorflow", "keras", "onnxruntime", "matplotlib", "pydantic")


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)


@pytest.fixture
def migrated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert invoke(["--data-dir", str(tmp_path), "migrate"]) == 0
    capsys.readouterr()
    return tmp_path


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data directory with the starter catalogue and its simulated ratings."""
    folder = tmp_path_factory.mktemp("filled")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(PREFIX)]:
            patch.delenv(name)
        assert invoke(["--data-dir", str(folder), "import", "starter"]) == 0
    return folder


def complaint(capsys: pytest.CaptureFixture[str]) -> str:
    """Return the one line on stderr."""
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1, lines
    assert lines[0].startswith("reelmate: ")
    return lines[0]


def test_help_is_light() -> None:
    script = (
        "import sys; from bot.__main__ import invoke; invoke(['--help']); "
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    child = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert child.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    "arguments", [["bogus"], ["doctor", "--bogus"], ["sandbox", "--port", "70000"], ["sandbox", "x"]]
)
def test_wrong_usage_is_one_line_and_exit_code_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(arguments) == 2
    assert "reelmate --help" in complaint(capsys)


def test_migrate_twice_changes_nothing_the_second_time(migrated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["--data-dir", str(migrated), "migrate"]) == 0
    assert "up to date" in capsys.readouterr().out


def test_a_wrong_database_url_names_its_variable(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REELMATE_DATABASE_URL", "mysql://localhost/films")
    assert invoke(["--data-dir", str(tmp_path), "migrate"]) == 1
    assert "REELMATE_DATABASE_URL" in complaint(capsys)


def test_an_unreachable_database_hides_the_password(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REELMATE_DATABASE_URL", "postgresql://me:hunter2@127.0.0.1:1/films")
    assert invoke(["--data-dir", str(tmp_path), "migrate"]) == 1
    assert "hunter2" not in complaint(capsys)


def test_a_database_newer_than_the_code_is_refused(migrated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect(migrated / "reelmate.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    assert invoke(["--data-dir", str(migrated), "migrate"]) == 1
    assert "newer" in complaint(capsys)


def test_a_data_directory_that_cannot_be_made_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("in the way")
    assert invoke(["--data-dir", str(tmp_path / "file" / "data"), "migrate"]) == 1
    assert "--data-dir" in complaint(capsys)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_data_directory_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_path.chmod(0o500)
    assert invoke(["--data-dir", str(tmp_path), "migrate"]) == 1
    assert "writable" in complaint(capsys)


def test_a_bad_setting_names_its_variable(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REELMATE_RETRAIN_EVERY", "soon")
    assert invoke(["--data-dir", str(tmp_path), "migrate"]) == 1
    assert "REELMATE_RETRAIN_EVERY" in complaint(capsys)


def test_a_port_in_use_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with running() as server:
        port = server.url.rpartition(":")[2]
        assert invoke(["sandbox", "--port", port]) == 1
    assert complaint(capsys).endswith("). Choose another with --port.")


def test_debug_lets_the_trace_through(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REELMATE_DATABASE_URL", "mysql://localhost/films")
    with pytest.raises(Exception, match="REELMATE_DATABASE_URL"):
        invoke(["--data-dir", str(tmp_path), "--debug", "migrate"])


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
    assert all(finding["advice"] for finding in report["findings"] if finding["state"] == "fault")
    assert "hunter2" not in text


def test_importing_the_starter_catalogue_again_changes_nothing(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert invoke(["--data-dir", str(filled), "import", "starter"]) == 0
    assert "nothing changed" in capsys.readouterr().out


def test_a_broken_release_is_one_line_with_its_file(
    migrated: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "release"
    folder.mkdir()
    (folder / "movies.csv").write_text("movieId,title,genres\n1,Heat (1995),Crime\n")
    (folder / "ratings.csv").write_text("userId,movieId,rating,timestamp\n1,1,9.0,1\n")
    assert invoke(["--data-dir", str(migrated), "import", "movielens", str(folder)]) == 1
    last = capsys.readouterr().err.splitlines()[-1]
    assert "ratings.csv, line 2" in last


def test_recommend_keeps_its_keys_and_reads_titles_forgivingly(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["--genres", "sci-fi,Drama", "--liked", "alein (1979)", "--disliked", "Titanic", "-k", "3", "--json"]
    assert invoke(["--data-dir", str(filled), "recommend", *asked]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert set(answer) == {"schema_version", "version", "genres", "ratings", "recommendations"}
    assert answer["genres"] == ["Sci-Fi", "Drama"]
    assert [rating["title"] for rating in answer["ratings"]] == ["Alien (1979)", "Titanic (1997)"]
    assert len(answer["recommendations"]) == 3
    assert set(answer["recommendations"][0]) == {
        *("place", "movie_id", "title", "year", "genres", "score", "like_probability"),
        *("because_movie_id", "because_genre", "slot"),
    }


def test_recommend_turns_to_little_known_films(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lists = []
    for novelty in ("0", "1"):
        assert invoke(["--data-dir", str(filled), "recommend", "-k", "5", "--novelty", novelty, "--json"]) == 0
        lists.append([film["movie_id"] for film in json.loads(capsys.readouterr().out)["recommendations"]])
    assert len(lists[1]) == 5
    assert lists[0] != lists[1]
    assert invoke(["--data-dir", str(filled), "recommend", "--novelty", "2"]) == 2


@pytest.mark.parametrize(
    ("asked", "said"),
    [(["--genres", "Noir"], "Film-Noir"), (["--liked", "Xyzzy the Unfilmed"], "Xyzzy"), (["--liked", ""], "catalogue")],
)
def test_recommend_names_what_it_does_not_know(
    asked: list[str], said: str, filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert invoke(["--data-dir", str(filled), "recommend", *asked]) == 1
    assert said in complaint(capsys)


@pytest.mark.parametrize("folder_is_there", [False, True])
def test_recommend_without_films_says_what_to_import(
    folder_is_there: bool, migrated: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = migrated if folder_is_there else tmp_path / "nowhere"
    assert invoke(["--data-dir", str(folder), "recommend"]) == 1
    assert "import starter" in complaint(capsys)


def test_evaluate_keeps_its_keys_and_calls_simulated_people_so(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["--rankers", "most_popular,popular_in_genres", "--folds", "1"]
    assert invoke(["--data-dir", str(filled), "evaluate", *asked, "--json"]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert set(answer) == {
        *("schema_version", "corpus", "simulated", "data", "seeds", "versions", "git_commit", "seconds"),
        *("folds", "people", "rungs", "rankers", "differences"),
    }
    assert answer["simulated"] is True
    assert set(answer["rankers"]["most_popular"]) == {
        *("ndcg", "recall", "hit", "mrr", "novelty", "coverage", "mean_over_rungs", "settings")
    }
    assert len(answer["rankers"]["popular_in_genres"]["ndcg"]) == len(answer["rungs"])
    assert set(answer["rankers"]["popular_in_genres"]["ndcg"][0]) == {"mean", "standard_error"}


def test_evaluate_names_the_rankers_there_are(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["--data-dir", str(filled), "evaluate", "--rankers", "oracle"]) == 1
    assert "popular_in_genres" in complaint(capsys)


def test_run_without_a_token_says_where_to_get_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["--data-dir", str(tmp_path / "data"), "run"]) == 1
    assert "REELMATE_TELEGRAM_TOKEN" in complaint(capsys)
    assert not (tmp_path / "data").exists()


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
    assert answer == {"schema_version": 1, "before": "20260201-000000", "current": "20260101-000000"}
    assert invoke(["--data-dir", str(tmp_path), "bundles", "rollback"]) == 1
    assert "older bundle" in complaint(capsys)


def test_a_bundle_that_fails_its_checksum_is_a_fault_with_a_way_out(tmp_path: Path) -> None:
    store = BundleStore(tmp_path / "bundles")
    store.publish({"tables.npz": b"whole"}, {}, "20260101-000000")
    (tmp_path / "bundles" / "20260101-000000" / "tables.npz").write_bytes(b"other")
    finding = next(check_bundles(load_settings(data_dir=tmp_path)))
    assert finding.state == "fault"
    assert "checksum" in finding.advice
    assert "rollback" in finding.advice


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--model", "oracle"], "--model must be one of"),
        (["--compare", "wide_deep,oracle"], "Received: oracle"),
        (["--compare", " , "], "Received: nothing"),
    ],
)
def test_retrain_names_the_models_there_are(
    asked: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert invoke(["--data-dir", str(tmp_path), "retrain", *asked]) == 1
    line = complaint(capsys)
    assert said in line
    assert "embedding_mlp" in line


def test_compare_without_names_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["--data-dir", str(tmp_path), "retrain", "--compare"]) == 2
    assert "--compare" in complaint(capsys)


def test_an_incremental_training_takes_no_other_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert invoke(["--data-dir", str(tmp_path), "retrain", "--incremental", "--model", "mf"]) == 1
    assert "--incremental goes on from the serving model alone" in complaint(capsys)
