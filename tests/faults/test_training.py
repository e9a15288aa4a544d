"""A first model is trained beside a bot that serves already, and the bot's end ends that without a word of failure."""

from __future__ import annotations

import psutil
import pytest

from bot.jobs import FIRST_LOOK_AFTER
from bot.retraining.process import can_train
from tests.faults.bots import END_S, Bots, seconds_to_end
from tests.sim import Sim

pytestmark = [pytest.mark.faults, pytest.mark.processes]

ADA, OPERATOR = 7, 9
SOON_S = FIRST_LOOK_AFTER.total_seconds() + 30


def trainings(bot: int) -> list[psutil.Process]:
    return [child for child in psutil.Process(bot).children() if "retrain" in child.cmdline()]


@pytest.mark.skipif(not can_train(), reason="the train extra is absent")
def test_a_first_start_trains_soon_and_sigterm_ends_both_in_silence(bots: Bots, sim: Sim) -> None:
    sim.message(OPERATOR, "/start")
    process = bots.ready(RETRAIN_EVERY="24h", OPERATOR_CHAT=str(OPERATOR))
    sim.until(lambda: trainings(process.pid), within_s=SOON_S, what="a training of its own")
    (training,) = trainings(process.pid)
    sim.message(ADA, "/help")
    sim.until_text(ADA, "/recommend")
    assert seconds_to_end(process) < END_S
    psutil.wait_procs([training], timeout=END_S)
    assert not training.is_running()
    assert "the training was ended before it was done" in bots.said()
    with bots.store() as store:
        waiting = store.read(lambda tx: [letter.outgoing.text for letter in tx.outbox.waiting()])
    told = [message["text"] for message in sim.from_bot(OPERATOR)] + waiting
    assert not [text for text in told if "failed" in text], told
