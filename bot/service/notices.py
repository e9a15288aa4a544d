"""Answers to what is not a request: help, and everything the bot cannot read."""

from __future__ import annotations

from collections.abc import Callable

from bot.messages import Words, commands, notices, toasts
from bot.outgoing import Outgoing
from bot.service.service import Reply, Service, Turn, Visit, in_visit


def show_help(service: Service, turn: Turn) -> Reply:
    return service.answer(turn, lambda words: Reply((commands.help_text(words),)))


def unknown_command(service: Service, turn: Turn, nearest: str | None = None) -> Reply:
    """Say that there is no such command, and which one may be meant."""
    return service.answer(turn, lambda words: Reply((notices.unknown_command(words, nearest),)))


def private_only(service: Service, turn: Turn, chat_id: int) -> Reply:
    """Say in a group that the bot works in private chats."""
    return service.answer(turn, lambda words: Reply((notices.private_only(words),)), chat_id=chat_id)


def private_only_tap(service: Service, turn: Turn) -> Reply:
    """Say so to one who tapped a button in a group; only they see it."""
    return service.answer(turn, lambda words: Reply(toast=toasts.private_only(words)))


@in_visit
def say(visit: Visit, build: Callable[[Words], Outgoing]) -> Reply:
    """Answer a known person with one message."""
    return Reply((build(visit.words),))


@in_visit
def expired(visit: Visit) -> Reply:
    """Offer a fresh list in place of a button that leads nowhere."""
    return visit.expired()
