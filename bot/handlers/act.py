"""An act: one run of the handlers on one update, as the log and the metrics hear of it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final

from telegram import Update

from bot.tally import Tally

events = logging.getLogger("bot.events")

NO_USE_CASE: Final = "none"


@dataclass(slots=True)
class Act:
    """What is known of it so far; the handlers fill it in."""

    handler: str = NO_USE_CASE
    outcome: str = "done"


_act: ContextVar[Act | None] = ContextVar("act", default=None)


@contextmanager
def noted(update: object, tally: Tally, bundle: Callable[[], str]) -> Iterator[None]:
    """Count and log what the block does with an update, how long it takes and which model is there."""
    act, began = Act(), time.perf_counter()
    token = _act.set(act)
    try:
        yield
    finally:
        _act.reset(token)
        if isinstance(update, Update):
            _note(act, update, tally, seconds=time.perf_counter() - began, bundle=bundle)


def use_case_of(use_case: Callable[..., Any]) -> None:
    """Say which use case the current update leads to."""
    act = _act.get()
    if act is not None:
        act.handler = getattr(use_case, "__name__", NO_USE_CASE)


async def note_failure(_update: object, _context: object) -> None:
    """Say that the current update's handler failed; registered as an error handler."""
    act = _act.get()
    if act is not None:
        act.outcome = "failed"


def _note(act: Act, update: Update, tally: Tally, *, seconds: float, bundle: Callable[[], str]) -> None:
    kind = _kind_of(update)
    tally.updates.add(kind, act.outcome)
    tally.handlers.add(seconds, act.handler)
    if events.isEnabledFor(logging.INFO):
        told = {
            "update_id": update.update_id,
            "kind": kind,
            # Who types in some chat may never have spoken to the bot.
            "person": update.effective_user.id if update.effective_user and kind != "inline_query" else None,
            "handler": act.handler,
            "outcome": act.outcome,
            "bundle": bundle(),
            "ms": round(1000 * seconds, 1),
        }
        events.info("update handled", extra=told)


def _kind_of(update: Update) -> str:
    if update.callback_query is not None:
        return "callback_query"
    if update.inline_query is not None:
        return "inline_query"
    if update.edited_message is not None:
        return "edited_message"
    return "message" if update.message is not None else "other"
