"""When the bot trains by itself: the interval is over, and enough was rated by people who consent."""

from __future__ import annotations

from typing import Final

from bot.settings import Settings
from bot.storage import Tx

RETRAINING: Final = "retrain"


def claim_training(tx: Tx, settings: Settings) -> bool:
    """Take the turn to train, if it has come; the first one comes an interval after the first start."""
    next_run_at = tx.now + settings.retrain_every
    known = tx.schedules.get(RETRAINING)
    if known is None or known.next_run_at is None:
        tx.schedules.plan(RETRAINING, next_run_at)
        return False
    if tx.ratings.count_for_training(known.last_run_at) < settings.retrain_min_ratings:
        return False
    return tx.schedules.claim(RETRAINING, next_run_at=next_run_at)
