"""The server's connections are bounded in number and in time; sockets are real, and half-open ones really so."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.web.connection import Waits
from bot.web.server import BoundedServer, listen

WITHIN_S = 10.0
REQUEST = b"POST /%s HTTP/1.1\r\nHost: bot\r\nContent-Length: %d\r\n\r\n"
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def _read(request: Request) -> Response:
    with contextlib.suppress(ClientDisconnect):
        await request.body()
    return Response(status_code=200)


async def _refuse(request: Request) -> Response:
    return Response(status_code=403)


APP = Starlette(routes=[Route("/read", _read, methods=["POST"]), Route("/refuse", _refuse, methods=["POST"])])


HASTY = Waits(0.2, 0.2, 0.2)


@contextlib.asynccontextmanager
async def serving(app: Any = APP, **options: Any) -> AsyncIterator[BoundedServer]:
    server = BoundedServer(app, listen("127.0.0.1", 0, setting="PORT"), **options)
    task = asyncio.create_task(server.serve())
    try:
        yield server
    finally:
        server.should_exit = True
        await task


async def connect(server: BoundedServer, *sent: bytes) -> Streams:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    for part in sent:
        writer.write(part)
    return reader, writer


async def status(reader: asyncio.StreamReader) -> int:
    line = await asyncio.wait_for(reader.readline(), WITHIN_S)
    return int(line.split()[1])


async def is_closed(reader: asyncio.StreamReader) -> bool:
    """Wait until the other side hangs up."""
    with contextlib.suppress(ConnectionError):
        return await asyncio.wait_for(reader.read(), WITHIN_S) is not None
    return True


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(WITHIN_S):
        while not condition():  # noqa: ASYNC110  # another side ends it
            await asyncio.sleep(0.01)


async def hang_up(*streams: Streams) -> None:
    for _, writer in streams:
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


async def test_a_request_is_answered_and_its_connection_used_again() -> None:
    async with serving() as server:
        reader, writer = client = await connect(server)
        for _ in range(3):
            writer.write(REQUEST % (b"read", 2) + b"{}")
            assert await status(reader) == 200
            while await reader.readline() != b"\r\n":
                pass
        assert server.connections == 1
        await hang_up(client)


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"POST /read HTTP/1.1\r\nHost:", id="half a head"),
        pytest.param(REQUEST % (b"read", 100), id="a head without its body"),
        pytest.param(REQUEST % (b"read", 100) + b"half of it", id="half a body"),
        pytest.param(REQUEST % (b"read", 2) + b"{}POST /re", id="half of a second head"),
    ],
)
async def test_who_does_not_send_on_is_hung_up_on(sent: bytes) -> None:
    async with serving(waits=HASTY) as server:
        client = await connect(server, sent)
        assert await is_closed(client[0])
        await until(lambda: server.connections == 0)
        await hang_up(client)


async def test_who_sends_a_byte_now_and_then_is_hung_up_on_too() -> None:
    async with serving(waits=HASTY) as server:
        client = reader, writer = await connect(server, b"POST /read HTTP/1.1\r\n")
        closed = asyncio.create_task(is_closed(reader))
        while not closed.done():
            writer.write(b"X")
            await asyncio.sleep(0.05)
        assert await closed
        await hang_up(client)


async def test_who_sends_more_than_is_read_gets_the_answer_and_then_the_end() -> None:
    async with serving(waits=HASTY) as server:
        client = reader, writer = await connect(server, REQUEST % (b"refuse", 10_000_000))
        assert await status(reader) == 403
        writer.write(b"x" * 100_000)
        assert await is_closed(reader)
        await hang_up(client)


async def test_half_open_connections_never_keep_others_out() -> None:
    async with serving(most=8) as server:
        idlers = [await connect(server, b"POST /read HTTP/1.1\r\nHost:") for _ in range(100)]
        client = await connect(server, REQUEST % (b"read", 2) + b"{}")
        assert await status(client[0]) == 200
        assert server.connections <= 8
        for reader, _ in idlers[:92]:
            assert await is_closed(reader), "the oldest give way"
        await hang_up(client, *idlers)


async def test_where_all_are_at_work_a_new_connection_waits_for_one_to_end() -> None:
    release = asyncio.Event()

    async def work(request: Request) -> Response:
        await release.wait()
        return Response(status_code=200)

    async with serving(Starlette(routes=[Route("/read", work, methods=["POST"])]), most=2) as server:
        clients = [await connect(server, REQUEST % (b"read", 0)) for _ in range(3)]
        await until(lambda: server.connections == 2)
        release.set()
        assert [await status(reader) for reader, _ in clients] == [200, 200, 200]
        await hang_up(*clients)


async def test_a_stop_ends_what_is_half_open() -> None:
    async with serving(waits=HASTY) as server:
        client = await connect(server, REQUEST % (b"read", 100))
        await until(lambda: server.connections == 1)
    assert await is_closed(client[0])
    await hang_up(client)
