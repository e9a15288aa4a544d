"""Logging of the processes that stay: one line per event on stderr, no token and no word of a person in any of them."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

from bot.commands.errors import CommandError
from bot.delivery import redact_logs
from bot.logs.bareness import Bareness
from bot.logs.restraint import Restraint
from bot.pseudonyms import KEY_BYTES, Pseudonyms, load_pseudonyms
from bot.settings import Settings, SettingsError
from bot.storage import StorageError
from bot.tally import Tally
from recommender.domain import UserId
from recommender.errors import RecommenderError

TEXT: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"
# Whose DEBUG lines hold no more than ours do.
OURS: Final = ("bot", "recommender")
# What was handled, update by update: too much for people to read, unless they ask for it.
EVENTS: Final = "bot.events"
_TALKATIVE: Final = ("apscheduler", "telegram", "alembic", "uvicorn", "multipart", "python_multipart")


def set_up_logs(settings: Settings, *, level: int, tally: Tally) -> Restraint:
    """Log from `level` on; what libraries say about their own work only from WARNING on.

    Returns:
        What holds back lines that repeat, to be asked now and then for those it still owes.
    """
    as_json = settings.log == "json"
    handler = logging.StreamHandler()
    handler.setFormatter(_json_lines(settings) if as_json else logging.Formatter(TEXT))
    logging.basicConfig(level=max(level, logging.INFO), handlers=[handler], force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    if level > logging.DEBUG and not as_json:
        logging.getLogger(EVENTS).setLevel(logging.WARNING)
    for library in _TALKATIVE:
        logging.getLogger(library).setLevel(logging.WARNING)
    restraint = Restraint(tally.held_back)
    handler.addFilter(restraint)
    handler.addFilter(Bareness((StorageError, RecommenderError, SettingsError, CommandError)))
    secrets = (settings.telegram_token, settings.webhook_secret, settings.redis_url)
    redact_logs(*(secret.get_secret_value() for secret in secrets if secret is not None))
    return restraint


def _json_lines(settings: Settings) -> logging.Formatter:
    # Imported here: who reads the log as text needs none of it.
    from bot.logs.json_lines import JsonLines

    return JsonLines(name_people(settings.data_dir))


def name_people(data_dir: Path) -> Callable[[int], str]:
    """Return what the log calls people: by the installation's key, or by one of this process where none can be kept."""

    @cache
    def pseudonyms() -> Pseudonyms:
        try:
            return load_pseudonyms(data_dir)
        except OSError:
            return Pseudonyms(secrets.token_bytes(KEY_BYTES))

    return lambda person: pseudonyms().of(UserId(person))
