"""Delivery: the durable inbox, the lanes of the people, the one sender, and the locks between processes."""

from bot.delivery.delivery import Delivery
from bot.delivery.health import Health
from bot.delivery.locks import LockHeldError, poller_lock, retrain_lock
from bot.delivery.processor import Apology
from bot.delivery.redaction import redact_logs

__all__ = ["Apology", "Delivery", "Health", "LockHeldError", "poller_lock", "redact_logs", "retrain_lock"]
