"""A training that takes more than it may of memory, time or disk."""

from __future__ import annotations

import queue
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ByteSize

from bot.retraining.limits import Usage, find_breach, limited, require_room
from bot.settings import Settings
from recommender.errors import TrainingError

MODEST = Usage(memory=10**8, seconds=60, free_disk=10**10)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings with limits on everything."""
    return Settings(data_dir=tmp_path, retrain_memory=ByteSize(10**9), retrain_time=timedelta(hours=1))


def test_within_its_limits_nothing_is_said(settings: Settings) -> None:
    assert find_breach(settings, MODEST) is None


@pytest.mark.parametrize(
    ("usage", "sentence"),
    [
        (
            replace(MODEST, memory=2 * 10**9),
            "a training must stay within 1000 MB of memory, as REELMATE_RETRAIN_MEMORY says. Received: 2000 MB",
        ),
        (
            replace(MODEST, seconds=3601.0),
            "a training must end within 3600 s, as REELMATE_RETRAIN_TIME says. Received: 3601 s",
        ),
        (
            replace(MODEST, free_disk=10**8),
            "a training must leave 256 MB of disk free, as REELMATE_RETRAIN_DISK says. Received: 100 MB",
        ),
    ],
)
def test_each_limit_has_its_sentence(settings: Settings, usage: Usage, sentence: str) -> None:
    assert find_breach(settings, usage) == sentence


def test_without_a_limit_any_memory_will_do(tmp_path: Path) -> None:
    assert find_breach(Settings(data_dir=tmp_path), replace(MODEST, memory=10**15)) is None


def test_a_bundle_without_room_is_refused_before_it_is_written(settings: Settings) -> None:
    require_room(settings, 0)
    with pytest.raises(TrainingError, match=r"must leave 256 MB of disk free beside its bundle of 10{12} MB"):
        require_room(settings, 10**18)


def test_a_breach_is_noticed_while_it_runs_and_told_once(tmp_path: Path) -> None:
    breaches: queue.Queue[str] = queue.Queue()
    with limited(Settings(data_dir=tmp_path, retrain_memory=ByteSize(1)), breaches.put):
        assert "REELMATE_RETRAIN_MEMORY" in breaches.get(timeout=20)
    assert breaches.empty()


HUNGRY = """
import sys
from pathlib import Path
from pydantic import ByteSize
from bot.locks import retrain_lock
from bot.retraining.limits import limited
from bot.settings import Settings

settings = Settings(data_dir=Path(sys.argv[1]), retrain_memory=ByteSize(300_000_000))
with limited(settings), retrain_lock(settings.data_dir, settings.database_url):
    held = []
    for _ in range(10_000):
        held.append(bytearray(b"x" * 5_000_000))
"""


@pytest.mark.processes
def test_a_process_that_takes_too_much_ends_with_one_line(tmp_path: Path) -> None:
    started = time.monotonic()
    command = [sys.executable, "-c", HUNGRY, str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert ended.stderr.startswith("reelmate: a training must stay within 300 MB of memory")
    assert time.monotonic() - started < 100
