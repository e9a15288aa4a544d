"""From an update to a turn: who, on which message, in which topic; and for which bot a command is."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Update

from bot.handlers.context import turn_of
from bot.handlers.elsewhere import is_for

ADA = {"id": 7, "is_bot": False, "first_name": "Ada", "language_code": "zh"}
PRIVATE = {"id": 7, "type": "private"}
FORUM = {"id": -1001, "type": "supergroup", "is_forum": True}


def read(**content: Any) -> Update:
    return Update.de_json({"update_id": 1, **content}, None)


def said(text: str = "/start", **more: Any) -> dict[str, Any]:
    return {"message_id": 5, "from": ADA, "chat": FORUM, "date": 1_700_000_000, "text": text, **more}


def tapped(**message: Any) -> Update:
    query = {"id": "9", "from": ADA, "chat_instance": "1", "data": "x", "message": message}
    return read(callback_query=query)


def test_a_tap_edits_its_message() -> None:
    turn = turn_of(tapped(message_id=5, chat=PRIVATE, date=1_700_000_000, text="x"))
    assert (turn.is_tap, turn.message_id) == (True, 5)


def test_a_tap_on_a_message_too_old_is_a_tap_and_edits_nothing() -> None:
    turn = turn_of(tapped(message_id=5, chat=PRIVATE, date=0))
    assert (turn.is_tap, turn.message_id, turn.thread_id) == (True, None, None)


def test_an_answer_goes_to_the_topic_it_was_asked_in() -> None:
    assert turn_of(read(message=said(message_thread_id=5, is_topic_message=True))).thread_id == 5
    # Outside of topics Telegram numbers the thread of a reply: no place to send to.
    assert turn_of(read(message=said(message_thread_id=5))).thread_id is None


def test_who_writes_in_the_name_of_a_chat_is_nobody() -> None:
    stand_in = {"id": 1_087_968_824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    turn = turn_of(read(message={**said("/movienight"), "from": stand_in, "sender_chat": FORUM}))
    assert (turn.person, turn.username, turn.chat_id) == (0, "", FORUM["id"])


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("/start", True),
        ("/start@Field_Bot", True),
        ("/start@field_bot m_1@x", True),
        ("/start me@home", True),
        ("/start@other_bot", False),
        ("/start@field_bot2", False),
    ],
)
def test_a_command_is_ours_unless_it_names_another_bot(text: str, ours: bool) -> None:
    assert is_for("field_bot", read(message=said(text))) is ours
