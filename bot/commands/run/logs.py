"""Logging of the processes that stay: one line per event on stderr, no token in any of them."""

from __future__ import annotations

import logging

from bot.delivery import redact_logs
from bot.settings import Settings


def set_up_logs(settings: Settings, *, level: int) -> None:
    """Log from `level` on; what libraries say about their own work only from WARNING on, unless debugging."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True)
    if level > logging.DEBUG:
        for library in ("apscheduler", "telegram", "alembic", "uvicorn"):
            logging.getLogger(library).setLevel(logging.WARNING)
    secrets = (settings.telegram_token, settings.webhook_secret)
    redact_logs(*(secret.get_secret_value() for secret in secrets if secret is not None))
