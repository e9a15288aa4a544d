"""When the bot trains by itself: the interval is over, and enough was rated by people who consent."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Final

from bot.settings import Settings
from bot.storage import Tx

log = logging.getLogger(__name__)

RETRAINING: Final = "retrain"
# After a training that was ended from outside: the next start is meant, or somebody's second thought.
AGAIN_AFTER: Final = timedelta(minutes=15)


def claim_training(tx: Tx, settings: Settings) -> bool:
    """Take the turn to train, if it has come; the first one comes an interval after the first start."""
    if settings.retrain_every is None:
        return False
    if tx.schedules.mend(RETRAINING, settings.retrain_every):
        log.warning("the next training was planned too far ahead, as by a clock that was wrong: it is due now")
    next_run_at = tx.now + settings.retrain_every
    known = tx.schedules.get(RETRAINING)
    if known is None or known.next_run_at is None:
        tx.schedules.plan(RETRAINING, next_run_at)
        log.info("the first training by schedule is planned for %s", next_run_at.isoformat(timespec="minutes"))
        return False
    if tx.ratings.count_for_training(known.last_run_at) < settings.retrain_min_ratings:
        return False
    return tx.schedules.claim(RETRAINING, next_run_at=next_run_at)


def claim_first_training(tx: Tx, settings: Settings) -> bool:
    """Take the turn to train a first model, at once and whatever was rated; the schedule goes on from here."""
    if settings.retrain_every is None:
        return False
    tx.schedules.plan(RETRAINING, tx.now)
    return tx.schedules.claim(RETRAINING, next_run_at=tx.now + settings.retrain_every)


def plan_again(tx: Tx) -> None:
    """Plan what was ended from outside for soon."""
    tx.schedules.plan(RETRAINING, tx.now + AGAIN_AFTER)
