"""The introduction: what one refusal costs."""

from __future__ import annotations

import logging
from typing import Any, cast

import pytest
from telegram import Bot
from telegram.error import BadRequest, InvalidToken

from bot.delivery.introduction import introduce
from bot.messages import LANGUAGES, load_words


class Shy:
    """A bot whose server knows no long descriptions, and takes no Chinese menu."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str | None]] = []

    async def set_my_commands(self, _menu: object, language_code: str | None) -> None:
        if language_code == "zh":
            raise BadRequest("BOT_COMMAND_INVALID")
        self.told.append(("menu", language_code))

    async def set_my_description(self, _text: str, **_more: Any) -> None:
        raise InvalidToken("Not Found")

    async def set_my_short_description(self, _text: str, language_code: str | None) -> None:
        self.told.append(("short", language_code))


async def test_what_is_refused_costs_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    bot = Shy()
    with caplog.at_level(logging.WARNING):
        await introduce(cast(Bot, bot), load_words())
    codes = [None, *LANGUAGES[1:]]
    assert [code for what, code in bot.told if what == "short"] == codes
    assert [code for what, code in bot.told if what == "menu"] == [code for code in codes if code != "zh"]
    assert "the command menu (zh) could not be registered" in caplog.text
    assert "the description (en) could not be registered" in caplog.text
