"""Every method of the Bot API is answered, or refused by name and listed in the docs."""

from __future__ import annotations

import re
from pathlib import Path

from telegram import Bot

from bot.sandbox.methods import METHODS, UNSUPPORTED
from tests.bot.sandbox.api import Api

PAGE = Path(__file__).resolve().parents[3] / "docs" / "sandbox.md"


def test_a_method_it_does_not_have_is_named(api: Api) -> None:
    status, answer = api.call("sendinvoice")
    assert (status, answer["description"]) == (
        501,
        "Not Implemented: the local Telegram does not have the method sendInvoice",
    )


def test_each_method_the_library_knows_is_answered_or_refused_by_name() -> None:
    known = {name.lower() for name in vars(Bot) if re.fullmatch(r"[a-z]+(?:[A-Z][a-z0-9]*)+", name)}
    assert known - METHODS.keys() - UNSUPPORTED.keys() == set()
    assert METHODS.keys() & UNSUPPORTED.keys() == set()


def test_the_page_lists_what_is_not_there() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [name for name in UNSUPPORTED.values() if name not in page] == []
