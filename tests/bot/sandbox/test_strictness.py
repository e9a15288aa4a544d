"""What Telegram refuses, the local Telegram refuses, in the same words."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from tests.bot.sandbox.api import Api, picture
from tests.sim import Sim

Json = dict[str, Any]

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as "
    "a current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def keyboard(*data: str) -> Json:
    return {"inline_keyboard": [[{"text": one, "callback_data": one} for one in data]]}


def test_a_wrong_token_is_unauthorized(api: Api, sim: Sim) -> None:
    stranger = Api(sim.url, "1:wrong")
    assert stranger.call("getMe") == (401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
    assert stranger.get("/file/bot1:wrong/documents/x").status_code == 401
    stranger.close()


def test_an_unknown_method_is_not_found(api: Api) -> None:
    assert api.call("sendPigeon") == (404, {"ok": False, "error_code": 404, "description": "Not Found"})


@pytest.mark.parametrize(
    ("media", "description"),
    [
        ({"type": "pigeon", "media": "attach://a"}, "Bad Request: wrong type of the media"),
        ({"type": "video", "media": "attach://a"}, "Bad Request: wrong file identifier/HTTP URL specified"),
        ({"type": "photo", "media": "photo-unknown"}, "Bad Request: wrong file identifier/HTTP URL specified"),
        ({"type": "photo", "media": "", "caption": "x"}, "Bad Request: there is no photo in the request"),
        (
            {"type": "photo", "media": "photo-unknown", "caption": "x" * 1025},
            "Bad Request: message caption is too long",
        ),
    ],
)
def test_a_photo_that_cannot_take_anothers_place(api: Api, sim: Sim, media: Json, description: str) -> None:
    sim.message(7, "hi")
    message = api.result("sendMessage", chat_id=7, text="x")
    said = {"chat_id": 7, "message_id": message["message_id"], "media": media}
    assert api.call("editMessageMedia", **said) == (400, {"ok": False, "error_code": 400, "description": description})


def test_method_names_ignore_case(api: Api) -> None:
    assert api.result("GETME")["is_bot"] is True


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"text": "x"}, "Bad Request: chat_id is empty"),
        ({"chat_id": 99, "text": "x"}, "Bad Request: chat not found"),
        ({"chat_id": 7}, "Bad Request: message text is empty"),
        ({"chat_id": 7, "text": " \n "}, "Bad Request: message text is empty"),
        ({"chat_id": 7, "text": "<b></b>", "parse_mode": "HTML"}, "Bad Request: message text is empty"),
        ({"chat_id": 7, "text": "x" * 4097}, "Bad Request: message is too long"),
        ({"chat_id": 7, "text": "😀" * 2049}, "Bad Request: message is too long"),
        (
            {"chat_id": 7, "text": "<b>x", "parse_mode": "HTML"},
            "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ({"chat_id": 7, "text": "x", "parse_mode": "Wiki"}, "Bad Request: unsupported parse_mode"),
        ({"chat_id": 7, "text": "x", "reply_markup": keyboard("x" * 65)}, "Bad Request: BUTTON_DATA_INVALID"),
        ({"chat_id": 7, "text": "x", "reply_markup": keyboard("é" * 33)}, "Bad Request: BUTTON_DATA_INVALID"),
        ({"chat_id": 7, "text": "x", "reply_markup": "{"}, "Bad Request: can't parse reply markup JSON object"),
        (
            {"chat_id": 7, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": ""}]]}},
            "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"chat_id": 7, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", "url": "nowhere"}]]}},
            "Bad Request: inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
        ),
        (
            {"chat_id": 7, "text": "x", "reply_parameters": {"message_id": 1}},
            "Bad Request: message to be replied not found",
        ),
    ],
)
def test_a_message_that_telegram_would_not_send(api: Api, parameters: Json, description: str) -> None:
    assert api.refusal("sendMessage", **parameters) == description


def test_length_counts_after_entities_are_parsed(api: Api) -> None:
    text = f"<b>{'&amp;' * 4096}</b>"
    sent = api.result("sendMessage", chat_id=7, text=text, parse_mode="HTML")
    assert (sent["text"], sent["entities"]) == ("&" * 4096, [{"type": "bold", "offset": 0, "length": 4096}])


def test_sixty_four_bytes_of_data_pass(api: Api, sim: Sim) -> None:
    sent = api.result("sendMessage", chat_id=7, text="x", reply_markup=keyboard("é" * 32))
    assert sent["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "é" * 32


def test_an_unchanged_edit_is_refused_and_a_changed_one_keeps_its_place(api: Api, sim: Sim) -> None:
    sent = api.result("sendMessage", chat_id=7, text="one", reply_markup=keyboard("a"))
    target = {"chat_id": 7, "message_id": sent["message_id"]}
    assert api.refusal("editMessageText", **target, text="one", reply_markup=keyboard("a")) == NOT_MODIFIED
    assert api.refusal("editMessageReplyMarkup", **target, reply_markup=keyboard("a")) == NOT_MODIFIED
    assert api.result("editMessageText", **target, text="<b>one</b>", parse_mode="HTML")["text"] == "one"
    shown = sim.messages(7)[-1]
    assert (shown["message_id"], shown["edited"], shown["keyboard"]) == (sent["message_id"], True, [])


def test_only_the_bots_own_present_messages_can_be_edited(api: Api, sim: Sim) -> None:
    said = sim.messages(7)[0]["message_id"]
    edit: Json = {"chat_id": 7, "text": "x"}
    assert api.refusal("editMessageText", **edit, message_id=said) == "Bad Request: message can't be edited"
    assert api.refusal("editMessageText", **edit, message_id=1) == "Bad Request: message to edit not found"
    assert api.refusal("editMessageText", **edit) == "Bad Request: message identifier is not specified"


def test_a_text_has_no_caption_and_a_photo_no_text(api: Api) -> None:
    text = api.result("sendMessage", chat_id=7, text="x")["message_id"]
    photo = api.result("sendPhoto", {"photo": ("x.png", picture())}, chat_id="7")["message_id"]
    refused = api.refusal("editMessageCaption", chat_id=7, message_id=text, caption="y")
    assert refused == "Bad Request: there is no caption in the message to edit"
    refused = api.refusal("editMessageText", chat_id=7, message_id=photo, text="y")
    assert refused == "Bad Request: there is no text in the message to edit"
    assert api.result("editMessageCaption", chat_id=7, message_id=photo, caption="y")["caption"] == "y"


def test_a_caption_over_1024_is_refused(api: Api) -> None:
    photo = {"photo": ("x.png", picture())}
    too_long = api.refusal("sendPhoto", photo, chat_id="7", caption="x" * 1025)
    assert too_long == "Bad Request: message caption is too long"
    sent = api.result("sendPhoto", photo, chat_id="7", caption=f"<i>{'x' * 1024}</i>", parse_mode="HTML")
    assert (sent["photo"][0]["width"], sent["photo"][0]["height"]) == (60, 40)


@pytest.mark.parametrize(
    ("content", "description"),
    [
        (b"no picture", "Bad Request: IMAGE_PROCESS_FAILED"),
        (b"", "Bad Request: file must be non-empty"),
        (picture(2100, 100), "Bad Request: PHOTO_INVALID_DIMENSIONS"),
    ],
)
def test_a_photo_must_be_a_picture(api: Api, content: bytes, description: str) -> None:
    assert api.refusal("sendPhoto", {"photo": ("x.png", content)}, chat_id="7") == description


def test_a_file_must_be_there(api: Api) -> None:
    assert api.refusal("sendDocument", chat_id=7) == "Bad Request: there is no document in the request"
    wrong = api.refusal("sendDocument", chat_id=7, document="nothing")
    assert wrong == "Bad Request: wrong file identifier/HTTP URL specified"
    assert api.refusal("getFile", file_id="x") == "Bad Request: wrong file_id or the file is temporarily unavailable"


def test_a_document_travels_both_ways(api: Api, sim: Sim) -> None:
    sim.document(7, "ratings.csv", b"Date,Name\n")
    document = api.result("getUpdates")[-1]["message"]["document"]
    assert (document["file_name"], document["mime_type"], document["file_size"]) == ("ratings.csv", "text/csv", 10)
    path = api.result("getFile", file_id=document["file_id"])["file_path"]
    assert api.get(f"/file/bot{api.token}/{path}").content == b"Date,Name\n"
    api.result("sendDocument", chat_id=7, document=document["file_id"])
    assert sim.messages(7)[-1]["document"] == {"name": "ratings.csv", "content_base64": "RGF0ZSxOYW1lCg=="}


def test_a_tap_is_answered_once(api: Api, sim: Sim) -> None:
    sent = api.result("sendMessage", chat_id=7, text="x", reply_markup=keyboard("a"))
    tap = sim.tap(7, sent["message_id"], "a")
    query = api.result("getUpdates")[-1]["callback_query"]
    assert (query["data"], query["message"]["message_id"]) == ("a", sent["message_id"])
    assert api.refusal("answerCallbackQuery", callback_query_id="1") == TOO_OLD
    too_long = api.refusal("answerCallbackQuery", callback_query_id=query["id"], text="x" * 201)
    assert too_long == "Bad Request: MESSAGE_TOO_LONG"
    assert api.result("answerCallbackQuery", callback_query_id=query["id"], text="Saved", show_alert=True) is True
    assert api.refusal("answerCallbackQuery", callback_query_id=query["id"]) == TOO_OLD
    assert sim.toasts(7) == [{"update_id": tap, "text": "Saved", "alert": True}]


def test_who_blocked_the_bot_gets_nothing(api: Api, sim: Sim) -> None:
    sent = api.result("sendMessage", chat_id=7, text="x")["message_id"]
    sim.block(7)
    for method, parameters in (("sendMessage", {"text": "y"}), ("editMessageText", {"message_id": sent, "text": "y"})):
        status, answer = api.call(method, chat_id=7, **parameters)
        assert (status, answer["description"]) == (403, "Forbidden: bot was blocked by the user")
    sim.unblock(7)
    api.result("sendMessage", chat_id=7, text="y")
    members = [one["my_chat_member"]["new_chat_member"]["status"] for one in api.result("getUpdates")[1:]]
    assert members == ["kicked", "member"]


def test_a_message_is_deleted_once(api: Api, sim: Sim) -> None:
    sent = api.result("sendMessage", chat_id=7, text="x")["message_id"]
    assert api.result("deleteMessage", chat_id=7, message_id=sent) is True
    assert sim.from_bot(7) == []
    refused = api.refusal("deleteMessage", chat_id=7, message_id=sent)
    assert refused == "Bad Request: message to delete not found"


def test_another_chats_message_is_out_of_reach(api: Api, sim: Sim) -> None:
    sim.message(8, "hello")
    sent = api.result("sendMessage", chat_id=8, text="x")["message_id"]
    refused = api.refusal("editMessageText", chat_id=7, message_id=sent, text="y")
    assert refused == "Bad Request: message to edit not found"


def test_bodies_may_be_json_a_form_multipart_or_a_query(api: Api, sim: Sim) -> None:
    url = sim.url + api.path("sendMessage")
    body = {"chat_id": "7", "text": "é", "reply_markup": json.dumps(keyboard("a"))}
    with httpx.Client(trust_env=False) as http:
        answers = [
            http.post(url, json={**body, "reply_markup": keyboard("a")}),
            http.post(url, data=body),
            http.post(url, files={name: (None, value) for name, value in body.items()}),
            http.get(url, params=body),
        ]
    assert [answer.status_code for answer in answers] == [200] * 4
    assert [(one["text"], one["keyboard"][0][0]["data"]) for one in sim.from_bot(7)] == [("é", "a")] * 4


def test_a_broken_body_is_refused(api: Api, sim: Sim) -> None:
    headers = {"Content-Type": "application/json"}
    answer = httpx.post(sim.url + api.path("sendMessage"), content=b"[1]", headers=headers, trust_env=False)
    assert (answer.status_code, answer.json()["description"]) == (400, "Bad Request: can't parse JSON object")


def test_half_a_surrogate_pair_is_refused_from_the_bot_and_delivered_from_a_person(api: Api, sim: Sim) -> None:
    headers = {"Content-Type": "application/json"}
    body = b'{"chat_id": 7, "text": "\\ud800"}'
    answer = httpx.post(sim.url + api.path("sendMessage"), content=body, headers=headers, trust_env=False)
    assert answer.json()["description"] == "Bad Request: strings must be encoded in UTF-8"
    said = b'{"user": {"id": 7, "first_name": "Ada"}, "text": "x\\ud800"}'
    httpx.post(f"{sim.url}/sim/message", content=said, trust_env=False).raise_for_status()
    assert api.result("getUpdates")[-1]["message"]["text"] == "x\ud800"


@pytest.mark.parametrize(("size", "is_handed_over"), [(20 * 1024 * 1024, True), (20 * 1024 * 1024 + 1, False)])
def test_a_bot_may_fetch_what_people_send_up_to_twenty_megabytes(
    api: Api, sim: Sim, size: int, is_handed_over: bool
) -> None:
    sim.document(7, "ratings.csv", b"x" * size)
    document = api.result("getUpdates")[-1]["message"]["document"]
    assert (document["file_size"], document["file_name"], document["mime_type"]) == (size, "ratings.csv", "text/csv")
    if not is_handed_over:
        assert api.refusal("getFile", file_id=document["file_id"]) == "Bad Request: file is too big"
        return
    path = api.result("getFile", file_id=document["file_id"])["file_path"]
    assert len(api.get(f"/file/bot{api.token}/{path}").content) == size
