"""Updates reach the bot at least once: by long polling until confirmed, or by a webhook until taken."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
from telegram import Update

from tests.bot.sandbox.api import Api
from tests.bot.sandbox.echo import build
from tests.sim import AsyncSim, Sim

Json = dict[str, Any]


def texts(updates: list[Json]) -> list[str]:
    return [update["message"]["text"] for update in updates]


def test_an_update_comes_again_until_its_offset_confirms_it(api: Api, sim: Sim) -> None:
    sim.message(7, "again")
    updates = api.result("getUpdates")
    assert texts(updates) == texts(api.result("getUpdates")) == ["hello", "again"]
    assert texts(api.result("getUpdates", offset=updates[1]["update_id"])) == ["again"]
    assert api.result("getUpdates", offset=updates[1]["update_id"] + 1) == []


def test_a_limit_takes_the_oldest_and_a_negative_offset_the_newest(api: Api, sim: Sim) -> None:
    for text in ("two", "three"):
        sim.message(7, text)
    assert texts(api.result("getUpdates", limit=2)) == ["hello", "two"]
    assert texts(api.result("getUpdates", offset=-1)) == ["three"]
    assert texts(api.result("getUpdates")) == ["three"]


def test_a_long_poll_answers_as_soon_as_somebody_writes(api: Api, sim: Sim) -> None:
    offset = api.result("getUpdates")[-1]["update_id"] + 1
    with in_thread(lambda: api.result("getUpdates", offset=offset, timeout=50)) as poll:
        sim.message(7, "now")
        assert texts(poll()) == ["now"]


def test_a_second_poller_ends_the_first_with_a_conflict(api: Api, sim: Sim) -> None:
    offset = api.result("getUpdates")[-1]["update_id"] + 1
    second = Api(sim.url, sim.token)
    with in_thread(lambda: api.call("getUpdates", offset=offset, timeout=50)) as first:
        sim.until(lambda: second.result("getUpdates", offset=offset) == [] and conflicts(sim))
        status, answer = first()
    second.close()
    assert (status, answer["description"]) == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )


def test_what_a_vanished_poller_was_sent_comes_to_the_next_one(api: Api, sim: Sim) -> None:
    offset = api.result("getUpdates")[-1]["update_id"] + 1
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(
            sim.url + api.path("getUpdates"), params={"offset": offset, "timeout": 50}, timeout=0.2, trust_env=False
        )
    sim.message(7, "anybody there?")
    assert texts(api.result("getUpdates", offset=offset, timeout=5)) == ["anybody there?"]
    assert texts(api.result("getUpdates", offset=offset)) == ["anybody there?"]


def conflicts(sim: Sim) -> list[Json]:
    return [call for call in sim.calls(method="getUpdates") if call["status"] == 409]


def test_kinds_not_asked_for_are_not_queued(api: Api, sim: Sim) -> None:
    api.result("getUpdates", offset=-1, allowed_updates=["callback_query"])
    assert sim.message(7, "unheard") is None
    api.result("getUpdates", allowed_updates=[])
    assert sim.message(7, "heard")
    assert texts(api.result("getUpdates"))[-1] == "heard"


def test_a_redelivered_update_comes_once_more_whatever_the_offset(api: Api, sim: Sim) -> None:
    update = api.result("getUpdates")[0]
    offset = update["update_id"] + 1
    assert api.result("getUpdates", offset=offset) == []
    assert sim.redeliver(update["update_id"]) == update["update_id"]
    assert api.result("getUpdates", offset=offset) == [update]
    assert api.result("getUpdates", offset=offset) == []


def test_update_and_message_ids_go_on_after_a_reset(api: Api, sim: Sim) -> None:
    before = sim.message(7, "before") or 0
    sim.reset()
    assert sim.chat(7) == {"messages": [], "toasts": []}
    assert sim.calls() == []
    assert api.refusal("sendMessage", chat_id=7, text="x") == "Bad Request: chat not found"
    assert (sim.message(7, "after") or 0) == before + 1
    assert texts(api.result("getUpdates", offset=before + 1)) == ["after"]


def test_polling_and_a_webhook_exclude_each_other(api: Api) -> None:
    with receiver() as inbox:
        api.result("setWebhook", url=inbox.url)
        assert api.refusal("getUpdates") == (
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
        assert api.result("getWebhookInfo")["url"] == inbox.url
        api.result("deleteWebhook")
        assert api.result("getUpdates", timeout=0) is not None


def test_a_webhook_gets_what_waited_and_what_comes_with_its_secret(api: Api, sim: Sim) -> None:
    with receiver() as inbox:
        api.result("setWebhook", url=inbox.url, secret_token="s3cret")
        sim.until(lambda: len(inbox.updates) == 1)
        sim.message(7, "more")
        sim.until(lambda: len(inbox.updates) == 2)
        api.result("deleteWebhook")
    assert texts(inbox.updates) == ["hello", "more"]
    assert set(inbox.secrets) == {"s3cret"}


def test_a_webhook_that_fails_gets_the_update_again(api: Api, sim: Sim) -> None:
    with receiver(statuses=[500, 403]) as inbox:
        api.result("setWebhook", url=inbox.url)
        sim.until(lambda: len(inbox.updates) == 3)
        sim.until(lambda: api.result("getWebhookInfo")["pending_update_count"] == 0)
        told = api.result("getWebhookInfo")["last_error_message"]
        api.result("deleteWebhook")
    assert texts(inbox.updates) == ["hello"] * 3
    assert told == "Wrong response from the webhook: 403 Forbidden"


def test_a_webhook_elsewhere_must_be_https_and_its_secret_plain(api: Api) -> None:
    refused = api.refusal("setWebhook", url="http://example.org/hook")
    assert refused == "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
    refused = api.refusal("setWebhook", url="https://example.org/hook", secret_token="not plain")
    assert refused == "Bad Request: secret token contains unallowed characters"


def test_pending_updates_are_dropped_on_request(api: Api) -> None:
    api.result("deleteWebhook", drop_pending_updates=True)
    assert api.result("getUpdates") == []


async def test_the_library_lives_on_a_webhook(sim: Sim, asim: AsyncSim) -> None:
    app = build(sim.url, sim.token)
    loop = asyncio.get_running_loop()

    def deliver(update: Json) -> None:
        loop.call_soon_threadsafe(app.update_queue.put_nowait, Update.de_json(update, app.bot))

    async with app:
        await app.start()
        with receiver(deliver) as inbox:
            await app.bot.set_webhook(inbox.url, secret_token="s3cret")
            await asim.message(7, "by webhook")
            assert (await asim.until_text(7, "by webhook"))["from"] == "bot"
            await app.bot.delete_webhook()
        await app.stop()


@dataclass(slots=True)
class Inbox:
    """What a webhook received."""

    url: str = ""
    updates: list[Json] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)


@contextmanager
def receiver(deliver: Callable[[Json], None] = lambda update: None, *, statuses: Sequence[int] = ()) -> Iterator[Inbox]:
    """Serve a webhook that answers with these statuses first, and 200 from then on."""
    inbox, answers = Inbox(), iter(statuses)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            update = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            inbox.secrets.append(self.headers["X-Telegram-Bot-Api-Secret-Token"])
            deliver(update)
            self.send_response(next(answers, 200))
            self.send_header("Content-Length", "0")
            self.end_headers()
            inbox.updates.append(update)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        inbox.url = f"http://127.0.0.1:{server.server_port}/hook"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield inbox
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def in_thread(call: Callable[[], Any]) -> Iterator[Callable[[], Any]]:
    """Run a call beside the test; what is yielded waits for its result."""
    results: list[Any] = []
    thread = threading.Thread(target=lambda: results.append(call()))
    thread.start()

    def result() -> Any:
        thread.join(20)
        return results[0]

    yield result
    thread.join(20)
