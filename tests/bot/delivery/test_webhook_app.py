"""The webhook takes only what Telegram sends, and confirms only what is committed."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from telegram import Bot

from bot.delivery.delays import Delays
from bot.delivery.durable_queue import DurableQueue
from bot.delivery.intake import Intake
from bot.delivery.webhook_app import MAX_BODY, SECRET_HEADER, webhook_app
from bot.storage import Store
from tests.databases import migrated_url

SECRET = "s3cret"
UPDATE: dict[str, Any] = {
    "update_id": 11,
    "message": {
        "message_id": 1,
        "date": 1,
        "chat": {"id": 7, "type": "private"},
        "from": {"id": 7, "is_bot": False, "first_name": "Ada"},
        "text": "hello",
    },
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(migrated_url(tmp_path)) as store:
        yield store


async def _post(store: Store, **request: Any) -> tuple[int, int]:
    """Return the answer's status and how many updates are queued."""
    queue = DurableQueue(store)
    app = webhook_app(Intake(Delays(queue), queue, Bot("1:test")).take, path="/hook", secret=SECRET)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as client:
        response = await client.post("/hook", **{"headers": {SECRET_HEADER: SECRET}, **request})
    return response.status_code, queue.qsize()


def _with_sender(number: object) -> bytes:
    message = {**UPDATE["message"], "from": {"id": number, "is_bot": False, "first_name": "Ada"}}
    return json.dumps({**UPDATE, "message": message}).encode()


async def test_a_delivery_is_confirmed_once_it_is_committed(store: Store) -> None:
    assert await _post(store, json=UPDATE) == (200, 1)
    assert store.read(lambda tx: tx.inbox.is_pending(11))


async def test_the_same_delivery_again_is_confirmed_and_goes_nowhere(store: Store) -> None:
    await _post(store, json=UPDATE)
    assert await _post(store, json=UPDATE) == (200, 0)


@pytest.mark.parametrize("headers", [{}, {SECRET_HEADER: "wrong"}, {SECRET_HEADER: ""}, {SECRET_HEADER: f"{SECRET}x"}])
async def test_who_does_not_know_the_secret_is_refused(store: Store, headers: dict[str, str]) -> None:
    assert await _post(store, json=UPDATE, headers=headers) == (403, 0)
    assert await _post(store, content=b"\xff", headers=headers) == (403, 0)
    assert store.read(lambda tx: (tx.inbox.count("pending"), tx.inbox.count("dead"))) == (0, 0)


async def test_who_does_not_know_the_secret_has_nothing_read(store: Store) -> None:
    async def never() -> AsyncIterator[bytes]:
        raise AssertionError("the body must not be read")
        yield b""

    assert await _post(store, content=never(), headers={}) == (403, 0)


async def test_a_body_too_large_is_refused_while_it_comes(store: Store) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 65_536

    assert await _post(store, content=endless()) == (413, 0)


async def test_a_body_that_says_it_is_too_large_is_refused_unread(store: Store) -> None:
    assert await _post(store, content=b"x" * (MAX_BODY + 1)) == (413, 0)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"{", id="no JSON"),
        pytest.param(b"[]", id="no object"),
        pytest.param(b"{}", id="no number"),
        pytest.param(b'{"update_id": "x"}', id="a number that is none"),
        pytest.param(b'{"update_id": true}', id="a number that is true"),
        pytest.param(b'{"update_id": -1}', id="a number below zero"),
        pytest.param(b'{"update_id": %d}' % 2**63, id="a number of 64 bits"),
        pytest.param(b'{"update_id": 1%s}' % (b"0" * 5000), id="a number of 5,000 digits"),
        pytest.param(b'{"update_id": 5, "message": "\xff\xfe"}', id="no UTF-8"),
        pytest.param(b"[" * 100_000, id="lists that never end"),
        pytest.param(b'{"update_id": 5, "message": %s%s}' % (b"[" * 100_000, b"]" * 100_000), id="nested lists"),
        pytest.param(b'{"update_id": 5, "message": %s%s}' % (b'{"a":' * 990 + b"1", b"}" * 990), id="nested objects"),
        pytest.param(b'{"update_id": 5, "message": "NUL \x00"}', id="a bare NUL"),
        pytest.param(b'{"update_id": 12, "message": {"message_id": "?", "chat": 5}}', id="no message"),
        pytest.param(b'{"update_id": 12, "callback_query": {"id": "1", "from": {"id": 1e400}}}', id="infinity"),
    ],
)
async def test_what_is_authentic_and_unreadable_is_kept_once_and_confirmed(store: Store, content: bytes) -> None:
    assert await _post(store, content=content) == (200, 0)
    assert await _post(store, content=content) == (200, 0)
    assert store.read(lambda tx: (tx.inbox.count("pending"), tx.inbox.count("dead"))) == (0, 1)


@pytest.mark.parametrize("number", [2**63, 2**70, -(2**70), "7", 7.5, True, None, [7]])
async def test_a_person_whose_number_no_database_takes_never_reaches_a_handler(store: Store, number: object) -> None:
    query = {"update_id": 12, "callback_query": {"id": "1", "chat_instance": "1", "data": "x", "from": {"id": number}}}
    for content in (_with_sender(number), json.dumps(query).encode()):
        status, queued = await _post(store, content=content)
        assert (status, queued) == (200, 0)
    assert store.read(lambda tx: tx.inbox.count("dead")) == 2


async def test_a_database_that_refuses_is_told_to_telegram_and_the_update_is_taken_once(tmp_path: Path) -> None:
    with Store(migrated_url(tmp_path)) as store:
        queue = DurableQueue(store)
        intake = Intake(Delays(queue), queue, Bot("1:test"), patience_s=0)
        body = json.dumps(UPDATE).encode()
        assert not await intake.take(body)
        assert not await intake.take(body)
        intake.patience_s = 20.0
        assert await intake.take(body)
        assert queue.qsize() == 1
