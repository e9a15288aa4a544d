"""The request that polls: commits what it fetched, and lets no single update block the others."""

from __future__ import annotations

import asyncio
import contextlib
import json
import math
import ssl
import time
from collections.abc import Awaitable, Callable, Sequence
from contextvars import ContextVar
from functools import cache, partial
from typing import Any, Final, Protocol

import httpx
from telegram.error import NetworkError, TelegramError
from telegram.request import HTTPXRequest

from bot.addresses import is_own_machine
from bot.delivery.health import Health
from bot.delivery.incoming import Raw, as_readable
from bot.delivery.throttle import Bucket

# What the library hears once polling has no hope: an error would end it in a way that skips the shutdown.
Call = Callable[[], Awaitable[tuple[int, bytes]]]
NOTHING: Final = (200, b'{"ok":true,"result":[]}')
# Between such answers, while the application stops, and while another bot may be the one that polls.
NOTHING_EVERY_S: Final = 0.5
# The library's last call tells Telegram what is stored; whatever does not hear it is fetched, and known, again.
CONFIRM_S: Final = 1.5
# Polls in a row, and in a second from then on: each takes some milliseconds of a processor, whatever it brings, so that
# where updates flood in, fewer polls bring more of them.
POLLS: Final = (25, 25.0)

# Calls to Telegram at the same time: answers to taps have 192 of them (handlers/answers.py), for each may take seconds,
# and 30 messages a second need no more than the rest: a call would have to last two seconds.
CONNECTIONS: Final = 256
# A call that finds all of them busy waits this long; longer than a slow answer lasts.
POOL_TIMEOUT_S: Final = 10.0
# What ends a bot, where Telegram says it: the token is refused, or there is no such bot.
REFUSALS: Final = (401, 404)
# Kept open while nothing goes over them: before each call HTTPX looks at every one, which takes 25 us each.
IDLE_CONNECTIONS: Final = 8

# Asks for what has come meanwhile, without confirming it.
Peek = Callable[[], Awaitable[Sequence[Raw]]]
# Hears of a call to Telegram: its method, and the status of the answer; None where no answer came.
OnCall = Callable[[str, int | None], None]


class Receive(Protocol):
    """Stores (readable, unreadable) raw updates; may peek at what comes meanwhile."""

    async def __call__(
        self, readable: Sequence[Raw], unreadable: Sequence[Raw] = (), *, peek: Peek | None = None
    ) -> None: ...


@cache
def certificates() -> ssl.SSLContext:
    """Return the certificates that are trusted; clients share them, since reading them takes .1 s each time."""
    return httpx.create_ssl_context()


def way_out(root: str = "") -> dict[str, Any]:
    """Return what a client of a Bot API server is made with: no proxy where it is on this machine.

    Args:
        root: the server's address.
    """
    return {"verify": certificates(), "trust_env": not is_own_machine(root)}


class ApiRequest(HTTPXRequest):
    """A request whose answer may be of a sign-in page or of a server of one's own, and be no answer of Telegram's."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Parse Telegram's answer; unlike the library's, it writes nothing of it to the log."""
        return parse_answer(payload)


class PollingRequest(ApiRequest):
    """Polls for updates.

    A whole batch is committed at once before the library sees it. An update that the library cannot read would be
    fetched for ever (docs/design.md): it goes on as its bare number and is kept as a dead letter.

    Args:
        receive: returns once the updates are committed.
        health: hears the status of every poll.
        may_poll: False while another process may be the one that polls.
        has_ended: True once nothing more is to be stored; what is fetched then stays with Telegram.
        root: the address of the Bot API server.
        on_call: hears of every call.
        clock: seconds, monotonic.
    """

    def __init__(
        self,
        receive: Receive,
        health: Health,
        *,
        may_poll: Callable[[], bool] = lambda: True,
        has_ended: Callable[[], bool] = lambda: False,
        root: str = "",
        on_call: OnCall = lambda _method, _status: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(connection_pool_size=1, httpx_kwargs=way_out(root))
        self._clock, self._polls = clock, Bucket(*POLLS, clock())
        self._receive, self._health, self._on_call = receive, health, on_call
        self._may_poll, self._has_ended = may_poll, has_ended

    async def do_request(self, url: str, method: str, *args: Any, **options: Any) -> tuple[int, bytes]:
        if not url.endswith("/getUpdates"):
            return await super().do_request(url, method, *args, **options)
        if self._health.fatal is not None or not self._may_poll():
            if not self._has_ended():
                await asyncio.sleep(NOTHING_EVERY_S)
            return NOTHING
        call = partial(self._counted, super().do_request, url, method, *args, **options)
        return await (self._confirm(call) if self._has_ended() else self._poll(call))

    async def _counted(self, call: Callable[..., Any], *args: Any, **options: Any) -> tuple[int, bytes]:
        status = None
        try:
            status, payload = await call(*args, **options)
        finally:
            self._on_call("getUpdates", status)
        return status, payload

    async def _poll(self, call: Call) -> tuple[int, bytes]:
        await asyncio.sleep(max(self._health.pause_s, self.rest_s()))
        status, payload = await call()
        expect_word(status, payload)
        if status == 200:
            # A page that is no answer of Telegram's raises here.
            payload = await self._cleaned(payload, partial(self._peek, call))
        self._health.answered(status)
        return NOTHING if self._health.fatal is not None or self._has_ended() else (status, payload)

    def rest_s(self) -> float:
        """Count one more poll, and return the seconds that it is to wait for its turn."""
        wait_s = self._polls.wait_s(self._clock())
        self._polls.tokens -= 1
        return wait_s

    async def _confirm(self, call: Call) -> tuple[int, bytes]:
        with contextlib.suppress(TelegramError, TimeoutError):
            async with asyncio.timeout(CONFIRM_S):
                await call()
        return NOTHING

    async def _peek(self, call: Call) -> list[Raw]:
        """Poll again, as nothing is confirmed: what is waiting comes once more, and what is new with it."""
        try:
            status, payload = await call()
            self._health.answered(status)
            return _updates_in(parse_answer(payload)) if status == 200 else []
        except TelegramError as error:
            self._health.failed(error)
            return []

    async def _cleaned(self, payload: bytes, peek: Peek | None = None) -> bytes:
        """Commit the updates in an answer and return it with the unreadable ones bare."""
        found = _updates_in(parse_answer(payload))
        if not found:
            expect_result(200, payload)
            return payload
        once: dict[int, Raw] = {}
        for one in found:
            once.setdefault(one["update_id"], one)
        known = [as_readable(one) for one in once.values()]
        batch = [one for one, _ in known]
        unreadable = [one for one, can_be_read in known if not can_be_read]
        await self._receive([one for one in batch if one not in unreadable], unreadable, peek=peek)
        if not unreadable and batch == found:
            return payload
        bare = [{"update_id": one["update_id"]} if one in unreadable else one for one in batch]
        return json.dumps({"ok": True, "result": bare}).encode()


def _updates_in(answer: dict[str, Any]) -> list[Raw]:
    result = answer.get("result")
    return [one for one in (result if isinstance(result, list) else ()) if isinstance(one, dict) and "update_id" in one]


# The HTTP status of this task's last call; None: no answer. The library's errors do not tell.
last_status: ContextVar[int | None] = ContextVar("last_status", default=None)


class SendingRequest(ApiRequest):
    """Everything but polling; remembers the status and writes no answer to the log.

    Args:
        root: the address of the Bot API server.
        on_call: hears of every call.
    """

    def __init__(self, *, root: str = "", on_call: OnCall = lambda _method, _status: None) -> None:
        limits = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=IDLE_CONNECTIONS)
        super().__init__(httpx_kwargs={**way_out(root), "limits": limits}, pool_timeout=POOL_TIMEOUT_S)
        self._on_call = on_call

    async def do_request(self, url: str, method: str, *args: Any, **options: Any) -> tuple[int, bytes]:
        last_status.set(None)
        try:
            status, payload = await super().do_request(url, method, *args, **options)
            last_status.set(status)
            if method == "POST":  # a GET brings a file
                expect_word(status, payload)
                expect_result(status, payload, is_object=url.endswith("/getMe"))
        finally:
            self._on_call(url.rpartition("/")[2], last_status.get())
        return status, payload


def parse_answer(payload: bytes) -> dict[str, Any]:
    """Parse an answer of the Bot API.

    Raises:
        TelegramError: it is no JSON object, such as the HTML page of a proxy.
    """
    try:
        answer = json.loads(payload.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        raise TelegramError("Invalid server response") from None
    if not isinstance(answer, dict):
        raise TelegramError("Invalid server response")
    if "parameters" in answer:
        answer["parameters"] = _parameters(answer["parameters"])
    return answer


def expect_result(status: int, payload: bytes, *, is_object: bool = False) -> None:
    """Look for the result that the library takes for granted in whatever comes with a status of success.

    Raises:
        TelegramError: there is none.
    """
    if not 200 <= status < 300:
        return
    if b'"result"' not in payload or (is_object and not isinstance(parse_answer(payload).get("result"), dict)):
        raise TelegramError("Invalid server response")


def expect_word(status: int, payload: bytes) -> None:
    """Make sure that who refuses the token for good is Telegram, and no page on the way there.

    Raises:
        NetworkError: it is a page.
    """
    if status not in REFUSALS:
        return
    try:
        is_told = "ok" in parse_answer(payload)
    except TelegramError:
        is_told = False
    if not is_told:
        raise NetworkError(f"{status} with a page that is not Telegram's, check REELMATE_TELEGRAM_API_URL")


def _parameters(told: object) -> dict[str, Any]:
    """Return what was told with a refusal; seconds to wait are a whole number there, or are not told."""
    parameters = {**told} if isinstance(told, dict) else {}
    seconds = parameters.pop("retry_after", None)
    with contextlib.suppress(TypeError, ValueError, OverflowError):
        parameters["retry_after"] = math.ceil(float(seconds))
    return parameters
