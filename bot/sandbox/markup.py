"""Inline keyboards: read and checked as strictly as Telegram does."""

from __future__ import annotations

from typing import Any

from bot.sandbox.chats import Button, Keyboard
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.html import checked_link
from bot.sandbox.parameters import Parameters

DATA_LIMIT = 64  # bytes; Bot API, InlineKeyboardButton.callback_data
BUTTON_LIMIT = 100  # buttons of one keyboard that Telegram delivers
ACTIONS = (
    "callback_data",
    "url",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)


def read_keyboard(parameters: Parameters) -> Keyboard:
    """Return the call's inline keyboard; empty when there is none.

    Raises:
        ApiError: with Telegram's wording.
    """
    return keyboard_of(parameters.nested("reply_markup"))


def keyboard_of(markup: Any) -> Keyboard:
    """Return the inline keyboard of a reply markup; empty when there is none."""
    if markup is None:
        return ()
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        return _inline_keyboard(markup["inline_keyboard"])
    if "keyboard" in markup or "force_reply" in markup:
        raise bad_request("inline keyboard expected")
    return ()


def _inline_keyboard(rows: Any) -> Keyboard:
    if not isinstance(rows, list):
        raise bad_request('can\'t parse inline keyboard: Field "inline_keyboard" must be of type Array')
    keyboard = tuple(_row(row) for row in rows)
    filled = tuple(row for row in keyboard if row)
    if sum(map(len, filled)) > BUTTON_LIMIT:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return filled


def _row(row: Any) -> tuple[Button, ...]:
    if not isinstance(row, list):
        raise bad_request("can't parse inline keyboard: Expected Array of Array of InlineKeyboardButton")
    return tuple(_button(button) for button in row)


def _button(button: Any) -> Button:
    if not isinstance(button, dict):
        raise _unreadable("expected an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise _unreadable('Field "text" must be of type String' if "text" in button else 'Can\'t find field "text"')
    action = next((name for name in ACTIONS if button.get(name) not in (None, "") or _may_be_empty(name, button)), None)
    if action is None:
        raise _unreadable("Text buttons are unallowed in the inline keyboard")
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    return Button(text, action, _checked(action, button[action]))


def _may_be_empty(action: str, button: dict[str, Any]) -> bool:
    """An inline query may be empty, other actions without a value are none."""
    return action.startswith("switch_inline_query") and action in button


def _checked(action: str, value: Any) -> Any:
    if action == "callback_data":
        if not isinstance(value, str) or len(value.encode(errors="surrogatepass")) > DATA_LIMIT:
            raise bad_request("BUTTON_DATA_INVALID")
        return value
    if action != "url":
        return value
    url = checked_link(value) if isinstance(value, str) else ""
    if not url:
        raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
    return url


def _unreadable(reason: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {reason}")
