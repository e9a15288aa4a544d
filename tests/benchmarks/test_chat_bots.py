"""The bot without inbox and outbox, which the real one is measured beside, is built of what the real one is."""

from __future__ import annotations

from typing import cast

from pydantic import SecretStr

from benchmarks.chat_bots import DirectContext, build_direct
from bot.handlers import Context, Wiring, all_handlers
from bot.settings import Settings


def test_the_bot_beside_has_the_same_handlers() -> None:
    settings = Settings(telegram_token=SecretStr("1000000001:" + "A" * 35), telegram_api_url="http://127.0.0.1:9")
    application = build_direct(settings, cast(Wiring, None))
    assert len(application.handlers[0]) == len(all_handlers())


def test_every_answer_of_it_is_sent_from_the_handler() -> None:
    assert DirectContext.serve is Context.serve
    assert DirectContext.serve_turn is not Context.serve_turn  # all that a handler serves comes by here
