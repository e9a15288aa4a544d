"""Native polls: asking them and ending them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from bot.sandbox.entities import FormattedText
from bot.sandbox.errors import bad_request
from bot.sandbox.markup import read_keyboard
from bot.sandbox.methods.sending import send
from bot.sandbox.methods.targets import chat_of, message_of
from bot.sandbox.methods.texts import formatted
from bot.sandbox.parameters import Parameters
from bot.sandbox.polls import Poll
from bot.sandbox.world import World

Json = dict[str, Any]

# Bot API 10.0, sendPoll; question and options count characters, as TDLib's PollOption.cpp does.
OPTIONS_LIMIT, QUESTION_LIMIT, OPTION_LIMIT, EXPLANATION_LIMIT = 12, 300, 100, 200


async def send_poll(world: World, parameters: Parameters) -> Json:
    chat = chat_of(world, parameters)
    poll = _poll(world, parameters)
    world.polls.keep(poll)
    sent = send(world, parameters, chat, FormattedText(""), poll_id=poll.poll_id)
    _close_in_time(world, parameters, poll)
    return sent


async def stop_poll(world: World, parameters: Parameters) -> Json:
    message = message_of(world, parameters, chat_of(world, parameters), "stop", what="message with poll")
    if not message.poll_id:
        raise bad_request("message is not a poll")
    if message.sender_id is not None or message.origin:
        raise bad_request("poll can't be stopped")
    poll = world.polls.by_id[message.poll_id]
    if poll.is_closed:
        raise bad_request("poll has already been closed")
    world.chats.put(replace(message, keyboard=read_keyboard(parameters)))
    world.close_poll(poll)
    return poll.to_json()


def _poll(world: World, parameters: Parameters) -> Poll:
    question = formatted(parameters, "question", "question_entities", "question_parse_mode")
    if not question.text:
        raise bad_request("text must be non-empty")
    if len(question.text) > QUESTION_LIMIT:
        raise bad_request(f"poll question length must not exceed {QUESTION_LIMIT}")
    options = _options(parameters)
    kind = parameters.text("type", "regular")
    if kind not in ("regular", "quiz"):
        raise bad_request("unsupported poll type specified")
    is_quiz = kind == "quiz"
    return Poll(
        poll_id=world.new_id(),
        question=question.text,
        options=options,
        is_anonymous="is_anonymous" not in parameters or parameters.flag("is_anonymous"),
        is_quiz=is_quiz,
        has_several_answers=parameters.flag("allows_multiple_answers"),
        has_second_thoughts=parameters.flag("allows_revoting") if "allows_revoting" in parameters else not is_quiz,
        hides_results=parameters.flag("hide_results_until_closes"),
        correct=_correct(parameters, len(options)) if is_quiz else (),
        extra=_extra(parameters, is_quiz=is_quiz),
        is_closed=parameters.flag("is_closed"),
    )


def _options(parameters: Parameters) -> tuple[str, ...]:
    given = parameters.nested("options")
    if not isinstance(given, list):
        raise bad_request("expected an Array of String as options")
    options = tuple(_option(one) for one in given)
    if not options:
        raise bad_request("poll must have at least one answer option")
    if len(options) > OPTIONS_LIMIT:
        raise bad_request(f"poll can't have more than {OPTIONS_LIMIT} options")
    if not all(options):
        raise bad_request("text must be non-empty")
    if any(len(option) > OPTION_LIMIT for option in options):
        raise bad_request(f"poll options length must not exceed {OPTION_LIMIT}")
    return options


def _option(given: Any) -> str:
    if isinstance(given, str):
        return given.strip()
    if not isinstance(given, dict) or "text" not in given:
        raise bad_request("can't parse poll option: expected an Object")
    return formatted(Parameters(given), "text", "text_entities", "text_parse_mode").text


def _correct(parameters: Parameters, count: int) -> tuple[int, ...]:
    given = parameters.nested("correct_option_ids")
    if given is None and parameters.text("correct_option_id"):
        given = [parameters.integer("correct_option_id", -1)]
    if not isinstance(given, list) or not given or any(type(one) is not int or not 0 <= one < count for one in given):
        raise bad_request("wrong correct option ID specified")
    return tuple(sorted(given))


def _extra(parameters: Parameters, *, is_quiz: bool) -> Json:
    extra: Json = {}
    explanation = formatted(parameters, "explanation", "explanation_entities", "explanation_parse_mode")
    if explanation.length > EXPLANATION_LIMIT:
        raise bad_request(f"poll quiz explanation length must not exceed {EXPLANATION_LIMIT}")
    if is_quiz and explanation.text:
        extra["explanation"] = explanation.text
    if parameters.text("description"):
        extra["description"] = formatted(
            parameters, "description", "description_entities", "description_parse_mode"
        ).text
    extra |= {name: parameters.integer(name) for name in ("open_period", "close_date") if parameters.text(name)}
    return extra


def _close_in_time(world: World, parameters: Parameters, poll: Poll) -> None:
    """End the poll by itself where it was asked for a time only."""
    open_for_s = parameters.integer("open_period")
    if parameters.text("close_date"):
        open_for_s = parameters.integer("close_date") - world.now()
    if open_for_s > 0:
        asyncio.get_running_loop().call_later(open_for_s, world.close_poll, poll)
