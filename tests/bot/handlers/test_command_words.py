"""Commands written as plain words: the whole of a text, and nothing that merely holds or ends in one."""

from __future__ import annotations

import pytest

from bot.handlers import COMMANDS
from bot.handlers.command_words import COMMAND_OF, command_meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("settings", "notify"),
        ("  My Watchlist!", "later"),
        ("设置。", "notify"),
        ("\u3000ajustes ", "notify"),
        ("CONFIGURACIÓN", "notify"),
        ("delete my data.", "deleteme"),
        ("What’s on my watchlist?", "later"),
        ("¿Qué hay en mi lista?", "later"),
        ("Please stop!", "notify"),
        ("no más mensajes", "notify"),
        ("不要再发了", "notify"),
    ],
)
def test_a_word_stands_for_its_command(text: str, meant: str) -> None:
    assert command_meant(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "something from my watchlist",
        "films like Start",
        "stop making sense",
        "I never rate films",
        "推荐类型",
        "dıgest",
        "",
        ".",
        "settings settings",
    ],
)
def test_a_text_that_holds_one_is_no_command(text: str) -> None:
    assert command_meant(text) is None


def test_every_word_stands_for_a_command_there_is() -> None:
    assert set(COMMAND_OF.values()) <= COMMANDS.keys()
