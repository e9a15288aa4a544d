"""Polling's request, health and redaction."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Sequence

import httpx
import pytest
from telegram.error import NetworkError, TelegramError

from bot.addresses import HIDDEN
from bot.delivery.health import (
    CALM_S,
    CONFLICT,
    CONFLICT_S,
    CONFLICTS,
    NEWCOMER_CONFLICT_S,
    NEWCOMER_S,
    Health,
)
from bot.delivery.incoming import Raw, as_readable, is_readable, sender_of
from bot.delivery.redaction import Redaction, redact_logs
from bot.delivery.requests import POLLS, PollingRequest, expect_result, expect_word, parse_answer, way_out

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz012345"
GOOD = {"update_id": 2, "message": {"message_id": 1, "date": 0, "chat": {"id": 7, "type": "private"}, "text": "hi"}}
BAD = {"update_id": 1, "message": {"message_id": 1, "date": "yesterday", "chat": 5}}


async def test_an_unreadable_update_goes_on_as_its_bare_number() -> None:
    received: list[tuple[Sequence[Raw], Sequence[Raw]]] = []

    async def receive(readable: Sequence[Raw], unreadable: Sequence[Raw] = (), *, peek: object = None) -> None:
        received.append((readable, unreadable))

    request = PollingRequest(receive, Health())
    cleaned = await request._cleaned(json.dumps({"ok": True, "result": [BAD, GOOD]}).encode())
    assert received == [([GOOD], [BAD])]
    assert parse_answer(cleaned)["result"] == [{"update_id": 1}, GOOD]
    assert await request._cleaned(b'{"ok":true,"result":[]}') == b'{"ok":true,"result":[]}'
    await request.shutdown()


async def test_of_one_update_twice_in_one_batch_the_first_is_taken() -> None:
    received: list[tuple[Sequence[Raw], Sequence[Raw]]] = []

    async def receive(readable: Sequence[Raw], unreadable: Sequence[Raw] = (), *, peek: object = None) -> None:
        received.append((readable, unreadable))

    request = PollingRequest(receive, Health())
    other = {**GOOD, "update_id": 3}
    cleaned = await request._cleaned(json.dumps({"ok": True, "result": [GOOD, other, GOOD]}).encode())
    assert received == [([GOOD, other], [])]
    assert parse_answer(cleaned)["result"] == [GOOD, other]
    await request.shutdown()


async def test_polls_come_in_a_row_and_then_at_a_pace() -> None:
    now = [100.0]
    request = PollingRequest(_receive_nothing, Health(), clock=lambda: now[0])
    in_a_row, per_s = POLLS
    for number in range(in_a_row + 50):
        rest_s = request.rest_s()
        assert (rest_s == 0) is (number < in_a_row)
        now[0] += rest_s
    assert now[0] - 100 == pytest.approx(50 / per_s)
    now[0] += 10
    assert request.rest_s() == 0
    await request.shutdown()


async def _receive_nothing(readable: Sequence[Raw], unreadable: Sequence[Raw] = (), *, peek: object = None) -> None:
    raise AssertionError("nothing comes")


@pytest.mark.parametrize("payload", [b"<html>502</html>", b"[1]", b"\xff"])
def test_a_proxys_page_is_an_error_that_quotes_nothing(payload: bytes, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(TelegramError, match="Invalid server response"):
        parse_answer(payload)
    assert caplog.text == ""


@pytest.mark.parametrize("payload", [b'{"status":"sign in"}', b'{"ok":false,"description":"x"}'])
def test_what_comes_with_a_status_of_success_and_no_result_is_no_answer(payload: bytes) -> None:
    with pytest.raises(TelegramError, match="Invalid server response"):
        expect_result(200, payload)
    expect_result(502, payload)


@pytest.mark.parametrize(
    ("told", "parameters"),
    [
        ('{"retry_after": 3}', {"retry_after": 3}),
        ('{"retry_after": "3"}', {"retry_after": 3}),
        ('{"retry_after": 2.5}', {"retry_after": 3}),
        ('{"retry_after": "soon"}', {}),
        ('{"retry_after": null, "migrate_to_chat_id": -100}', {"migrate_to_chat_id": -100}),
        ("[]", {}),
    ],
)
def test_seconds_to_wait_are_a_whole_number_or_not_told(told: str, parameters: dict[str, int]) -> None:
    assert parse_answer(f'{{"ok":false,"parameters":{told}}}'.encode())["parameters"] == parameters


def test_a_message_of_unknown_content_is_read_without_it() -> None:
    envelope = {"message_id": 1, "date": 0, "chat": {"id": 7, "type": "private"}}
    poll = {"update_id": 3, "message": {**envelope, "poll": {"question": "without all that a poll must have"}}}
    assert not is_readable(poll)
    assert as_readable(poll) == ({"update_id": 3, "message": envelope}, True)
    edited = {"update_id": 3, "edited_message": poll["message"]}
    assert as_readable(edited) == ({"update_id": 3, "edited_message": envelope}, True)
    assert as_readable(GOOD) == (GOOD, True)
    assert as_readable(BAD) == (BAD, False)


def test_a_tap_is_read_without_what_its_message_holds() -> None:
    place = {"message_id": 5, "date": 1, "chat": {"id": 7, "type": "private"}, "message_thread_id": 3}
    message = {**place, "text": "Heat", "reply_markup": {"inline_keyboard": [[{"text": "4", "callback_data": "1"}]]}}
    query = {"id": "1", "from": {"id": 7, "is_bot": False, "first_name": "Ada"}, "chat_instance": "1", "data": "1"}
    tap = {"update_id": 4, "callback_query": {**query, "message": message}}
    assert as_readable(tap) == ({"update_id": 4, "callback_query": {**query, "message": place}}, True)
    afar = {"update_id": 5, "callback_query": {**query, "inline_message_id": "x"}}
    assert as_readable(afar) == (afar, True)


def test_the_sender_is_found_in_every_kind_of_update() -> None:
    assert sender_of({"update_id": 1, "callback_query": {"id": "1", "from": {"id": 7}}}) == 7
    assert sender_of({"update_id": 1, "poll_answer": {"user": {"id": 8}}}) == 8
    assert sender_of({"update_id": 1, "channel_post": {"chat": {"id": 9}}}) is None
    assert is_readable(GOOD)
    assert not is_readable(BAD)


def test_health_ends_on_a_revoked_token_and_on_lasting_conflict() -> None:
    now = [0.0]
    health = Health(lambda: now[0])
    now[0] = 60.0
    assert health.age_s == 60.0
    health.answered(200)
    assert health.age_s == 0.0
    for _ in range(CONFLICTS - 1):
        health.answered(409)
    health.answered(200)
    health.answered(409)
    assert health.fatal is None
    health.answered(401)
    assert health.fatal is not None
    assert "must accept the token" in health.fatal
    assert health.ended.is_set()


def contest(health: Health, now: list[float], seconds: float) -> None:
    """Let two bots poll in turn: every second answer says that someone else does."""
    until = now[0] + seconds
    while now[0] < until and health.fatal is None:
        health.answered(409)
        now[0] += 1
        health.answered(200)
        now[0] += 1


def test_polls_that_get_through_in_between_prove_no_end_of_a_conflict() -> None:
    now = [0.0]
    health = Health(lambda: now[0])
    now[0] = NEWCOMER_S
    contest(health, now, CONFLICT_S - 1)
    assert health.fatal is None
    contest(health, now, 5)
    assert health.fatal == CONFLICT


def test_the_newcomer_gives_way_first() -> None:
    now = [0.0]
    health = Health(lambda: now[0])
    contest(health, now, NEWCOMER_CONFLICT_S + 3)
    assert health.fatal == CONFLICT
    assert now[0] < CONFLICT_S


def test_conflicts_far_apart_are_none_that_last() -> None:
    now = [0.0]
    health = Health(lambda: now[0])
    for _ in range(3 * CONFLICTS):
        health.answered(409)
        assert health.pause_s > 0
        health.answered(200)
        assert health.pause_s == 0
        now[0] += CALM_S + 1
    assert health.fatal is None


@pytest.mark.parametrize(
    "line",
    [
        f"POST https://api.telegram.org/bot{TOKEN}/getMe",
        f"The token `{TOKEN}` was rejected by the server.",
        f"bot%20{TOKEN.replace(':', '%3A')}",
        TOKEN,
    ],
)
def test_a_token_is_hidden_wherever_it_stands(line: str) -> None:
    hidden = Redaction().hide(line)
    assert TOKEN.partition(":")[2] not in hidden
    assert HIDDEN in hidden


def test_times_addresses_and_ids_are_not_hidden() -> None:
    line = "2026-03-01 12:30:00,123 update 123456789 at http://127.0.0.1:8081 in bot/delivery/sender.py:120"
    assert Redaction(["short"]).hide(line) == line


def test_arguments_and_tracebacks_are_redacted(capsys: pytest.CaptureFixture[str]) -> None:
    logger = logging.getLogger("tests.redaction")
    logger.propagate = False
    handler = logging.StreamHandler(sys.stderr)
    logger.addHandler(handler)
    redact_logs(TOKEN)
    try:
        raise ValueError(f"cannot use {TOKEN}")
    except ValueError:
        logger.exception("asked %s", TOKEN)
    finally:
        logger.removeHandler(handler)
    written = capsys.readouterr().err
    assert "ValueError: cannot use <token>" in written
    assert TOKEN not in written


def test_an_unknown_address_is_not_called_a_refused_token() -> None:
    health = Health()
    health.answered(404)
    assert health.fatal is not None
    assert "404" in health.fatal
    assert "401" not in health.fatal


def test_polls_that_fail_in_a_row_are_one_line_and_one_more_when_they_are_back(
    caplog: pytest.LogCaptureFixture,
) -> None:
    health = Health()
    for _ in range(5):
        health.failed(NetworkError("Bad Gateway (502). Parsing the server response b'<html>' failed"))
    health.answered(200)
    health.answered(200)
    assert [(record.levelname, record.getMessage()) for record in caplog.records if record.levelno > logging.DEBUG] == [
        ("WARNING", "a poll failed, trying again: NetworkError: Bad Gateway (502)"),
        ("WARNING", "Telegram answers again; polling goes on"),
    ]


def test_no_proxy_stands_before_a_bot_api_server_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert not httpx.Client(**way_out("http://127.0.0.1:8081"))._mounts
    assert httpx.Client(**way_out("http://bot-api.example:8081"))._mounts


def test_a_bot_that_is_none_is_no_answer() -> None:
    for result in (b"null", b"[]", b"true"):
        with pytest.raises(TelegramError, match="Invalid server response"):
            expect_result(200, b'{"ok":true,"result":' + result + b"}", is_object=True)
    expect_result(200, b'{"ok":true,"result":{"id":1}}', is_object=True)
    expect_result(200, b'{"ok":true,"result":true}')


@pytest.mark.parametrize("status", [401, 404])
def test_a_token_is_refused_by_telegram_alone_and_by_no_page(status: int) -> None:
    for page in (b"<html>sign in</html>", b'{"error":"sign in"}', b""):
        with pytest.raises(NetworkError, match=f"{status} with a page"):
            expect_word(status, page)
    expect_word(status, b'{"ok":false,"error_code":401,"description":"Unauthorized"}')
    expect_word(403, b"<html>sign in</html>")
