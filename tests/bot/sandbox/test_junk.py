"""Whatever a bot sends, the answer is Telegram's yes or a refusal, never a fault of the server."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message, Scope

from bot.sandbox import RunningSandbox
from bot.sandbox.methods import METHODS
from tests.bot.sandbox.api import Api, Json
from tests.sim import DEADLINE_S, Sim

# These wait, change who delivers updates, or end it.
KEPT_OUT = frozenset({"getupdates", "setwebhook", "deletewebhook", "leavechat"})
JUNK = [
    "x",
    "",
    -1,
    10**30,
    True,
    1.5,
    None,
    [],
    {},
    [1],
    ["x"],
    [{}],
    [[{}]],
    {"type": "photo"},
    {"type": {}, "text": 7},
]
NAMES = """
text caption entities caption_entities reply_markup reply_parameters media photo document video question options
type correct_option_ids open_period close_date results inline_query_id inline_message_id next_offset button
result guest_query_id reaction user_id permissions until_date title description name message_ids from_chat_id
latitude longitude phone_number first_name emoji commands scope language_code menu_button action file_id
message_thread_id cache_time custom_title sticker voice audio animation video_note live_period address explanation
"""


async def answered(app: Starlette, path: str, parameters: Json) -> tuple[int, Json]:
    """Return status and answer; the application is asked without HTTP between, which would take most of the time."""
    body, sent = json.dumps(parameters).encode(), list[Message]()

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    kind = (b"content-type", b"application/json")
    scope: Scope = {"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": [kind]}
    with suppress(Exception):  # it has answered 500 by then
        await app(scope, receive, send)
    status = next((message["status"] for message in sent if message["type"] == "http.response.start"), 500)
    content = b"".join(message.get("body", b"") for message in sent)
    return status, json.loads(content) if status == 200 else {}


async def find_faults(app: Starlette, api: Api, chat_id: int, junk: Any) -> list[Any]:
    """Send junk in every place of every method; return what was neither taken nor refused."""
    faults = []
    for method in sorted(METHODS.keys() - KEPT_OUT):
        _, answer = await answered(app, api.path("sendMessage"), {"chat_id": chat_id, "text": method})
        sent = answer["result"]["message_id"]
        parameters: Json = dict.fromkeys(NAMES.split(), junk) | {"chat_id": chat_id, "message_id": sent}
        for change in (
            {},
            {"from_chat_id": chat_id, "user_id": 8, "text": "x"},
            {"message_id": junk},
            {"chat_id": junk},
        ):
            status, _ = await answered(app, api.path(method), parameters | change)
            if status not in (200, 400, 403):
                faults.append((method, change, status))
    return faults


@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_junk_is_refused(telegram: RunningSandbox, api: Api, sim: Sim, junk: Any) -> None:
    chat_id = -1001
    sim.group(7, {"id": chat_id, "type": "supergroup", "title": "x", "is_forum": True}, 8)
    sim.set_member(7, chat_id, "administrator")
    searching = asyncio.run_coroutine_threadsafe(find_faults(telegram.app, api, chat_id, junk), telegram.loop)
    assert searching.result(DEADLINE_S) == []


def test_a_fault_of_the_server_is_seen(telegram: RunningSandbox, api: Api) -> None:
    telegram.app.router.routes.insert(0, Route("/broken", _break, methods=["POST"]))
    asked = asyncio.run_coroutine_threadsafe(answered(telegram.app, "/broken", {}), telegram.loop)
    assert asked.result(DEADLINE_S) == (500, {})


def _break(request: Request) -> Response:
    raise RuntimeError("a fault of the server")
