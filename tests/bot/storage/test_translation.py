"""What SQLAlchemy raises, in our own words: a lost connection is one, whatever it is called; a defect is none."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import (
    InvalidRequestError,
    NoSuchColumnError,
    PendingRollbackError,
    ResourceClosedError,
    SQLAlchemyError,
    StatementError,
    TimeoutError,
)

from bot.storage.engine import translated
from bot.storage.errors import DatabaseUnreachableError


@pytest.mark.parametrize(
    "error",
    [
        PendingRollbackError("Can't reconnect until invalid transaction is rolled back."),
        InvalidRequestError("Can't operate on closed transaction inside context manager."),
        ResourceClosedError("This Connection is closed"),
        TimeoutError("QueuePool limit of size 5 overflow 10 reached"),
        StatementError("in short", "SELECT 1", {}, PendingRollbackError("Can't reconnect")),
    ],
)
def test_what_is_left_of_a_lost_connection_is_a_database_out_of_reach(error: SQLAlchemyError) -> None:
    with (
        pytest.raises(DatabaseUnreachableError, match="a connection that was lost"),
        translated("sqlite:////tmp/films.db"),
    ):
        raise error


@pytest.mark.parametrize(
    "error", [NoSuchColumnError("shoe_size"), StatementError("in short", "SELECT 1", {}, ValueError("naive"))]
)
def test_a_defect_of_ours_stays_one(error: SQLAlchemyError) -> None:
    with pytest.raises(type(error)), translated("sqlite:////tmp/films.db"):
        raise error
