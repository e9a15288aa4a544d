"""The server: uvicorn in the bot's own loop, which takes only as many connections as it can bear."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import resource
import socket
from collections.abc import Callable, Iterator
from typing import Any, Final

import uvicorn

from bot.settings import SettingsError
from bot.web.connection import TimedConnection, Waits

log = logging.getLogger(__name__)

# Telegram opens 40 at most, unless it is asked for more (Bot API, setWebhook).
MOST_CONNECTIONS: Final = 128
# The database, Telegram and files need descriptors, too: strangers get a quarter of those that the system grants.
SHARE: Final = 4
BACKLOG: Final = 128
# Between attempts to accept where the system has no descriptor left.
AGAIN_S: Final = 0.5
STOP_S: Final = 2


class BoundedServer(uvicorn.Server):
    """Serves one application on a listening socket; signals stay with the bot.

    Beyond its bound a new connection takes the place of the one that has waited longest for its client; where all are
    at work, it waits until one is done.
    """

    def __init__(
        self, app: Callable[..., Any], listener: socket.socket, *, most: int | None = None, waits: Waits = Waits()
    ) -> None:
        self._most = most or min(MOST_CONNECTIONS, max(1, resource.getrlimit(resource.RLIMIT_NOFILE)[0] // SHARE))
        self._listener, self._waits = listener, waits
        self._open: dict[TimedConnection, None] = {}  # oldest first
        self._freed = asyncio.Event()
        self._accepting: asyncio.Task[None] | None = None
        super().__init__(
            uvicorn.Config(
                app,
                http=TimedConnection,
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=STOP_S,
            )
        )

    @property
    def port(self) -> int:
        port: int = self._listener.getsockname()[1]
        return port

    @property
    def connections(self) -> int:
        return len(self._open)

    def opened(self, connection: TimedConnection) -> None:
        self._open[connection] = None

    def answered(self, connection: TimedConnection) -> None:
        self._freed.set()

    def closed(self, connection: TimedConnection) -> None:
        self._open.pop(connection, None)
        self._freed.set()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Accept connections; asyncio's own server would take any number, and log without end when none can be had."""
        self.servers = []
        self._accepting = asyncio.create_task(self._accept(), name="accept")
        self.started = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if self._accepting is not None:
            self._accepting.cancel()
        self._listener.close()
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def _accept(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                accepted, _ = await loop.sock_accept(self._listener)
            except OSError as error:
                log.warning("no connection can be accepted, trying again: %s", error.strerror)
                self._evict()
                await asyncio.sleep(AGAIN_S)
                continue
            await self._make_room()
            with contextlib.suppress(OSError):  # it may be gone already
                await loop.connect_accepted_socket(self._connection, accepted)

    def _connection(self) -> asyncio.Protocol:
        return TimedConnection(
            config=self.config,
            server_state=self.server_state,
            app_state=self.lifespan.state,
            registry=self,
            waits=self._waits,
        )

    async def _make_room(self) -> None:
        while len(self._open) >= self._most:
            self._freed.clear()
            if not self._evict():
                log.warning("all %d connections are at work; a new one waits", self._most)
            await self._freed.wait()

    def _evict(self) -> bool:
        """Close the connection that has waited longest for its client; False where none waits."""
        oldest = next((one for one in self._open if one.is_waiting and not one.transport.is_closing()), None)
        if oldest is not None:
            oldest.give_way()
        return oldest is not None


def listen(host: str, port: int, *, setting: str) -> socket.socket:
    """Return a socket that listens; port 0 takes a free one.

    Args:
        setting: the variable that named the port.

    Raises:
        SettingsError: the port cannot be had.
    """
    # Named as TCP because asyncio turns Nagle's algorithm off only then; with it each answer waits 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setblocking(False)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise SettingsError(f"{setting} must name a port that is free. Received: {port} ({error.strerror})") from None
    return listener
