"""The end, for sure: a process that hangs at its end is gone all the same."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from bot.commands.run.ending import END_S

# Ends, and then hangs in a way that hears neither a signal nor the loop.
HANGING = """
import asyncio, sys, time
from bot.commands.run import ending
ending.END_S = 0.5

async def live():
    ended = asyncio.Event()
    watch = asyncio.create_task(ending.end_for_sure(ended, lambda: sys.argv[1] == "failed"))
    ended.set()
    await asyncio.sleep(0.1)
    time.sleep(60)

asyncio.run(live())
"""


@pytest.mark.processes
@pytest.mark.parametrize(("how", "code"), [("by signal", 0), ("failed", 1)])
def test_whatever_hangs_the_process_is_gone(how: str, code: int) -> None:
    began = time.monotonic()
    child = subprocess.run(
        [sys.executable, "-c", HANGING, how], capture_output=True, text=True, check=False, timeout=60
    )
    assert child.returncode == code
    assert "what is stored is replayed" in child.stderr
    assert time.monotonic() - began < 60
    assert END_S < 10, "Docker kills after ten seconds"
