"""Keyboards of ready answers: shown, pressed, taken away."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot.sandbox.api import Api
from tests.sim import RefusedError, Sim

Json = dict[str, Any]

KEYS: Json = {
    "keyboard": [
        ["Yes", {"text": "No"}],
        [{"text": "My number", "request_contact": True}, {"text": "My place", "request_location": True}],
        [{"text": "My friends", "request_users": {"request_id": 3}}],
    ],
    "resize_keyboard": True,
    "input_field_placeholder": "Yes or no?",
}


def show(api: Api, markup: Json) -> None:
    api.result("sendMessage", chat_id=7, text="Well?", reply_markup=markup)


def test_a_key_says_its_text(api: Api, sim: Sim) -> None:
    show(api, KEYS)
    shown = sim.chat(7)["reply_keyboard"]
    assert (shown["keyboard"][0], shown["resize_keyboard"]) == ([{"text": "Yes"}, {"text": "No"}], True)
    sim.press(7, "Yes")
    assert api.result("getUpdates")[-1]["message"]["text"] == "Yes"
    assert "reply_keyboard" in sim.chat(7)
    show(api, {"remove_keyboard": True})
    assert "reply_keyboard" not in sim.chat(7)


def test_a_keyboard_for_one_use_goes_when_it_was_used(api: Api, sim: Sim) -> None:
    show(api, KEYS | {"one_time_keyboard": True})
    sim.press(7, "No")
    with pytest.raises(RefusedError, match="the chat must show a reply keyboard"):
        sim.press(7, "No")


def test_keys_ask_for_what_only_the_person_has(api: Api, sim: Sim) -> None:
    show(api, KEYS)
    sim.press(7, "My number", phone_number="+1555")
    sim.press(7, "My place", latitude=1.5, longitude=2.5)
    sim.press(7, "My friends", users=[8, 9])
    contact, place, friends = (update["message"] for update in api.result("getUpdates")[-3:])
    assert contact["contact"] == {"phone_number": "+1555", "first_name": "Ada 7", "user_id": 7}
    assert place["location"] == {"latitude": 1.5, "longitude": 2.5}
    assert friends["users_shared"] == {"request_id": 3, "users": [{"user_id": 8}, {"user_id": 9}]}


def test_an_answer_is_asked_for(api: Api, sim: Sim) -> None:
    show(api, {"force_reply": True, "input_field_placeholder": "A title"})
    assert sim.chat(7)["reply_keyboard"]["force_reply"] is True


@pytest.mark.parametrize(
    ("markup", "description"),
    [
        ({"keyboard": "x"}, 'can\'t parse keyboard: Field "keyboard" must be of type Array'),
        ({"keyboard": ["x"]}, "can't parse keyboard: Expected Array of Array of KeyboardButton"),
        ({"keyboard": [[{}]]}, "can't parse keyboard button: Can't find field \"text\""),
        ({"keyboard": [[7]]}, "can't parse keyboard button: expected an Object"),
        ([], "object expected as reply markup"),
    ],
)
def test_a_keyboard_that_telegram_would_not_show(api: Api, markup: Any, description: str) -> None:
    refused = api.refusal("sendMessage", chat_id=7, text="x", reply_markup=markup)
    assert refused == f"Bad Request: {description}"


def test_an_edit_takes_inline_keyboards_only(api: Api) -> None:
    sent = api.result("sendMessage", chat_id=7, text="x")["message_id"]
    refused = api.refusal("editMessageText", chat_id=7, message_id=sent, text="y", reply_markup=KEYS)
    assert refused == "Bad Request: inline keyboard expected"
