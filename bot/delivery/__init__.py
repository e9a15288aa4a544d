"""Delivery: the durable inbox, the lanes of the people, and the one sender."""

from bot.delivery.delivery import Delivery
from bot.delivery.health import Health
from bot.delivery.processor import Apology
from bot.delivery.redaction import redact_logs

__all__ = ["Apology", "Delivery", "Health", "redact_logs"]
