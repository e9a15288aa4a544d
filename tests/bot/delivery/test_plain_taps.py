"""What passes for a plain tap is one that the library can read, and real taps pass."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.incoming import as_readable, is_readable
from bot.delivery.plain_taps import BIGGEST, is_plain_tap

USER = {"id": 7, "is_bot": False, "first_name": "Ada", "language_code": "en"}
MESSAGE = {"message_id": 1, "date": 1_772_000_000, "chat": {"id": 7, "type": "private", "first_name": "Ada"}}
QUERY = {"id": "1", "from": USER, "message": MESSAGE, "chat_instance": "-1", "data": "1:k:5"}
TAP: dict[str, Any] = {"update_id": 5, "callback_query": QUERY}
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(min_value=-(2**65), max_value=2**65),
    st.floats(allow_nan=False),
    st.text(max_size=3),
    st.just({}),
    st.just([]),
    st.sampled_from([2**32 - 1, 2**32, BIGGEST, "", "private", "\ud800"]),
)
NAMES = st.sampled_from(
    [
        "id",
        "is_bot",
        "first_name",
        "date",
        "chat",
        "type",
        "from",
        "message",
        "data",
        "photo",
        "text",
        "is_forum",
        "title",
    ]
)


def changed(at: tuple[str, ...], value: object) -> dict[str, Any]:
    """Return the tap with one field in it changed, or taken out where the value is `...`."""

    def change(held: dict[str, Any], way: tuple[str, ...]) -> dict[str, Any]:
        name, rest = way[0], way[1:]
        if rest:
            return {**held, name: change(held[name], rest)}
        return {**{key: one for key, one in held.items() if key != name}, **({} if value is ... else {name: value})}

    return change(TAP, at)


@given(
    way=st.sampled_from([(), ("callback_query",), ("callback_query", "from"), ("callback_query", "message")]),
    name=NAMES,
    value=st.one_of(ODD, st.just(...)),
)
def test_what_is_plain_can_be_read(way: tuple[str, ...], name: str, value: object) -> None:
    raw = changed((*way, name), value)
    assert is_readable(raw) or not is_plain_tap(raw)


def test_a_tap_is_plain_once_its_message_is_bare() -> None:
    shown = {**MESSAGE, "from": {**USER, "is_bot": True}, "text": "Heat", "reply_markup": {"inline_keyboard": []}}
    tap = {"update_id": 5, "callback_query": {**QUERY, "message": shown}}
    assert not is_plain_tap(tap)
    bare, can_be_read = as_readable(tap)
    assert can_be_read
    assert is_plain_tap(bare)


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (("update_id",), "5"),
        (("callback_query", "from", "id"), 2**63),
        (("callback_query", "from", "first_name"), ...),
        (("callback_query", "message", "date"), 10**15),
        (("callback_query", "message", "chat"), 7),
        (("callback_query", "message"), ...),
        (("callback_query", "game_short_name"), "chess"),
    ],
)
def test_what_is_otherwise_is_left_to_the_library(at: tuple[str, ...], value: object) -> None:
    assert is_plain_tap(TAP)
    assert not is_plain_tap(changed(at, value))
