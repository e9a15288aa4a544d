"""People who talk to the bot under test through the local Telegram's `/sim` routes."""

from __future__ import annotations

import asyncio
import base64
import json
import time
from collections import deque
from collections.abc import Callable
from http.client import HTTPConnection
from typing import Any, Final, TypeVar
from urllib.parse import urlencode, urlsplit

Json = dict[str, Any]
T = TypeVar("T")

DEADLINE_S = 20.0  # generous: met in milliseconds unless something is broken or the machine is very busy
CHECK_EVERY_S = 0.02
# The server hangs up on who is silent for 5 s.
REUSED_WITHIN_S: Final = 3.0


class RefusedError(AssertionError):
    """A /sim route answered 4xx; `status` says which."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(f"{status}: {message}")
        self.status = status


class Sim:
    """A synchronous client; its answers are update ids, or None where the bot is told nothing.

    It is asked a dozen times a test, so it speaks plain HTTP: httpx takes longer over a question than the server does.
    """

    def __init__(self, url: str, token: str = "") -> None:
        self.url = url
        self.token = token
        # With the time of their last answer; each thread that asks takes one.
        self._free: deque[tuple[float, HTTPConnection]] = deque()

    def close(self) -> None:
        for _, connection in self._free:
            connection.close()

    def message(self, user: int | Json, text: str, chat: Json | None = None, **more: Any) -> int | None:
        """Say something; a bare id is a person with an English app. `thread_id` and `reply_to` may be given."""
        return self.post("message", user=person(user), text=text, **_given(chat=chat), **more)

    def edit(self, user_id: int, message_id: int, text: str) -> int | None:
        """Change the text of a message that one wrote."""
        return self.post("edit", user_id=user_id, message_id=message_id, text=text)

    def document(self, user: int | Json, name: str, content: bytes, chat: Json | None = None) -> int | None:
        """Send a file."""
        encoded = base64.b64encode(content).decode()
        return self.post("document", user=person(user), name=name, content_base64=encoded, **_given(chat=chat))

    def other(self, user: int | Json, content: Json) -> int | None:
        """Send a message of any other kind, by the fields that it has in place of a text."""
        return self.post("other", user=person(user), content=content)

    def tap(self, user_id: int, message_id: int, label: str | None = None, *, data: str | None = None) -> int | None:
        """Tap the button with this label, or send any data as if a button had it."""
        return self.post("callback", user_id=user_id, message_id=message_id, **_given(label=label, data=data))

    def press(self, user: int | Json, label: str, chat: Json | None = None, **asked: Any) -> int | None:
        """Press a key of the reply keyboard, with what the key asks for."""
        return self.post("press", user=person(user), label=label, **_given(chat=chat), **asked)

    def vote(self, user: int | Json, message_id: int, *options: int) -> int | None:
        """Choose options of a poll by their places from 0; none takes the vote back."""
        return self.post("poll", user=person(user), message_id=message_id, options=options)

    def react(self, user: int | Json, message_id: int, *emoji: str) -> int | None:
        """React to a message; no emoji takes the reaction back."""
        return self.post("reaction", user=person(user), message_id=message_id, emoji=emoji)

    def inline(self, user: int | Json, query: str, **more: Any) -> int | None:
        """Type the bot's name and a query in some chat; `offset` and `chat_type` may be given."""
        return self.post("inline", user=person(user), query=query, **more)

    def inline_answer(self, update_id: int | None) -> Json | None:
        """Return what the bot answered to an inline query: results, next_offset, cache_time, is_personal, button."""
        found: Json | None = self._get(f"/sim/inline/{update_id}")["answer"]
        return found

    def choose(self, update_id: int | None, result_id: str, chat: Json | None = None) -> int | None:
        """Send a result of that inline query into a chat."""
        return self.post("inline/choose", query=update_id, result_id=result_id, **_given(chat=chat))

    def guest(self, user: int | Json, text: str, chat: Json, **more: Any) -> int | None:
        """Mention the bot in a chat that it is not in."""
        return self.post("guest", user=person(user), text=text, chat=chat, **more)

    def group(self, user: int | Json, chat: Json, *members: int | Json) -> None:
        """Make a group with these people and without the bot."""
        self.post("group", user=person(user), chat=chat, members=[person(one) for one in members])

    def set_member(
        self, by: int | Json, chat_id: int, status: str, member: int | Json | None = None, **more: Any
    ) -> int | None:
        """Give the bot, or somebody else, another place in a group: member, administrator, left, kicked..."""
        who = {} if member is None else {"member": person(member)}
        return self.post("group/member", user=person(by), chat_id=chat_id, status=status, **who, **more)

    def migrate(self, by: int | Json, chat_id: int) -> int:
        """Make a group a supergroup; return its new id."""
        body = json.dumps({"user": person(by), "chat_id": chat_id}).encode()
        return int(self._ask("POST", "/sim/group/migrate", body)["chat_id"])

    def redeliver(self, update_id: int) -> int | None:
        return self.post("redeliver", update_id=update_id)

    def block(self, user_id: int) -> int | None:
        return self.post("block", user_id=user_id)

    def unblock(self, user_id: int) -> int | None:
        return self.post("unblock", user_id=user_id)

    def fault(self, method: str | None = None, **fault: Any) -> None:
        """Plan failures: status, retry_after, delay_s, drop (True or "after"), times."""
        self.post("fault", method=method, **fault)

    def reset(self) -> None:
        self.post("reset")

    def chat(self, chat_id: int) -> Json:
        """Return `messages` and `toasts` of a chat."""
        return self._get(f"/sim/chat/{chat_id}")

    def messages(self, chat_id: int) -> list[Json]:
        found: list[Json] = self.chat(chat_id)["messages"]
        return found

    def from_bot(self, chat_id: int) -> list[Json]:
        """Return what the bot said, oldest first."""
        return [message for message in self.messages(chat_id) if message["from"] == "bot"]

    def toasts(self, chat_id: int) -> list[Json]:
        found: list[Json] = self.chat(chat_id)["toasts"]
        return found

    def calls(self, since: int = 0, method: str | None = None) -> list[Json]:
        """Return Bot API calls after a number, all or of one method."""
        found: list[Json] = self._get("/sim/calls", since=since)["calls"]
        return [call for call in found if method is None or call["method"].lower() == method.lower()]

    def until(self, read: Callable[[], T], *, within_s: float = DEADLINE_S, what: str = "") -> T:
        """Return what `read` finds as soon as it is true."""
        deadline = time.monotonic() + within_s
        while not (found := read()):
            assert time.monotonic() < deadline, f"waited {within_s:.0f} s for {what or 'the condition'}: {found!r}"
            self._pause()
        return found

    def until_message(self, chat_id: int, fits: Callable[[Json], bool], **options: Any) -> Json:
        """Return the newest message of the bot that fits, waiting for one."""
        return self.until(lambda: self._newest(chat_id, fits), **options) or {}

    def until_text(self, chat_id: int, part: str, **options: Any) -> Json:
        """Return the newest message of the bot that contains a text, waiting for one."""
        return self.until_message(chat_id, lambda message: part in message["text"], what=repr(part), **options)

    def post(self, route: str, **body: Any) -> int | None:
        update_id: int | None = self._ask("POST", f"/sim/{route}", json.dumps(body).encode())["update_id"]
        return update_id

    def _pause(self) -> None:
        """Let some time go by, as long as nothing can have changed."""
        time.sleep(CHECK_EVERY_S)

    def _get(self, path: str, **query: Any) -> Json:
        return self._ask("GET", f"{path}?{urlencode(query)}")

    def _ask(self, method: str, path: str, body: bytes | None = None) -> Json:
        status, content = self._answer(method, path, body)
        answer: Json = json.loads(content)
        if status >= 400:
            raise RefusedError(status, answer["error"])
        return answer

    def _answer(self, method: str, path: str, body: bytes | None) -> tuple[int, bytes]:
        connection = self._connection()
        connection.request(method, path, body, {"Content-Type": "application/json"} if body else {})
        response = connection.getresponse()
        content = response.read()
        self._free.append((time.monotonic(), connection))
        return response.status, content

    def _connection(self) -> HTTPConnection:
        """Return a connection that nobody uses, the last used first: a new one where the server may have hung up."""
        try:
            used, connection = self._free.pop()
        except IndexError:
            return HTTPConnection(urlsplit(self.url).netloc, timeout=DEADLINE_S)
        if time.monotonic() - used > REUSED_WITHIN_S:
            connection.close()
        return connection

    def _newest(self, chat_id: int, fits: Callable[[Json], bool]) -> Json | None:
        return next((message for message in reversed(self.from_bot(chat_id)) if fits(message)), None)


class AsyncSim:
    """The same for tests whose bot lives in the test's own event loop: every call leaves the loop free."""

    def __init__(self, sim: Sim) -> None:
        self.sim = sim

    async def message(self, user: int | Json, text: str, chat: Json | None = None) -> int | None:
        return await asyncio.to_thread(self.sim.message, user, text, chat)

    async def document(self, user: int | Json, name: str, content: bytes, chat: Json | None = None) -> int | None:
        return await asyncio.to_thread(self.sim.document, user, name, content, chat)

    async def tap(
        self, user_id: int, message_id: int, label: str | None = None, *, data: str | None = None
    ) -> int | None:
        return await asyncio.to_thread(self.sim.tap, user_id, message_id, label, data=data)

    async def chat(self, chat_id: int) -> Json:
        return await asyncio.to_thread(self.sim.chat, chat_id)

    async def from_bot(self, chat_id: int) -> list[Json]:
        return await asyncio.to_thread(self.sim.from_bot, chat_id)

    async def calls(self, since: int = 0, method: str | None = None) -> list[Json]:
        return await asyncio.to_thread(self.sim.calls, since, method)

    async def until(self, read: Callable[[], T], **options: Any) -> T:
        """Wait for a condition; `read` runs in a thread and may use the synchronous client."""
        return await asyncio.to_thread(lambda: self.sim.until(read, **options))

    async def until_message(self, chat_id: int, fits: Callable[[Json], bool], **options: Any) -> Json:
        return await asyncio.to_thread(lambda: self.sim.until_message(chat_id, fits, **options))

    async def until_text(self, chat_id: int, part: str, **options: Any) -> Json:
        return await asyncio.to_thread(lambda: self.sim.until_text(chat_id, part, **options))


def person(user: int | Json) -> Json:
    """Return a person's fields; a bare id gets a name and an English app."""
    return {"id": user, "first_name": f"Ada {user}", "language_code": "en"} if isinstance(user, int) else user


def _given(**values: Any) -> Json:
    return {name: value for name, value in values.items() if value is not None}
