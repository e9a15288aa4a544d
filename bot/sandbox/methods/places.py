"""Places, contacts and dice."""

from __future__ import annotations

import random
from typing import Any

from bot.sandbox.chats import Message
from bot.sandbox.entities import FormattedText
from bot.sandbox.errors import bad_request
from bot.sandbox.methods.editing import edit, editable
from bot.sandbox.methods.sending import send
from bot.sandbox.methods.targets import chat_of
from bot.sandbox.parameters import Parameters
from bot.sandbox.world import World

Json = dict[str, Any]

DICE = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}  # the highest value of each; Bot API, Dice
ACCURACY_LIMIT = 1500  # metres; Bot API, Location


async def send_location(world: World, parameters: Parameters) -> Json:
    chat = chat_of(world, parameters)
    place = _place(parameters)
    if parameters.text("live_period"):
        place["live_period"] = parameters.integer("live_period")
    return send(world, parameters, chat, FormattedText(""), other={"location": place})


async def send_venue(world: World, parameters: Parameters) -> Json:
    chat = chat_of(world, parameters)
    place = _place(parameters)
    names = {name: parameters.text(name) for name in ("title", "address")}
    if missing := next((name for name, value in names.items() if not value), None):
        raise bad_request(f"venue {missing} must be non-empty")
    # A venue is a location too, as the Bot API has it.
    return send(
        world, parameters, chat, FormattedText(""), other={"venue": {"location": place, **names}, "location": place}
    )


async def send_contact(world: World, parameters: Parameters) -> Json:
    chat = chat_of(world, parameters)
    names = ("phone_number", "first_name", "last_name", "vcard")
    contact = {name: parameters.text(name) for name in names if parameters.text(name)}
    if "phone_number" not in contact:
        raise bad_request('field "phone_number" must contain a valid phone number')
    if "first_name" not in contact:
        raise bad_request('field "first_name" must be non-empty')
    return send(world, parameters, chat, FormattedText(""), other={"contact": contact})


async def send_dice(world: World, parameters: Parameters) -> Json:
    chat = chat_of(world, parameters)
    emoji = parameters.text("emoji", "🎲")
    if emoji not in DICE:
        raise bad_request("wrong dice emoji specified")
    dice = {"emoji": emoji, "value": random.randint(1, DICE[emoji])}
    return send(world, parameters, chat, FormattedText(""), other={"dice": dice})


async def edit_message_live_location(world: World, parameters: Parameters) -> Json | bool:
    message, place = _live(world, parameters)
    return edit(world, parameters, message, FormattedText(""), other={"location": place | _place(parameters)})


async def stop_message_live_location(world: World, parameters: Parameters) -> Json | bool:
    message, place = _live(world, parameters)
    still = {name: value for name, value in place.items() if name != "live_period"}
    return edit(world, parameters, message, FormattedText(""), other={"location": still})


def _live(world: World, parameters: Parameters) -> tuple[Message, Json]:
    message = editable(world, parameters)
    place: Json = message.other.get("location", {})
    if "live_period" not in place:
        raise bad_request("message can't be edited")
    return message, place


def _place(parameters: Parameters) -> Json:
    place: Json = {}
    for name, limit in (("latitude", 90), ("longitude", 180)):
        if not parameters.text(name):
            raise bad_request(f"{name} is empty")
        place[name] = _number(parameters, name)
        if not -limit <= place[name] <= limit:
            raise bad_request("wrong location specified")
    if parameters.text("horizontal_accuracy"):
        place["horizontal_accuracy"] = min(max(_number(parameters, "horizontal_accuracy"), 0.0), ACCURACY_LIMIT)
    return place


def _number(parameters: Parameters, name: str) -> float:
    try:
        return float(parameters.text(name))
    except ValueError as error:
        raise bad_request("wrong location specified") from error
