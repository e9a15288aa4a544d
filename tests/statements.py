"""A pytest plugin: a statement that SQLAlchemy compiled for one database serves every other of its kind.

An engine keeps what it compiled, but here each test opens one of its own: compiling would take longer than asking.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import MutableMapping
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

Statement = tuple[Any, ...]


class Compiled(dict[Statement, Any]):
    """Compiled statements by what makes them alike, whichever dialect object asks, the first part of a statement."""

    def get(self, statement: Statement, default: Any = None) -> Any:
        return super().get(statement[1:], default)

    def __setitem__(self, statement: Statement, compiled: Any) -> None:
        super().__setitem__(statement[1:], compiled)


_by_kind: MutableMapping[str, Compiled] = defaultdict(Compiled)


def pytest_configure(config: pytest.Config) -> None:
    event.listen(Engine, "engine_connect", _share)
    config.add_cleanup(lambda: event.remove(Engine, "engine_connect", _share))


def _share(connection: Connection) -> None:
    connection.execution_options(compiled_cache=_by_kind[connection.dialect.name])
