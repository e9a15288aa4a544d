"""Keyboards of ready answers: read as strictly as Telegram does, and what pressing a key sends."""

from __future__ import annotations

from typing import Any

from bot.sandbox.errors import ApiError, SimError, bad_request
from bot.sandbox.parameters import Parameters

Json = dict[str, Any]

OPTIONS = ("is_persistent", "resize_keyboard", "one_time_keyboard", "selective", "input_field_placeholder")
REQUESTS = ("request_contact", "request_location", "request_users", "request_chat", "request_poll", "web_app")
PLACEHOLDER_LIMIT = 64  # characters; Bot API, ReplyKeyboardMarkup and ForceReply


def read_reply_keyboard(parameters: Parameters) -> Json | None:
    """Return the keyboard a message brings, or takes away; None where its markup is of another kind.

    Raises:
        ApiError: with Telegram's wording.
    """
    markup = parameters.nested("reply_markup")
    if not isinstance(markup, dict) or "inline_keyboard" in markup:
        return None
    if len(str(markup.get("input_field_placeholder", ""))) > PLACEHOLDER_LIMIT:
        raise bad_request("input field placeholder is too long")
    options = {name: markup[name] for name in OPTIONS if markup.get(name)}
    if markup.get("remove_keyboard"):
        return {"remove_keyboard": True} | options
    if markup.get("force_reply"):
        return {"force_reply": True} | options
    if "keyboard" not in markup:
        return None
    rows = markup["keyboard"]
    if not isinstance(rows, list):
        raise bad_request('can\'t parse keyboard: Field "keyboard" must be of type Array')
    filled = [keys for row in rows if (keys := _row(row))]
    return {"keyboard": filled} | options if filled else None


def pressed(replies: Json, label: str, body: Json, person: Json) -> Json | str:
    """Return what pressing the key with that label sends: its text, or the fields of another kind of message.

    Raises:
        SimError: when there is no such key, or the body lacks what the key asks the person for.
    """
    keys = [key for row in replies.get("keyboard", ()) for key in row]
    key = next((key for key in keys if key["text"] == label), None)
    if key is None:
        raise SimError(404, f"label must be on the keyboard. Received: {label!r}, keyboard {[k['text'] for k in keys]}")
    if key.get("request_contact"):
        contact = {"phone_number": str(body.get("phone_number", "+15550100")), "first_name": person["first_name"]}
        return {"contact": contact | {"user_id": person["id"]}}
    if key.get("request_location"):
        return {"location": {"latitude": body.get("latitude", 52.5), "longitude": body.get("longitude", 13.4)}}
    if "request_users" in key:
        users = [{"user_id": user_id} for user_id in body.get("users", [person["id"]])]
        return {"users_shared": {"request_id": key["request_users"].get("request_id", 0), "users": users}}
    if "request_chat" in key:
        shared = {"request_id": key["request_chat"].get("request_id", 0), "chat_id": body.get("shared_chat_id", 0)}
        return {"chat_shared": shared}
    if "request_poll" in key or "web_app" in key:
        raise SimError(400, f"this kind of key does nothing here. Received: label={label!r}")
    return label


def _row(row: Any) -> list[Json]:
    if not isinstance(row, list):
        raise bad_request("can't parse keyboard: Expected Array of Array of KeyboardButton")
    return [_key(key) for key in row]


def _key(key: Any) -> Json:
    if isinstance(key, str):
        return {"text": key}
    if not isinstance(key, dict):
        raise _unreadable("expected an Object")
    if not isinstance(key.get("text"), str):
        raise _unreadable('Can\'t find field "text"')
    for name in ("request_users", "request_chat"):
        if name in key and (not isinstance(key[name], dict) or "request_id" not in key[name]):
            raise _unreadable('Can\'t find field "request_id"')
    return {"text": key["text"]} | {name: key[name] for name in REQUESTS if key.get(name)}


def _unreadable(reason: str) -> ApiError:
    return bad_request(f"can't parse keyboard button: {reason}")
