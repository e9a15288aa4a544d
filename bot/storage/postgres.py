"""PostgreSQL through psycopg: a server that accepts and never answers must not hold us for ever."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Generator
from concurrent.futures import Future, InvalidStateError
from typing import Any, Final

from sqlalchemy import URL, Engine, create_engine, event

from bot.storage.patience import Patience

# A server on the network answers in milliseconds; an address that takes no packets is none.
CONNECT_WITHIN_S: Final = 5
# Between looks whether patience is over.
LOOK_S: Final = 0.1
# A transaction of a process that is gone, and whose machine could not say so, must not hold the lease's row.
IDLE_IN_TRANSACTION_MS: Final = 10_000


def open_postgres(url: URL, patience: Patience) -> Engine:
    """Open an engine whose every call ends when patience does."""
    engine = create_engine(url, pool_pre_ping=True, hide_parameters=True, connect_args=_timeouts(url))
    event.listen(engine, "do_connect", _connecting(patience))
    if patience.answer_s is not None:
        event.listen(engine, "connect", _forget_idle_transactions)
    return engine


def _timeouts(url: URL) -> dict[str, Any]:
    """Return what libpq is told, where the URL does not say otherwise (PostgreSQL, "Parameter Key Words")."""
    usual = {
        "connect_timeout": CONNECT_WITHIN_S,
        "keepalives_idle": 10,
        "keepalives_interval": 3,
        "keepalives_count": 3,
        "tcp_user_timeout": 20_000,
    }
    return {name: value for name, value in usual.items() if name not in url.query}


def _connecting(patience: Patience) -> Callable[..., Any]:
    def connect(_dialect: object, _record: object, arguments: list[Any], options: dict[str, Any]) -> Any:
        # Imported here: a bot on SQLite never needs it.
        from psycopg import Connection, OperationalError

        class PatientConnection(Connection[Any]):
            """Gives up on an answer when patience is over; what it waited for is unknown then, so it closes."""

            def wait(self, gen: Generator[Any, Any, Any], *args: Any, **options: Any) -> Any:
                return super().wait(_bounded(gen, patience, self._give_up), *args, **options)

            def _give_up(self) -> Exception:
                self.pgconn.finish()
                return OperationalError("no answer in time")

        if patience.is_spent:
            raise OperationalError("no connection once the end has come")
        attempt: Future[PatientConnection] = Future()
        threading.Thread(
            target=_attempt, args=(attempt, lambda: PatientConnection.connect(*arguments, **options)), daemon=True
        ).start()
        began = patience.clock()
        while not patience.is_over(began, CONNECT_WITHIN_S):
            with contextlib.suppress(TimeoutError):
                return attempt.result(LOOK_S)
        if attempt.cancel():
            raise OperationalError("no connection in time")
        return attempt.result()

    return connect


def _attempt(attempt: Future[Any], connect: Callable[[], Any]) -> None:
    """Connect in a thread of its own: neither a name that is looked up nor a silent server hears that time is over."""
    try:
        made = connect()
    except Exception as error:
        with contextlib.suppress(InvalidStateError):
            attempt.set_exception(error)
        return
    try:
        attempt.set_result(made)
    except InvalidStateError:  # too late
        made.close()


def _bounded(
    gen: Generator[Any, Any, Any], patience: Patience, give_up: Callable[[], Exception]
) -> Generator[Any, Any, Any]:
    """Hand on what `gen` waits for; psycopg comes back every tenth of a second, ready or not."""
    began = patience.clock()
    try:
        wanted = next(gen)
        while True:
            ready = yield wanted
            if not ready and patience.is_over(began, patience.answer_s):
                raise give_up()
            wanted = gen.send(ready)
    except StopIteration as end:
        return end.value


def _forget_idle_transactions(connection: Any, _record: object) -> None:
    connection.execute(f"SET idle_in_transaction_session_timeout = {IDLE_IN_TRANSACTION_MS}")
    connection.commit()
