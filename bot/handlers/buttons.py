"""Taps: which use case a button leads to, and what happens to a tap that means nothing any more."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any, get_type_hints

from telegram import Update
from telegram.constants import ChatType

from bot.callbacks import Action, decode
from bot.handlers.context import Context, Handler, turn_of
from bot.service import notices
from bot.service.service import Reply, Service, Turn

WithAction = Callable[[Service, Turn, Any], Reply]


def by_action(*use_cases: WithAction) -> Mapping[type[Action], WithAction]:
    """Return the use cases by the action that each of them takes."""
    table: dict[type[Action], WithAction] = {}
    for use_case in use_cases:
        action = _action_of(use_case)
        if action in table:
            raise ValueError(f"a button leads to one use case. Received: two for {action.__name__}")
        table[action] = use_case
    return table


def tapping(
    buttons: Mapping[type[Action], WithAction],
    in_groups: Collection[type[Action]],
    drawn_anew: Collection[type[Action]] = (),
) -> Handler:
    """Return the handler of every tap; those in groups are few.

    Args:
        drawn_anew: draw all of their message with every tap, so that of several in a row the last need draw it.
    """

    async def tap(update: Update, context: Context) -> None:
        """Do what the tapped button means; unknown, forged or truncated data means that it has expired."""
        query = update.callback_query
        chat = update.effective_chat
        action = decode(query.data) if query else None
        if query is None or chat is None or (chat.type != ChatType.PRIVATE and type(action) not in in_groups):
            await context.serve(update, notices.private_only_tap)
        elif action is None:
            await context.serve(update, notices.expired)
        else:
            turn = turn_of(update)
            if type(action) in drawn_anew:
                turn = replace(turn, is_overtaken=context.wiring.is_overtaken(update))
            await context.serve_turn(update, turn, buttons[type(action)], action)

    return tap


def _action_of(use_case: WithAction) -> type[Action]:
    hints = get_type_hints(use_case).values()
    [action] = (hint for hint in hints if isinstance(hint, type) and issubclass(hint, Action))
    return action
