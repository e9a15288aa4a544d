"""Erasure over rows made of the schema itself: a table of tomorrow that names people is erased and exported, too."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import CheckConstraint, Column, Table, delete, insert, select

from bot.storage import Store
from bot.storage.columns import GenreList, Lines, MovieIdList, UtcDateTime
from bot.storage.erasure import columns_naming_people
from bot.storage.film_tables import TwinRow
from bot.storage.night_tables import NightRow
from bot.storage.tables import NAMES_PERSON, Base, PersonRow
from recommender.domain import UserId

# What stands in columns of a type, unless a check allows only some words.
PLAIN: Mapping[type, Any] = {str: "a", int: 1, bool: True, float: 0.5, bytes: b"x"}
OURS: Mapping[type, Any] = {
    UtcDateTime: datetime(2026, 1, 1, tzinfo=UTC),
    GenreList: ("War",),
    Lines: ("a",),
    MovieIdList: (1, 2),
}

PEOPLE = st.lists(st.integers(10**9, 10**10), min_size=2, max_size=4, unique=True)


def make_row(table: Table, person: int, number: int) -> dict[str, Any]:
    """Return a row of a table that names a person wherever it can."""
    return {
        column.name: person if column.info.get(NAMES_PERSON) else _value(table, column, number)
        for column in table.columns
        if column.name != "id" or column.info.get(NAMES_PERSON) or not column.autoincrement or table.name == "batches"
    }


def _value(table: Table, column: Column[Any], number: int) -> Any:
    if column.foreign_keys or column.name in ("id", "update_id"):
        return number
    for check in (check for check in table.constraints if isinstance(check, CheckConstraint)):
        text = str(check.sqltext)
        if text.startswith(f"{column.name} IN ("):
            return text.split("'")[1]
    if column.unique:
        return str(number)
    ours = OURS.get(type(column.type))
    return PLAIN[column.type.python_type] if ours is None else ours


def make_twins(number: int) -> dict[str, Any]:
    """Return two films that are one, which rows of people refer to."""
    return {"gone_id": number, "kept_id": number + 10, "reason": "title", "joined_at": OURS[UtcDateTime]}


def make_night(number: int) -> dict[str, Any]:
    """Return a group's night, which rows of people refer to."""
    lists = dict.fromkeys(("movie_ids", "finalists", "runners_up"), (1, 2))
    plain = {"chat_id": -number, "language": "en", "code": f"code {number}", "lot": 1, "state": "open"}
    return {"id": number, **plain, **lists, "acted_at": OURS[UtcDateTime]}


def fill(store: Store, people: list[int]) -> None:
    """Put a row into every table for each person."""
    named = {table.name for table, _ in columns_naming_people()}
    tables = [table for table in Base.metadata.sorted_tables if table.name in named]
    with store._engine.connect().execution_options(writes=True) as connection, connection.begin():
        for number, person in enumerate(people, 1):
            connection.execute(insert(TwinRow).values(make_twins(number)))
            connection.execute(delete(NightRow).where(NightRow.id == number))
            connection.execute(insert(NightRow).values(make_night(number)))
            for table in tables:
                connection.execute(insert(table).values(make_row(table, person, number)))


def cells(store: Store) -> list[str]:
    with store._engine.connect() as connection:
        tables = Base.metadata.sorted_tables
        return [str(cell) for table in tables for row in connection.execute(select(table)) for cell in row]


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=PEOPLE)
def test_after_an_erasure_no_row_of_any_table_names_the_person(store: Store, people: list[int]) -> None:
    fill(store, people)
    erased, *others = map(UserId, people)
    named = {table.name for table, _ in columns_naming_people()}
    before = {other: store.read(lambda tx, other=other: tx.erasure.export(other)) for other in others}  # type: ignore[misc]
    assert all(rows.keys() == named for rows in before.values())
    store.write(lambda tx: tx.erasure.delete_person(erased)).result()
    assert not [cell for cell in cells(store) if str(erased) in cell]
    for other, rows in before.items():
        assert store.read(lambda tx, other=other: tx.erasure.export(other)) == rows  # type: ignore[misc]
        store.write(lambda tx, other=other: tx.erasure.delete_person(other)).result()  # type: ignore[misc]
    assert store.read(lambda tx: tx.people.get(erased)) is None
    with store._engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.exec_driver_sql("DELETE FROM inbox")
        connection.exec_driver_sql("DELETE FROM twins")
        assert connection.scalar(select(PersonRow.id).limit(1)) is None
