"""Redaction: no token in any log line, whoever writes it."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Final

from bot.addresses import HIDDEN, TOKEN

# They log every URL at INFO, and the token is part of it.
_TALKATIVE: Final = ("httpx", "httpcore")


class Redaction(logging.Filter):
    """Replaces tokens in a record's text and traceback before a handler sees them."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._secrets = sorted((secret for secret in secrets if secret), key=len, reverse=True)

    def hide(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return TOKEN.sub(HIDDEN, text)

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = self.hide(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self.hide(record.exc_text)
            record.exc_info = None
        if record.stack_info:
            record.stack_info = self.hide(record.stack_info)
        return True


def redact_logs(*secrets: str) -> None:
    """Put a redaction on every handler of every logger there is, and silence the loggers that print URLs.

    Call it after logging is set up.
    """
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    redaction = Redaction(secrets)
    for handler in _handlers():
        handler.addFilter(redaction)


def _handlers() -> set[logging.Handler]:
    loggers = [logging.getLogger(), *map(logging.getLogger, list(logging.root.manager.loggerDict))]
    last_resort = [logging.lastResort] if logging.lastResort is not None else []
    return {handler for logger in loggers for handler in logger.handlers} | set(last_resort)
