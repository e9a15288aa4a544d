"""Pictures drawn on their way out."""

from __future__ import annotations

import logging

import pytest

from bot.delivery.drawing import drawn
from bot.drawings import TasteCard


async def test_a_picture_is_drawn() -> None:
    picture = await drawn(TasteCard("Your taste"))
    assert picture is not None
    assert picture.startswith(b"\xff\xd8")


async def test_where_no_font_has_the_letters_words_must_do(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert await drawn(TasteCard("\ue123")) is None  # a letter for private use
    assert "\ue123" not in caplog.text
