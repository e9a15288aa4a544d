"""Answers to inline queries and to calls as a guest."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.inline import Answer, inline_id
from bot.sandbox.methods.results import read_result, read_results
from bot.sandbox.parameters import Parameters
from bot.sandbox.world import World

Json = dict[str, Any]

OFFSET_LIMIT = 64  # bytes; Bot API, answerInlineQuery
START_PARAMETER, START_LIMIT = re.compile(r"[A-Za-z0-9_-]+"), 64
CACHE_TIME_S = 300  # Bot API, answerInlineQuery: the default
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


async def answer_inline_query(world: World, parameters: Parameters) -> bool:
    results = read_results(world, parameters.nested("results"))
    next_offset = parameters.text("next_offset")
    if len(next_offset.encode()) > OFFSET_LIMIT:
        raise bad_request("NEXT_OFFSET_INVALID")
    button = _button(parameters.nested("button"))
    query = world.inline.open_query(parameters.text("inline_query_id"))
    if query is None:
        raise bad_request(TOO_OLD)
    query.answer = Answer(
        results,
        next_offset,
        parameters.integer("cache_time", CACHE_TIME_S),
        parameters.flag("is_personal"),
        button,
    )
    world.chats.touch_all()
    world.changed.ring()
    return True


async def answer_guest_query(world: World, parameters: Parameters) -> Json:
    """Put one message into a chat that the bot is no member of."""
    given = parameters.nested("result")
    if given is None:
        raise bad_request("can't parse InlineQueryResult: Inline query result must be an object")
    result = read_result(world, given)
    query = world.inline.guests.pop(parameters.text("guest_query_id"), None)
    if query is None:
        raise bad_request(TOO_OLD)
    message = world.chats.add(
        query.chat_id,
        None,
        world.now(),
        result.content,
        keyboard=result.keyboard,
        photo=result.photo,
        document=result.document,
        other=result.other,
        reply_to=query.message_id,
        caller_id=query.user.id,
    )
    message = world.chats.put(replace(message, inline_id=inline_id(message.message_id)))
    world.changed.ring()
    return {"inline_message_id": message.inline_id}


def _button(given: Any) -> Json | None:
    """Return the button above the results, which leads into the private chat or a Mini App."""
    if given is None:
        return None
    if not isinstance(given, dict) or not isinstance(given.get("text"), str) or not given["text"]:
        raise bad_request("can't parse inline query results button: Can't find field \"text\"")
    if "web_app" not in given:
        _check_start_parameter(str(given.get("start_parameter", "")))
    return given


def _check_start_parameter(text: str) -> None:
    if not text:
        raise bad_request("can't use empty start_parameter")
    if len(text) > START_LIMIT:
        raise bad_request("too long start_parameter specified")
    if not START_PARAMETER.fullmatch(text):
        raise bad_request("unallowed characters in start_parameter are used")
