"""The person's side: every /sim route does what it says, and refuses the rest with a reason."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.bot.sandbox.api import Api, picture
from tests.sim import RefusedError, Sim

Json = dict[str, Any]

TWINS = {"inline_keyboard": [[{"text": "Same", "callback_data": "1"}, {"text": "Same", "callback_data": "2"}]]}
MIXED = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}, {"text": "Out", "url": "https://example.org"}]]}


def test_a_message_arrives_as_telegram_would_send_it(api: Api, sim: Sim) -> None:
    ada = {"id": 9, "first_name": "Ada", "last_name": "L", "username": "ada", "language_code": "zh-hans"}
    update_id = sim.message(ada, "/start m_603")
    update = api.result("getUpdates")[-1]
    message = update["message"]
    assert update["update_id"] == update_id
    assert message["from"] == {"id": 9, "is_bot": False, **{key: ada[key] for key in ada if key != "id"}}
    assert message["chat"] == {"id": 9, "type": "private", "first_name": "Ada", "last_name": "L", "username": "ada"}
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


def test_a_group_is_a_chat_of_its_own(api: Api, sim: Sim) -> None:
    sim.message(7, "/start@reelmate_bot", {"id": -100, "type": "supergroup", "title": "Film night"})
    message = api.result("getUpdates")[-1]["message"]
    assert message["chat"] == {"id": -100, "type": "supergroup", "title": "Film night"}
    api.result("sendMessage", chat_id=-100, text="hello, all", reply_markup=MIXED)
    sim.message(8, "hi", {"id": -100, "type": "supergroup"})
    card = sim.from_bot(-100)[0]["message_id"]
    assert sim.tap(8, card, "Go")
    assert api.result("getUpdates")[-1]["callback_query"]["message"]["chat"]["title"] == "Film night"
    assert [one["text"] for one in sim.messages(-100)] == ["/start@reelmate_bot", "hello, all", "hi"]


def test_a_chat_shows_both_sides(api: Api, sim: Sim) -> None:
    sent = api.result("sendMessage", chat_id=7, text="<b>hi</b>", parse_mode="HTML", reply_markup=MIXED)
    said, answered = sim.messages(7)
    assert (said["from"], said["text"], said["keyboard"], said["edited"]) == ("user", "hello", [], False)
    assert answered == {
        "message_id": sent["message_id"],
        "from": "bot",
        "user_id": None,
        "date": sent["date"],
        "text": "hi",
        "entities": [{"type": "bold", "offset": 0, "length": 2}],
        "keyboard": [[{"text": "Go", "data": "go"}, {"text": "Out", "data": None, "url": "https://example.org"}]],
        "photo": None,
        "document": None,
        "edited": False,
    }


def test_a_chat_can_be_read_as_text(api: Api, sim: Sim) -> None:
    api.result("sendMessage", chat_id=7, text="hi", reply_markup=MIXED)
    text = api.get("/sim/chat/7", format="text").text
    first, second = sim.messages(7)
    assert text == f"-- user 7 #{first['message_id']}\nhello\n-- bot #{second['message_id']}\nhi\n[Go] [Out]\n"


def test_a_label_on_several_buttons_is_a_conflict_and_data_decides(api: Api, sim: Sim) -> None:
    card = api.result("sendMessage", chat_id=7, text="x", reply_markup=TWINS)["message_id"]
    assert refused_status(lambda: sim.tap(7, card, "Same")) == 409
    sim.tap(7, card, data="2")
    sim.tap(7, card, data="9:forged")
    updates = api.result("getUpdates")
    assert [update["callback_query"]["data"] for update in updates[1:]] == ["2", "9:forged"]


def test_a_tap_needs_a_message_of_the_bot_in_sight(api: Api, sim: Sim) -> None:
    card = api.result("sendMessage", chat_id=7, text="x", reply_markup=MIXED)["message_id"]
    said = sim.messages(7)[0]["message_id"]
    sim.message(8, "hello")
    assert refused_status(lambda: sim.tap(7, card, "Missing")) == 404
    assert refused_status(lambda: sim.tap(7, card, "Out")) == 400
    assert refused_status(lambda: sim.tap(7, 1, "Go")) == 404
    assert refused_status(lambda: sim.tap(7, said, data="x")) == 400
    assert refused_status(lambda: sim.tap(8, card, "Go")) == 403
    assert refused_status(lambda: sim.tap(99, card, "Go")) == 404


def test_who_blocked_the_bot_must_unblock_it_before_writing(api: Api, sim: Sim) -> None:
    sim.block(7)
    assert refused_status(lambda: sim.message(7, "hello")) == 403
    sim.unblock(7)
    assert sim.message(7, "hello")


def test_a_photo_has_an_address(api: Api, sim: Sim) -> None:
    drawn = picture()
    api.result("sendPhoto", {"photo": ("x.png", drawn)}, chat_id="7")
    shown = api.get(sim.messages(7)[-1]["photo"])
    assert (shown.content, shown.headers["content-type"]) == (drawn, "image/png")


def test_calls_are_numbered_and_kept_with_parameters_and_answers(api: Api, sim: Sim) -> None:
    before = max((call["number"] for call in sim.calls()), default=0)
    api.call("sendMessage", chat_id=7, text="x")
    api.call("sendMessage", chat_id=99, text="y")
    first, second = sim.calls(before)
    assert (first["number"], first["method"], first["parameters"]) == (
        before + 1,
        "sendMessage",
        {"chat_id": 7, "text": "x"},
    )
    assert (first["answer"]["ok"], second["answer"]["description"]) == (True, "Bad Request: chat not found")
    assert sim.calls(first["number"]) == [second]


@pytest.mark.parametrize(
    ("route", "body", "error"),
    [
        ("message", {"text": "x"}, "user must be an object. Received: user=None"),
        ("message", {"user": {"id": "7"}, "text": "x"}, "id must be a whole number. Received: id='7'"),
        ("message", {"user": {"id": 7, "first_name": "A"}}, "text must be a text. Received: text=None"),
        ("message", {"user": {"id": 7, "first_name": "A"}, "text": " "}, "text must not be empty. Received: text=' '"),
        (
            "message",
            {"user": {"id": 7, "first_name": "A"}, "text": "x" * 4097},
            "text must be at most 4096 UTF-16 units. Received: 4097",
        ),
        (
            "message",
            {"user": {"id": 7, "first_name": "A"}, "text": "x", "chat": {"id": 5, "type": "group"}},
            "chat.id must be the person's, or negative for a group. Received: id=5",
        ),
        (
            "document",
            {"user": {"id": 7, "first_name": "A"}, "name": "x", "content_base64": "?"},
            "content_base64 must be base64. Received: Only base64 data is allowed",
        ),
        (
            "callback",
            {"user_id": 99, "message_id": 1},
            "user_id must be somebody who wrote before. Received: user_id=99",
        ),
        ("redeliver", {"update_id": 1}, "update_id must be that of a past update. Received: update_id=1"),
        ("block", {"user_id": 99}, "user_id must be somebody who wrote before. Received: user_id=99"),
        ("fault", {"status": "x"}, "status must be a whole number. Received: status='x'"),
    ],
)
def test_a_wrong_body_is_refused_with_the_reason(api: Api, route: str, body: Json, error: str) -> None:
    answer = httpx.post(f"{api.url}/sim/{route}", json=body, trust_env=False)
    assert 400 <= answer.status_code < 500
    assert answer.json() == {"error": error}


def test_a_body_that_is_no_json_object_is_refused(sim: Sim) -> None:
    for content in (b"{", b"[]"):
        assert httpx.post(f"{sim.url}/sim/message", content=content, trust_env=False).status_code == 400


def refused_status(action: Any) -> int:
    with pytest.raises(RefusedError) as caught:
        action()
    return caught.value.status
