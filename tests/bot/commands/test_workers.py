"""Tasks in processes beside: none outlives the process that asked for it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

DEADLINE_S = 120.0


def wait_until(is_so: Callable[[], bool]) -> None:
    ends = time.monotonic() + DEADLINE_S
    while not is_so():
        assert time.monotonic() < ends
        time.sleep(0.05)


@pytest.mark.processes
def test_no_process_outlives_the_one_that_asked_even_if_that_is_killed(tmp_path: Path) -> None:
    asking = subprocess.Popen([sys.executable, "-m", "tests.bot.commands.idle", str(tmp_path)])
    wait_until(lambda: len(list(tmp_path.glob("*.pid"))) == 2)
    working = [psutil.Process(int(file.stem)) for file in tmp_path.glob("*.pid")]
    asking.kill()
    asking.wait()
    wait_until(lambda: not any(process.is_running() and process.status() != "zombie" for process in working))
