"""One bot is the one, on a PostgreSQL database that several machines share and at a token that several bots have."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from bot.delivery.health import CONFLICT
from bot.locks import LockHeldError, poller_lock, retrain_lock
from bot.storage import LeaseLostError, Store, migrate
from bot.storage.lease import LASTS, RENEW_EVERY_S
from recommender.domain import UserId
from tests.faults.bots import END_S, Bots, helped
from tests.faults.proxy import proxied
from tests.sim import Sim

pytestmark = [pytest.mark.faults, pytest.mark.processes]

ADA = 7
TAKE_OVER_S, STEP_DOWN_S = 30.0, 5.0


@pytest.fixture
def shared(sim: Sim, server_url: str, tmp_path: Path) -> Iterator[Bots]:
    """Bots of several machines on one PostgreSQL database."""
    bots = Bots(sim, tmp_path, server_url)
    yield bots
    bots.end()


@pytest.mark.postgres
def test_a_second_bot_is_refused_in_one_line_even_after_every_connection_dropped(
    server_url: str, sim: Sim, tmp_path: Path
) -> None:
    with proxied(server_url) as (proxy, url):
        bots = Bots(sim, tmp_path, server_url)
        try:
            first = bots.ready("a", DATABASE_URL=url)
            assert proxy.drop() > 0
            second = bots.start("b")
            assert second.wait(TAKE_OVER_S) == 1
            assert "only one bot may run here" in bots.said("b").splitlines()[-1]
            assert "Traceback" not in bots.said("b")
            sim.message(ADA, "/help")
            sim.until_text(ADA, "/recommend")
            assert first.poll() is None
        finally:
            bots.end()


@pytest.mark.postgres
def test_a_killed_bot_is_followed_on_another_machine_within_30_s_and_at_once_on_its_own(shared: Bots, sim: Sim) -> None:
    first = shared.ready("a")
    first.kill()
    first.wait()
    began = time.monotonic()
    second = shared.ready("b")
    assert time.monotonic() - began < TAKE_OVER_S
    second.kill()
    second.wait()
    began = time.monotonic()
    shared.ready("b")
    assert time.monotonic() - began < LASTS.total_seconds()
    sim.message(ADA, "/help")
    sim.until_text(ADA, "/recommend")


@pytest.mark.postgres
def test_a_bot_that_slept_through_its_end_steps_down_within_5_s_and_commits_nothing(shared: Bots, sim: Sim) -> None:
    first = shared.ready("a")
    first.send_signal(signal.SIGSTOP)
    shared.ready("b")
    sim.message(ADA, "/help")
    sim.until_text(ADA, "/recommend")
    first.send_signal(signal.SIGCONT)
    shared.sim.until(lambda: "the lease bot is lost" in shared.said("a"), within_s=STEP_DOWN_S, what="it to step down")
    assert first.wait(END_S) == 1
    assert "Received: a lost lease" in shared.said("a").splitlines()[-1]
    sim.message(ADA, "/help")
    sim.until(lambda: helped(sim, ADA) == 2, what="an answer to each")


@pytest.mark.postgres
def test_a_writer_whose_token_is_old_cannot_commit(server_url: str, tmp_path: Path) -> None:
    migrate(server_url)
    heard = threading.Event()
    with poller_lock(tmp_path, server_url) as lease, Store(server_url, lease=lease) as store:
        assert lease is not None
        lease.on_lost(heard.set)
        store.write(lambda tx: tx.people.ensure(UserId(1))).result()
        engine = create_engine(make_url(server_url).set(drivername="postgresql+psycopg"))
        with engine.begin() as connection:
            connection.execute(text("UPDATE leases SET token = token + 1, holder = 'another'"))
        engine.dispose()
        with pytest.raises(LeaseLostError, match="another one took over"):
            store.write(lambda tx: tx.people.ensure(UserId(2))).result()
        assert store.read(lambda tx: tx.people.get(UserId(2))) is None
        assert not lease.is_held
        assert heard.is_set()


@pytest.mark.postgres
def test_a_lease_outlives_its_connections(server_url: str, tmp_path: Path) -> None:
    migrate(server_url)
    with proxied(server_url) as (proxy, url), poller_lock(tmp_path / "a", url) as lease:
        assert lease is not None
        deadline = time.monotonic() + 2 * LASTS.total_seconds()
        before = lease.until
        proxy.drop()
        while lease.until < before + RENEW_EVERY_S:
            assert time.monotonic() < deadline, "the lease must be renewed over a new connection"
            time.sleep(0.05)
        with pytest.raises(LockHeldError, match="held on the database"), poller_lock(tmp_path / "b", server_url):
            pass


@pytest.mark.postgres
def test_one_training_at_a_time_on_a_database_of_two_machines(server_url: str, tmp_path: Path) -> None:
    migrate(server_url)
    with retrain_lock(tmp_path / "a", server_url) as lease:
        assert lease is not None
        with pytest.raises(LockHeldError, match="only one training"), retrain_lock(tmp_path / "b", server_url):
            pass
        lease.confirm()
    with retrain_lock(tmp_path / "b", server_url):
        pass


def test_of_two_bots_with_one_token_and_nothing_else_in_common_the_newcomer_gives_way(sim: Sim, tmp_path: Path) -> None:
    (tmp_path / "1").mkdir()
    (tmp_path / "2").mkdir()
    old, new = Bots(sim, tmp_path / "1"), Bots(sim, tmp_path / "2")
    try:
        first = old.ready()
        second = new.ready()
        sim.until(lambda: first.poll() is not None or second.poll() is not None, within_s=60, what="one to give way")
        gone, left = (new, first) if second.poll() is not None else (old, second)
        assert gone.said().splitlines()[-1].endswith(CONFLICT)
        assert "Traceback" not in gone.said()
        sim.message(ADA, "/help")
        sim.until_text(ADA, "/recommend")
        assert left.poll() is None
    finally:
        old.end()
        new.end()
