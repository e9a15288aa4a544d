"""The process that trains: where it can start, and what it leaves when it ends."""

from __future__ import annotations

import sys

import pytest

from bot.retraining.process import GRACE_S, NICENESS, Ended, TrainingProcess, retrain_command
from bot.settings import Settings

# Its priority is set once it runs, so it waits for that.
COMPLAINING = """
import os, sys, time
deadline = time.monotonic() + 20
while os.nice(0) < int(sys.argv[1]) and time.monotonic() < deadline:
    time.sleep(0.01)
print("below the rest" if os.nice(0) >= int(sys.argv[1]) else "as high as the rest")
sys.exit("no corpus")
"""


def test_without_the_train_extra_the_schedule_is_off(settings: Settings) -> None:
    assert retrain_command(settings, find=lambda name: None) is None
    command = retrain_command(settings, find=lambda name: name)
    assert command is not None
    assert command[-2:] == ["retrain", "--json"]


@pytest.mark.processes
async def test_it_runs_below_everything_else_and_keeps_what_was_said() -> None:
    training = TrainingProcess()
    ended = await training.run((sys.executable, "-c", COMPLAINING, str(NICENESS)))
    assert (ended.code, ended.output, ended.complaint) == (1, b"below the rest\n", "no corpus")
    assert not training.is_running


@pytest.mark.processes
async def test_one_that_outstays_its_time_is_ended_from_outside() -> None:
    ended = await TrainingProcess().run((sys.executable, "-c", "import time; time.sleep(60)"), 0.2 - GRACE_S)
    assert ended.complaint == "a training must end within -30 s. Received: one that is still at it"
    assert not ended.was_killed


def test_what_the_system_killed_is_told_from_what_we_ended() -> None:
    assert Ended(-9, b"", b"").was_killed
    assert not Ended(-9, b"", b"", stopped=True).was_killed
    assert not Ended(1, b"", b"").was_killed


@pytest.mark.parametrize(
    ("errors", "said"), [(b"", "exit code -9"), (b" \n", "exit code -9"), (b"first\nlast \n", "last")]
)
def test_a_complaint_is_the_last_line(errors: bytes, said: str) -> None:
    assert Ended(-9, b"", errors).complaint == said
