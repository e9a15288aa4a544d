"""Telegram is told where to deliver and asked how it fares; a port that is taken is named."""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta

import pytest
from telegram import WebhookInfo

from bot.delivery.webhook import find_trouble
from bot.settings import SettingsError
from bot.web.server import listen

HOOK = "https://bot.example/hook"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def told(url: str = HOOK, waiting: int = 0, failed_ago: timedelta | None = None) -> WebhookInfo:
    failed_at = None if failed_ago is None else NOW - failed_ago
    message = None if failed_at is None else "Connection refused"
    return WebhookInfo(url, False, waiting, last_error_date=failed_at, last_error_message=message)


def test_a_webhook_that_telegram_reaches_is_no_trouble() -> None:
    assert find_trouble(told(waiting=3), HOOK, NOW) is None
    assert find_trouble(told(waiting=0, failed_ago=timedelta(seconds=5)), HOOK, NOW) is None
    assert find_trouble(told(waiting=3, failed_ago=timedelta(hours=1)), HOOK, NOW) is None


def test_a_webhook_that_telegram_cannot_reach_is_named_with_the_reason() -> None:
    trouble = find_trouble(told(waiting=3, failed_ago=timedelta(seconds=5)), HOOK, NOW)
    assert trouble is not None
    assert trouble.endswith("Received: Connection refused, 3 updates wait")


@pytest.mark.parametrize(("url", "fact"), [("", "none is set"), ("https://elsewhere.example/", "another one is set")])
def test_a_webhook_that_is_set_elsewhere_is_named(url: str, fact: str) -> None:
    trouble = find_trouble(told(url), HOOK, NOW)
    assert trouble is not None
    assert trouble.endswith(fact)
    assert "elsewhere" not in trouble


def test_a_port_that_is_taken_is_named_with_its_setting() -> None:
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SettingsError, match=rf"^REELMATE_WEBHOOK_PORT must name .* Received: {port} \(Address"):
            listen("0.0.0.0", port, setting="REELMATE_WEBHOOK_PORT")
