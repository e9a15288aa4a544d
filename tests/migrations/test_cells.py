"""Showings that were stored before they were counted by cell get the cells that they would get today."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final, get_args

from alembic import command
from sqlalchemy import select

from bot.storage import Store, Tx, migrate
from bot.storage.cells import SLOTS
from bot.storage.revisions import alembic_config
from bot.storage.tables import ImpressionRow
from recommender.domain import Because, MovieId, Recommendation, Slot, UserId
from tests.databases import THIRTY, Clock
from tests.migrations.test_migrations import upgrade, writing

BECAUSE = (Because(movie_id=MovieId(30)), Because(genre="Drama"), Because(liked_with="Western"), Because())
CHANCES: Final = (None, 0.0, 0.05, 0.1, 0.29999, 0.3, 0.6, 0.7, 0.95, 0.999, 1.0)
ADA, BOB = UserId(7), UserId(8)


def test_older_showings_get_the_cells_of_new_ones(empty_url: str, tmp_path: Path) -> None:
    migrate(empty_url, backups=tmp_path)
    clock = Clock()
    with Store(empty_url, clock=clock) as store:
        store.write(lambda tx: tx.movies.upsert_all(THIRTY)).result()
        store.write(lambda tx: [tx.people.ensure(person) for person in (ADA, BOB)]).result()
        for round in range(1, 8):
            store.write(partial(show, person=ADA, round=round)).result()
            clock.pass_by(hours=round % 2)
        store.write(partial(show, person=BOB, round=3)).result()
    fresh = cells(empty_url)
    with writing(empty_url) as connection:
        command.downgrade(alembic_config(connection), "0018")
    upgrade(empty_url)
    assert cells(empty_url) == fresh
    assert len(set(fresh.values())) > 25


def test_every_slot_has_a_number() -> None:
    assert set(get_args(Slot)) == set(SLOTS)


def show(tx: Tx, person: UserId, round: int) -> None:
    """Show more films from round to round, each with another chance and reason than before."""
    page = [
        Recommendation(MovieId(at + 1), 1.0, CHANCES[(at * round) % 11], BECAUSE[at % 4], SLOTS[(at + round) % 7])
        for at in range(round + 4)
    ]
    tx.impressions.add(person, round, 0, page, version="v")


def cells(url: str) -> dict[tuple[int, ...], int]:
    row = ImpressionRow
    with writing(url) as connection:
        found = connection.execute(select(row.person_id, row.round, row.page, row.position, row.cell))
        return {(one.person_id, one.round, one.page, one.position): one.cell for one in found}
