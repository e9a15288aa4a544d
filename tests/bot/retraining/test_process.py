"""The process that trains: where it can start, and what it leaves when it ends."""

from __future__ import annotations

import sys

import pytest

from bot.retraining.process import NICENESS, Ended, TrainingProcess, retrain_command
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


@pytest.mark.parametrize(
    ("errors", "said"), [(b"", "exit code -9"), (b" \n", "exit code -9"), (b"first\nlast \n", "last")]
)
def test_a_complaint_is_the_last_line(errors: bytes, said: str) -> None:
    assert Ended(-9, b"", errors).complaint == said
