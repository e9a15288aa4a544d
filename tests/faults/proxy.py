"""A loopback proxy that loses connections, or takes them and never answers: what a network does to a database."""

from __future__ import annotations

import contextlib
import select
import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

LOOK_S = 0.05


class Proxy:
    """Forwards one port to a server. `stall` keeps what comes, `drop` ends every connection there is."""

    def __init__(self, host: str, port: int) -> None:
        self._target = host, port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._pairs: set[tuple[socket.socket, socket.socket]] = set()
        self._stalled, self._closed = threading.Event(), threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def stall(self) -> None:
        self._stalled.set()

    def resume(self) -> None:
        self._stalled.clear()

    def drop(self) -> int:
        """End every connection; returns how many there were."""
        pairs = list(self._pairs)
        for pair in pairs:
            for end in pair:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
        return len(pairs)

    def close(self) -> None:
        self._closed.set()
        self._listener.close()
        self.drop()

    def _accept(self) -> None:
        while not self._closed.is_set():
            try:
                client, _ = self._listener.accept()
                server = socket.create_connection(self._target)
            except OSError:
                return
            threading.Thread(target=self._forward, args=(client, server), daemon=True).start()

    def _forward(self, client: socket.socket, server: socket.socket) -> None:
        pair = client, server
        self._pairs.add(pair)
        with client, server, contextlib.suppress(OSError):
            while not self._closed.is_set():
                if self._stalled.is_set():
                    self._closed.wait(LOOK_S)
                    continue
                readable, _, _ = select.select(pair, (), (), LOOK_S)
                for source in readable:
                    sink = server if source is client else client
                    content = source.recv(65536)
                    if not content:
                        return
                    sink.sendall(content)
        self._pairs.discard(pair)


@contextlib.contextmanager
def proxied(url: str) -> Iterator[tuple[Proxy, str]]:
    """Put a proxy before a database server; yields it and the URL that leads through it."""
    parts = urlsplit(url)
    proxy = Proxy(parts.hostname or "127.0.0.1", parts.port or 5432)
    login = f"{parts.username or ''}{f':{parts.password}' if parts.password else ''}"
    place = f"{login}@127.0.0.1:{proxy.port}" if login else f"127.0.0.1:{proxy.port}"
    try:
        yield proxy, urlunsplit(parts._replace(netloc=place))
    finally:
        proxy.close()
