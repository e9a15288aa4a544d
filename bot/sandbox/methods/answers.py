"""Answers to taps on inline buttons."""

from __future__ import annotations

from dataclasses import replace

from bot.sandbox.chats import Toast
from bot.sandbox.errors import bad_request
from bot.sandbox.parameters import Parameters
from bot.sandbox.spans import utf16_length
from bot.sandbox.world import World

TOAST_LIMIT = 200  # UTF-16 units; Bot API, answerCallbackQuery


async def answer_callback_query(world: World, parameters: Parameters) -> bool:
    """Show a toast or an alert to the person who tapped; each tap is answered once."""
    text = parameters.text("text")
    if utf16_length(text) > TOAST_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    query = world.queries.pop(parameters.text("callback_query_id"), None)
    if query is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    shown = Toast(query.chat_id, query.user_id, query.update_id, text, world.clock())
    world.chats.toast(replace(shown, is_alert=parameters.flag("show_alert"), url=parameters.text("url")))
    world.changed.ring()
    return True
