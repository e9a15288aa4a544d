"""An HTTP connection whose head and body must come in time; uvicorn itself waits for either as long as it takes."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, Protocol

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol


@dataclass(frozen=True, slots=True)
class Waits:
    """How long a client is waited for; Telegram and proxies take milliseconds.

    Attributes:
        head_s: from the connection, or the answer before, to the end of a request's head.
        body_s: from there to the end of the body, which is one megabyte at most.
        linger_s: for the rest of a body behind an answer that was given without it. A connection closed at once would
            take the answer from a client that still sends (RFC 9112, section 9.6).
    """

    head_s: float = 10.0
    body_s: float = 10.0
    linger_s: float = 5.0


class Registry(Protocol):
    """Who keeps count of the open connections."""

    def opened(self, connection: TimedConnection) -> None: ...
    def answered(self, connection: TimedConnection) -> None: ...
    def closed(self, connection: TimedConnection) -> None: ...


class TimedConnection(H11Protocol):
    """One connection, aborted when what the client owes does not come in time."""

    def __init__(self, *args: Any, registry: Registry, waits: Waits, **options: Any) -> None:
        super().__init__(*args, **options)
        self._registry, self._waits = registry, waits
        self._alarm: asyncio.TimerHandle | None = None

    @property
    def is_waiting(self) -> bool:
        """Say whether nothing is lost by closing it: no request is complete, or its answer is given."""
        return self.conn.their_state is h11.IDLE or self._is_answered

    def give_way(self) -> None:
        """Close it for another's sake; an answer on its way still arrives."""
        if self._is_answered:
            self.transport.close()
        else:
            self.transport.abort()

    @property
    def _is_answered(self) -> bool:
        return self.cycle is not None and self.cycle.response_complete

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport), "a stream socket has a two-way transport"
        super().connection_made(transport)
        self._registry.opened(self)
        self._watch(None)

    def connection_lost(self, exc: Exception | None) -> None:
        self._registry.closed(self)
        self._stop_alarm()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        before = self.conn.their_state, self.cycle
        super().data_received(data)
        self._watch(before)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._watch(None)
        self._registry.answered(self)

    def _watch(self, before: tuple[Any, Any] | None) -> None:
        """Set the alarm for what the client owes now; as long as it owes the same, the alarm stays."""
        if before == (self.conn.their_state, self.cycle):
            return
        self._stop_alarm()
        seconds = self._find_owed_s()
        if seconds is not None and not self.transport.is_closing():
            self._alarm = self.loop.call_later(seconds, self.transport.abort)

    def _find_owed_s(self) -> float | None:
        if self.conn.their_state is h11.IDLE:
            return self._waits.head_s
        if self.conn.their_state is not h11.SEND_BODY:
            return None
        return self._waits.linger_s if self._is_answered else self._waits.body_s

    def _stop_alarm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
