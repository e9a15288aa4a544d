"""The webhook takes only what Telegram sends, and confirms only what is committed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from telegram import Bot

from bot.delivery.durable_queue import DurableQueue
from bot.delivery.webhook import MAX_BODY, SECRET_HEADER, webhook_app
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
    app = webhook_app(queue, Bot("1:test"), path="/hook", secret=SECRET)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as client:
        response = await client.post("/hook", **{"headers": {SECRET_HEADER: SECRET}, **request})
    return response.status_code, queue.qsize()


async def test_a_delivery_is_confirmed_once_it_is_committed(store: Store) -> None:
    assert await _post(store, json=UPDATE) == (200, 1)
    assert store.read(lambda tx: tx.inbox.is_pending(11))


async def test_the_same_delivery_again_is_confirmed_and_goes_nowhere(store: Store) -> None:
    await _post(store, json=UPDATE)
    assert await _post(store, json=UPDATE) == (200, 0)


@pytest.mark.parametrize("headers", [{}, {SECRET_HEADER: "wrong"}, {SECRET_HEADER: ""}])
async def test_who_does_not_know_the_secret_is_refused(store: Store, headers: dict[str, str]) -> None:
    assert await _post(store, json=UPDATE, headers=headers) == (403, 0)
    assert store.read(lambda tx: tx.inbox.count("pending")) == 0


async def test_a_body_too_large_is_refused_while_it_comes(store: Store) -> None:
    assert await _post(store, content=b"x" * (MAX_BODY + 1)) == (413, 0)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"update_id": "x"}', b"\xff"])
async def test_what_is_no_update_is_refused(store: Store, content: bytes) -> None:
    assert await _post(store, content=content) == (400, 0)


async def test_an_update_the_library_cannot_read_is_kept_as_a_dead_letter(store: Store) -> None:
    assert await _post(store, json={"update_id": 12, "message": {"message_id": "?", "chat": 5}}) == (200, 0)
    assert store.read(lambda tx: tx.inbox.count("dead")) == 1
