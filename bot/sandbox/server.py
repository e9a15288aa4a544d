"""Serving the local Telegram: the application, and two ways to run it."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import uvicorn
from starlette.applications import Starlette

from bot.sandbox.api import BotApi
from bot.sandbox.beside import NOTHING_BESIDE, Beside
from bot.sandbox.errors import PortInUseError, SandboxError
from bot.sandbox.page import Page
from bot.sandbox.sim import Sim
from bot.sandbox.world import DEFAULT_TOKEN, World, make_world

START_TIMEOUT_S, STOP_TIMEOUT_S = 10.0, 10.0


@dataclass(frozen=True, slots=True)
class RunningSandbox:
    """A local Telegram that answers.

    Attributes:
        app: what is served, in `loop` alone.
    """

    url: str
    token: str
    app: Starlette
    loop: asyncio.AbstractEventLoop


def create_app(
    token: str = DEFAULT_TOKEN,
    *,
    name: str = "Reelmate",
    username: str = "reelmate_bot",
    limits: bool = True,
    beside: Beside = NOTHING_BESIDE,
) -> Starlette:
    """Return the application: Bot API, `/sim` routes and the chat page; its World is in `app.state.world`."""
    world = make_world(token, name=name, username=username, limits=limits)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        world.close()

    app = Starlette(
        routes=[*BotApi(world).routes(), *Sim(world).routes(), *Page(world, beside).routes()], lifespan=lifespan
    )
    app.state.world = world
    return app


def serve(host: str = "127.0.0.1", port: int = 8081, token: str = DEFAULT_TOKEN, *, limits: bool = True) -> None:
    """Serve in the calling thread until interrupted.

    Raises:
        PortInUseError: when the address is taken.
    """
    app = create_app(token, limits=limits)
    with _bound(host, port) as listener:
        _Server(app).run(sockets=[listener])


@contextlib.contextmanager
def running(
    host: str = "127.0.0.1",
    port: int = 0,
    token: str = DEFAULT_TOKEN,
    *,
    name: str = "Reelmate",
    username: str = "reelmate_bot",
    limits: bool = True,
    beside: Beside = NOTHING_BESIDE,
) -> Iterator[RunningSandbox]:
    """Serve in a thread while the block runs; port 0 takes a free one.

    Args:
        beside: what the page says beside the chat.

    Raises:
        PortInUseError: when the address is taken.
    """
    app = create_app(token, name=name, username=username, limits=limits, beside=beside)
    with _bound(host, port) as listener:
        server = _Server(app)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="sandbox", daemon=True)
        thread.start()
        try:
            loop = _wait_until_started(server)
            yield RunningSandbox(f"http://{host}:{listener.getsockname()[1]}", token, app, loop)
        finally:
            server.should_exit = True
            thread.join(STOP_TIMEOUT_S)


class _Server(uvicorn.Server):
    """A server that ends long polls first when it is told to stop, so that stopping is quick."""

    def __init__(self, app: Starlette) -> None:
        super().__init__(
            uvicorn.Config(
                app, log_config=None, access_log=False, server_header=False, ws="none", timeout_graceful_shutdown=2
            )
        )
        self.ready = concurrent.futures.Future[asyncio.AbstractEventLoop]()
        self._world: World = app.state.world

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set_result(asyncio.get_running_loop())

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._world.close()
        await super().shutdown(sockets)


def _wait_until_started(server: _Server) -> asyncio.AbstractEventLoop:
    try:
        return server.ready.result(START_TIMEOUT_S)
    except TimeoutError as error:
        raise SandboxError(f"the server must start within {START_TIMEOUT_S:.0f} s. Received: no answer") from error


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP because asyncio turns Nagle's algorithm off only then; with it each answer waits 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise PortInUseError(f"port must be free. Received: {host}:{port} ({error.strerror})") from error
    return listener
