"""Schemas of PostgreSQL are lent empty and migrated, and stand in for SQLite where that is wanted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, make_url, text

from bot.storage import Store
from recommender.domain import UserId
from tests.postgres import SERVER, SWITCH, Schemas, is_wanted

ADA = UserId(7)

TESTS = """
import pytest

@pytest.fixture
def sqlite_store(): pass

@pytest.fixture(params=["sqlite", "postgres"])
def kind(request): return request.param

def test_of_sqlite_by_its_store(sqlite_store): pass

@pytest.mark.sqlite("a file is copied")
def test_of_sqlite_by_its_marker(): pass

def test_of_each_kind(kind): pass

def test_of_none(): pass
"""


@pytest.fixture
def schemas() -> Iterator[Schemas]:
    lending = Schemas()
    yield lending
    lending.close()


@pytest.mark.postgres
def test_a_schema_is_lent_again_without_what_was_written_into_it(schemas: Schemas) -> None:
    url = schemas.lend()
    with Store(url) as store:
        store.write(lambda tx: tx.people.ensure(ADA)).result()
    assert schemas.lend() != url
    schemas.take_back()
    again = {schemas.lend(), schemas.lend()}
    assert url in again
    with Store(url) as store:
        assert store.read(lambda tx: tx.people.get(ADA)) is None


@pytest.mark.postgres
def test_a_schema_that_was_changed_is_not_lent_again(schemas: Schemas) -> None:
    url = schemas.lend()
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE people CASCADE"))
    engine.dispose()
    schemas.take_back()
    assert schemas.lend() != url


def test_without_a_server_who_needs_one_is_skipped(schemas: Schemas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SERVER, raising=False)
    with pytest.raises(pytest.skip.Exception, match=f"{SERVER} names no server"):
        schemas.lend()


@pytest.mark.parametrize(("kind", "is_so"), [(None, False), ("sqlite", False), ("postgresql", True)])
def test_the_environment_says_which_database_is_wanted(
    kind: str | None, is_so: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(SWITCH, raising=False)
    if kind is not None:
        monkeypatch.setenv(SWITCH, kind)
    assert is_wanted() is is_so


def test_another_database_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, "mysql")
    with pytest.raises(pytest.UsageError, match=f"{SWITCH} must be sqlite or postgresql. Received: mysql"):
        is_wanted()


@pytest.mark.processes
@pytest.mark.parametrize(("kind", "passed"), [("sqlite", 5), ("postgresql", 2)])
def test_what_is_of_sqlite_is_left_out_on_postgresql(
    kind: str, passed: int, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SWITCH, kind)
    pytester.makeini("[pytest]\nmarkers = sqlite")
    pytester.makepyfile(TESTS)
    plain = ("-p", "no:asyncio", "-p", "no:hypothesispytest", "-p", "no:xdist")
    result = pytester.runpytest_subprocess(*plain, "-p", "tests.postgres")
    result.assert_outcomes(passed=passed, deselected=5 - passed)
