"""Two bots behind one address, on one PostgreSQL and one Redis: each tap once, in order, though one is killed."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path

import pytest
import redis
from sqlalchemy import create_engine, text

from bot.callbacks import Answer, Stop, encode
from bot.storage.claims import LASTS
from recommender.domain import MovieId
from tests.faults.bots import Bots
from tests.faults.real_bot import SECRET, free_port
from tests.sim import Sim

pytestmark = [pytest.mark.faults, pytest.mark.processes, pytest.mark.postgres]

PEOPLE, FILMS, ROUNDS = 4, 4, 6
# What whoever taps hears once while the database is slow.
DELAYED = "cannot save"
CARD = "Heat (1991)"
REDIS = os.environ.get("REELMATE_TEST_REDIS_URL", "redis://127.0.0.1:6379")
DONE_S = 60.0 + LASTS.total_seconds()


@contextmanager
def front(ports: list[int]) -> Iterator[int]:
    """Serve one address for several bots, each in its turn, as a proxy does; yields its port."""
    turn = count()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body, first = self.rfile.read(int(self.headers["Content-Length"])), next(turn)
            self.send_response(self._forward(body, first))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def _forward(self, body: bytes, first: int) -> int:
            headers = {name: self.headers[name] for name in ("X-Telegram-Bot-Api-Secret-Token", "Content-Type")}
            for at in range(len(ports)):
                with (
                    suppress(OSError, HTTPException),
                    closing(HTTPConnection("127.0.0.1", self._port(first + at))) as bot,
                ):
                    bot.request("POST", "/hook", body, headers)
                    return bot.getresponse().status
            return 502

        def _port(self, turn: int) -> int:
            return ports[turn % len(ports)]

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def replicas(sim: Sim, server_url: str, tmp_path: Path) -> Iterator[Bots]:
    """Two replicas named a and b."""
    with redis.Redis.from_url(REDIS, socket_connect_timeout=2) as client, suppress(redis.RedisError):
        if not client.ping():
            pytest.skip(f"no Redis answers at {REDIS}")
    ports = [free_port(), free_port()]
    with front(ports) as port:
        hook = {"WEBHOOK_URL": f"http://127.0.0.1:{port}/hook", "WEBHOOK_SECRET": SECRET}
        bots = Bots(sim, tmp_path, server_url, {**hook, "REPLICA": "yes", "REDIS_URL": REDIS})
        try:
            for name, own in zip("ab", ports, strict=True):
                bots.ready(name, WEBHOOK_PORT=str(own))
            yield bots
        finally:
            bots.end()


def rows(bots: Bots, query: str) -> list[tuple[object, ...]]:
    engine = create_engine(bots.database_url)
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]
    finally:
        engine.dispose()


def open_card(sim: Sim, person: int) -> int:
    sim.message(person, "/rate")
    number: int = sim.until_text(person, CARD, within_s=DONE_S)["message_id"]
    return number


def test_taps_take_effect_once_and_in_order_though_a_replica_is_killed(replicas: Bots, sim: Sim) -> None:
    people = range(1, PEOPLE + 1)
    cards = {person: open_card(sim, person) for person in people}
    expected = {}
    taps = 0
    for stars in range(1, ROUNDS + 1):
        for film in range(1, FILMS + 1):
            for person in people:  # the newest answer about each film must win
                sim.tap(person, cards[person], data=encode(Answer(MovieId(film), stars, 0)))
                expected[person, film] = stars
                taps += 1
        for person in people:
            sim.tap(person, cards[person], data=encode(Stop()))  # opens a round: were it done twice, the count shows it
            taps += 1
        if stars == ROUNDS // 2:
            replicas.started[1].kill()
    sim.until(
        lambda: rows(replicas, "SELECT count(*) FROM inbox WHERE state = 'done'") == [(taps + PEOPLE,)],
        within_s=DONE_S,
        what="every update to be done",
    )
    sim.until(lambda: rows(replicas, "SELECT 1 FROM outbox WHERE state = 'waiting'") == [], within_s=DONE_S)
    rated = rows(replicas, "SELECT person_id, movie_id, half_stars FROM ratings")
    assert {(person, film): stars for person, film, stars in rated} == expected
    assert rows(replicas, "SELECT sum(round) FROM people") == [(ROUNDS * PEOPLE,)]
    for person in people:
        # A card may have come twice, as any message may; the one that was tapped says how the interview ended.
        said = [message["text"] for message in sim.from_bot(person) if CARD not in message["text"]]
        ended = [text for text in said if DELAYED not in text]
        assert len(ended) == 1, f"an edit must never become a new message: {said}"
    assert all("Traceback" not in replicas.said(name) for name in "ab"), replicas.said("a")


def test_replicas_that_end_leave_no_claim(replicas: Bots, sim: Sim) -> None:
    open_card(sim, 1)
    for process in replicas.started:
        process.terminate()
    assert [process.wait(15) for process in replicas.started] == [0, 0]
    assert rows(replicas, "SELECT * FROM claims") == []
