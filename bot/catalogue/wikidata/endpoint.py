"""The SPARQL endpoint: asked politely, one question at a time, and its answers read with care."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

import httpx

from bot.addresses import is_own_machine
from bot.catalogue.errors import WikidataError
from bot.catalogue.web_client import open_client
from bot.catalogue.wikidata.cache import AnswerCache

JSON: Final = "application/sparql-results+json"
# Wikidata stops a question after 60 s itself (Query Service, User Manual, "Query limits").
_ANSWERS_WITHIN_S, _CONNECTS_WITHIN_S = 75.0, 15.0
_ATTEMPTS: Final = 5
_FIRST_PAUSE_S: Final = 5.0
# Where nobody could be reached: a network comes back quickly, or not at all.
_FIRST_PAUSE_UNREACHED_S: Final = 1.0
# Between two questions; a client may have 60 s of the server's time in every 60 s (ibid.).
_BETWEEN_S: Final = 1.0
# Who is told to come back later than this is told so, and does not sit waiting.
_LONGEST_WAIT_S: Final = 300.0
# A page of films with all that is known of them is about a megabyte.
MAX_BYTES: Final = 32 * 1024**2
_MAX_REDIRECTS: Final = 3
# How a question ends that takes longer than it may, at Wikidata and at servers before it.
_TOO_MUCH: Final = (httpx.codes.INTERNAL_SERVER_ERROR, httpx.codes.GATEWAY_TIMEOUT)
_AGAIN: Final = "run `reelmate update` again, it goes on from here"

# One line of an answer: what each variable is bound to, as {"type", "value", "xml:lang"}.
Binding = Mapping[str, Mapping[str, str]]


class HeavyQuestionError(WikidataError):
    """The server gives up on a question; on less of it at a time it may not."""


class _LaterError(Exception):
    """No answer this time; another attempt may get one."""

    def __init__(
        self,
        reason: str,
        wait_s: float | None = None,
        *,
        first_pause_s: float = _FIRST_PAUSE_S,
        is_heavy: bool = False,
    ) -> None:
        super().__init__(reason)
        self.wait_s = wait_s
        self.first_pause_s = first_pause_s
        self.is_heavy = is_heavy


@dataclass(slots=True)
class Endpoint:
    """A Wikidata-like endpoint.

    Attributes:
        contact: how whoever asks can be reached, as Wikimedia's User-Agent policy wants it; empty for nobody.
        cache: where answers are kept, so that a run which broke off goes on where it was.
        pause, clock: how time passes, in seconds.
        between_s: from an answer to the next question, so that others are answered, too.
    """

    url: str
    cache: AnswerCache
    pause: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    contact: str = ""
    answers_within_s: float = _ANSWERS_WITHIN_S
    between_s: float = _BETWEEN_S
    _free_at: float = field(default=0.0, init=False)

    def ask(self, query: str, *, is_divisible: bool = False) -> list[Binding]:
        """Return the lines of the answer.

        Args:
            is_divisible: less could be asked at a time, should this be too much for the server.

        Raises:
            HeavyQuestionError: it is, as far as twice can tell.
            WikidataError: there is none, or what came is no answer; says what to do.
        """
        kept = self.cache.get(f"{self.url}\n{query}")
        if kept is not None:
            with suppress(_LaterError):  # a spoiled one is asked for anew
                return _bindings(kept)
        reason = ""
        for attempt in range(_ATTEMPTS):
            try:
                content = self._post(query)
                lines = _bindings(content)
            except _LaterError as error:
                reason = str(error)
                if is_divisible and error.is_heavy and attempt:
                    raise HeavyQuestionError(f"{self.url} has no answer to so much at once ({reason})") from error
                if attempt + 1 < _ATTEMPTS:
                    self._wait(max(error.wait_s or 0.0, error.first_pause_s * 2**attempt))
            else:
                self.cache.put(f"{self.url}\n{query}", content)
                return lines
        raise WikidataError(f"{self.url} gave no answer {_ATTEMPTS} times ({reason}): check the network, then {_AGAIN}")

    def _wait(self, wait_s: float) -> None:
        if wait_s > _LONGEST_WAIT_S:
            minutes = round(wait_s / 60)
            raise WikidataError(f"{self.url} asks to be left alone for {minutes} minutes: then {_AGAIN}")
        self.pause(wait_s)

    def _post(self, query: str) -> bytes:
        self.pause(max(0.0, self._free_at - self.clock()))
        try:
            timeout = httpx.Timeout(self.answers_within_s, connect=_CONNECTS_WITHIN_S)
            with open_client(self.url, WikidataError, timeout=timeout, headers=_headers(self.contact)) as client:
                return self._follow(client, query)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise WikidataError(f"expected an address of http or https. Received: {self.url} ({error})") from error
        except httpx.ConnectError as error:
            raise _LaterError(str(error), first_pause_s=_FIRST_PAUSE_UNREACHED_S) from error
        except httpx.TransportError as error:
            is_heavy = isinstance(error, httpx.ReadTimeout)
            raise _LaterError(str(error) or type(error).__name__, is_heavy=is_heavy) from error
        finally:
            self._free_at = self.clock() + self.between_s

    def _follow(self, client: httpx.Client, query: str) -> bytes:
        """Ask where the address leads; never by anything but http and https, and never from https to http."""
        url = httpx.URL(self.url)
        for _ in range(1 + _MAX_REDIRECTS):
            with client.stream("POST", url, data={"query": query, "format": "json"}) as answer:
                if not answer.has_redirect_location:
                    return _read(answer)
                onward = url.join(answer.headers["Location"])
            if onward.scheme not in ("http", "https") or (url.scheme == "https" and onward.scheme != "https"):
                raise WikidataError(f"expected a redirect by https. Received: {url} leads to {onward}")
            url = onward
        raise WikidataError(f"expected at most {_MAX_REDIRECTS} redirects. Received: {self.url} leads on and on")


def pause_between(url: str) -> float:
    """Return how long to let an endpoint rest, in seconds: one on this machine is nobody else's, and needs none."""
    return 0.0 if is_own_machine(url) else _BETWEEN_S


def _headers(contact: str) -> dict[str, str]:
    """Return what is wanted, and who asks."""
    try:
        ours = version("reelmate")
    except PackageNotFoundError:
        ours = "0"
    return {"Accept": JSON, "User-Agent": f"Reelmate/{ours} ({contact or 'a bot that recommends films'}) httpx"}


def _read(answer: httpx.Response) -> bytes:
    status = answer.status_code
    if status in (httpx.codes.TOO_MANY_REQUESTS, httpx.codes.REQUEST_TIMEOUT) or status >= 500:
        wait_s = _retry_after_s(answer.headers.get("Retry-After", ""))
        raise _LaterError(f"status {status}", wait_s, is_heavy=status in _TOO_MUCH and wait_s is None)
    if status != httpx.codes.OK:
        raise WikidataError(f"expected an answer from {answer.url}. Received: status {status}")
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind not in (JSON, "application/json"):
        raise WikidataError(
            f"expected {JSON} from {answer.url}; is this a SPARQL endpoint, and the network open? Received: {kind!r}"
        )
    content = bytearray()
    for chunk in answer.iter_bytes():
        content += chunk
        if len(content) > MAX_BYTES:
            raise WikidataError(f"an answer must be below {MAX_BYTES // 1024**2} MiB. Received: more from {answer.url}")
    return bytes(content)


def _retry_after_s(text: str) -> float | None:
    """Return how long to wait: seconds, or until a date (RFC 9110, 10.2.3)."""
    if text.strip().isdecimal():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None


def _bindings(content: bytes) -> list[Binding]:
    """Read SPARQL 1.1 Query Results JSON.

    Raises:
        _LaterError: it is cut short or broken; the server writes an error into an answer that has begun.
    """
    try:
        lines: Any = json.loads(content)["results"]["bindings"]
        return [{name: _cell(cell) for name, cell in line.items()} for line in lines]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _LaterError(f"the answer is broken or cut short: {type(error).__name__}") from error


def _cell(cell: Mapping[str, Any]) -> dict[str, str]:
    return {"type": str(cell["type"]), "value": str(cell["value"]), "lang": str(cell.get("xml:lang", ""))}
