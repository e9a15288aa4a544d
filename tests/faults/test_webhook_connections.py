"""Half-open connections against the real bot: they are closed, keep nobody out, and fill neither memory nor log."""

from __future__ import annotations

import resource
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from itertools import cycle
from pathlib import Path

import httpx
import psutil
import pytest

from tests.faults.real_bot import SECRET, RealBot, free_port, real_bot, until
from tests.sim import Sim

pytestmark = [pytest.mark.faults, pytest.mark.processes]

HALF_OPEN, DESCRIPTORS = 800, 256
# Of the bot: ten seconds for a head, and some for a busy machine.
CLOSED_WITHIN_S = 25.0
SETTLED_WITHIN_S = 30.0
HEADER = "X-Telegram-Bot-Api-Secret-Token"
# Nothing; half a head; half a body of who knows the secret.
PARTS = (
    b"",
    b"POST /hook HTTP/1.1\r\nHost: bot\r\nX-Sl",
    b"POST /hook HTTP/1.1\r\nHost: bot\r\n%s: %s\r\nContent-Length: 500\r\n\r\n{" % (HEADER.encode(), SECRET.encode()),
)


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def bot(sim: Sim, tmp_path: Path, port: int) -> Iterator[RealBot]:
    """A bot on the webhook that may hold few descriptors."""
    hook = {"WEBHOOK_URL": f"http://127.0.0.1:{port}/hook", "WEBHOOK_SECRET": SECRET, "WEBHOOK_PORT": port}
    with real_bot(sim, tmp_path, **hook) as bot:
        bot.start(before=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (DESCRIPTORS, DESCRIPTORS)))
        yield bot


def half_open(stack: ExitStack, port: int) -> list[socket.socket]:
    """Open connections that send a part of a request, each in its turn, and then nothing more."""
    opened = [stack.enter_context(closing(socket.create_connection(("127.0.0.1", port)))) for _ in range(HALF_OPEN)]
    for one, sent in zip(opened, cycle(PARTS), strict=False):
        with suppress(ConnectionError):  # it gave way to a later one already
            one.sendall(sent)
        one.setblocking(False)
    return opened


def is_closed(one: socket.socket) -> bool:
    try:
        return one.recv(1024) == b""
    except BlockingIOError:
        return False
    except ConnectionError:
        return True


def post(port: int, secret: str, content: bytes) -> int:
    address = f"http://127.0.0.1:{port}/hook"
    return httpx.post(address, content=content, headers={HEADER: secret}, timeout=20, trust_env=False).status_code


def test_half_open_connections_are_closed_and_people_are_answered(bot: RealBot, sim: Sim, port: int) -> None:
    assert bot.process is not None
    with ExitStack() as stack:
        opened = half_open(stack, port)
        sim.message(7, "/help")
        sim.until_text(7, "/recommend", within_s=CLOSED_WITHIN_S)
        until(lambda: all(is_closed(one) for one in opened), CLOSED_WITHIN_S, "every half-open connection is closed")
    assert psutil.Process(bot.process.pid).num_fds() < DESCRIPTORS / 2
    assert len(bot.said) < 10_000
    assert "Traceback" not in bot.said


def settled_memory(process: psutil.Process) -> int:
    """Return the bytes that a process holds once they have been about the same for a second."""
    seen, deadline = list[int](), time.monotonic() + SETTLED_WITHIN_S
    while len(seen) < 12 or max(seen[-5:]) - min(seen[-5:]) > 500_000:
        assert time.monotonic() < deadline, f"memory keeps growing: {seen[-5:]}"
        time.sleep(0.25)
        seen.append(process.memory_info().rss)
    return seen[-1]


def test_a_body_of_90_mb_leaves_memory_flat(bot: RealBot, port: int) -> None:
    assert bot.process is not None
    process = psutil.Process(bot.process.pid)
    before = settled_memory(process)  # search is prepared in the first seconds, and takes as much as a body may
    for secret, status in ((SECRET, 413), ("wrong", 403)):
        assert post(port, secret, b"x" * 90_000_000) == status
    assert process.memory_info().rss - before < 10_000_000


def test_what_is_authentic_and_unreadable_is_confirmed_and_the_bot_goes_on(bot: RealBot, sim: Sim, port: int) -> None:
    for content in (
        b"\xff",
        b'{"update_id": %d}' % 2**63,
        b'{"update_id": 9000001, "message": {"message_id": 1, "date": 1, "text": "x", '
        b'"chat": {"id": 7, "type": "private"}, "from": {"id": %d, "is_bot": false, "first_name": "A"}}}' % 2**70,
        b'{"update_id": 9000002, "message": %s}' % (b"[" * 100_000 + b"]" * 100_000),
    ):
        assert post(port, SECRET, content) == 200
        assert post(port, "wrong", content) == 403
    sim.message(7, "/help")
    sim.until_text(7, "/recommend")
    assert bot.end() == 0
    assert "Traceback" not in bot.said
