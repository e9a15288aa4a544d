"""Edits of texts: which of them ask for an answer."""

from __future__ import annotations

from typing import Any, Final

import pytest
from telegram import Update

from bot.handlers.corrections import MOST_KNOWN, NewOrCorrected

SAID: Final[dict[str, Any]] = {
    "message_id": 5,
    "date": 1_790_000_000,
    "chat": {"id": 7, "type": "private"},
    "from": {"id": 7, "is_bot": False, "first_name": "Ada"},
}


def update(number: int, kind: str, **content: Any) -> Update:
    return Update.de_json({"update_id": number, kind: {**SAID, **content}}, None)


def edit(number: int, text: str, *, after_s: int = 10) -> Update:
    return update(number, "edited_message", text=text, edit_date=SAID["date"] + after_s)


def test_a_text_and_its_corrections_are_let_through_each_once() -> None:
    said = NewOrCorrected()
    assert said.filter(update(1, "message", text="alein"))
    alien = edit(2, "alien")
    assert [said.filter(alien) for _ in range(3)] == [True] * 3  # each handler asks, and so does a second try
    assert not said.filter(edit(3, "alien"))
    assert said.filter(edit(4, "aliens"))


def test_an_edit_of_a_text_from_before_the_start_is_let_through() -> None:
    assert NewOrCorrected().filter(edit(1, "alien"))


@pytest.mark.parametrize(
    "other",
    [
        edit(2, "alien", after_s=901),
        update(2, "edited_message", text="alien"),
        update(2, "edited_message", location={"latitude": 1, "longitude": 2}, edit_date=1_790_000_005),
        update(2, "edited_message", caption="alien", edit_date=1_790_000_005),
        update(2, "edited_channel_post", text="alien", edit_date=1_790_000_005),
    ],
)
def test_what_is_late_or_no_text_is_left_alone(other: Update) -> None:
    said = NewOrCorrected()
    said.filter(update(1, "message", text="alein"))
    assert not said.filter(other)


def test_no_more_texts_are_known_than_the_last_ones() -> None:
    said = NewOrCorrected()
    for number in range(MOST_KNOWN + 5):
        said.filter(update(number, "message", message_id=number, text="heat"))
    assert len(said._said) == MOST_KNOWN
