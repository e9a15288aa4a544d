"""Locks between processes: one holder each, and none is left behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.locks import LockHeldError, poller_lock, retrain_lock
from bot.settings import sqlite_url
from bot.storage.advisory import advisory_lock
from bot.storage.schema import has_leases
from tests.postgres import empty_schema


def test_a_second_lock_is_refused_and_the_two_kinds_do_not_meet(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    with poller_lock(tmp_path, url), retrain_lock(tmp_path, url):
        with pytest.raises(LockHeldError, match="only one bot may run here"), poller_lock(tmp_path, url):
            pass
        with pytest.raises(LockHeldError, match="only one training"), retrain_lock(tmp_path, url):
            pass
    with poller_lock(tmp_path, url):
        pass


def test_two_data_directories_on_one_sqlite_file_are_one_bot(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    url = f"sqlite:///{tmp_path}/shared/films.db"
    refused = pytest.raises(LockHeldError, match="only one bot may run here")
    with poller_lock(tmp_path / "a", url), refused, poller_lock(tmp_path / "b", url):
        pass
    with poller_lock(tmp_path / "b", url):
        pass


@pytest.mark.postgres
def test_two_data_directories_on_one_postgres_are_one_bot(tmp_path: Path) -> None:
    with empty_schema() as url:
        refused = pytest.raises(LockHeldError, match="held on the database")
        with poller_lock(tmp_path / "a", url), refused, poller_lock(tmp_path / "b", url):
            pass
        with poller_lock(tmp_path / "b", url):
            pass


@pytest.mark.postgres
def test_a_database_of_before_leases_is_migrated_unless_an_older_bot_runs_on_it(tmp_path: Path) -> None:
    older = pytest.raises(LockHeldError, match="by an older Reelmate")
    with empty_schema() as url:
        with advisory_lock(url, 0x7265656C01) as held:
            assert held
            with older, poller_lock(tmp_path, url):
                pass
        with poller_lock(tmp_path, url) as lease:
            assert lease is not None
            assert has_leases(url)


@pytest.mark.processes
def test_a_killed_holder_leaves_no_lock(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    hold = (
        "import sys, time, pathlib; from bot.locks import retrain_lock\n"
        f"with retrain_lock(pathlib.Path({str(tmp_path)!r}), {url!r}): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", hold]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(LockHeldError, match=f"process {holder.pid}"), retrain_lock(tmp_path, url):
            pass
        holder.kill()
    with retrain_lock(tmp_path, url):
        pass
