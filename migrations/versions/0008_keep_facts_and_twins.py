"""Keep facts of films, and films that are one under two ids"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def _when(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    _create_facts()
    _create_twins()
    _create_twin_records()


def _create_facts() -> None:
    op.create_table(
        "facts",
        sa.Column("movie_id", sa.Integer(), nullable=False),
        sa.Column("wikidata_id", sa.String(length=16), nullable=True),
        sa.Column("original_title", sa.String(length=400), nullable=False),
        sa.Column("zh_title", sa.String(length=400), nullable=True),
        sa.Column("other_titles", sa.Text(), nullable=False),
        sa.Column("directors", sa.Text(), nullable=False),
        sa.Column("cast", sa.Text(), nullable=False),
        sa.Column("countries", sa.Text(), nullable=False),
        sa.Column("runtime_min", sa.SmallInteger(), nullable=True),
        sa.Column("sitelinks", sa.Integer(), nullable=True),
        _when("changed_at"),
        _when("checked_at"),
        sa.ForeignKeyConstraint(["movie_id"], ["movies.id"], name=op.f("fk_facts_movie_id_movies")),
        sa.PrimaryKeyConstraint("movie_id", name=op.f("pk_facts")),
    )
    with op.batch_alter_table("facts") as batch_op:
        batch_op.create_index(batch_op.f("ix_facts_wikidata_id"), ["wikidata_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_facts_changed_at"), ["changed_at"], unique=False)


def _create_twins() -> None:
    op.create_table(
        "twins",
        sa.Column("gone_id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        _when("joined_at"),
        _when("parted_at", nullable=True),
        sa.CheckConstraint("reason IN ('wikidata', 'title', 'operator')", name=op.f("ck_twins_reason")),
        sa.CheckConstraint("gone_id <> kept_id", name=op.f("ck_twins_two")),
        sa.ForeignKeyConstraint(["gone_id"], ["movies.id"], name=op.f("fk_twins_gone_id_movies")),
        sa.ForeignKeyConstraint(["kept_id"], ["movies.id"], name=op.f("fk_twins_kept_id_movies")),
        sa.PrimaryKeyConstraint("gone_id", name=op.f("pk_twins")),
    )
    with op.batch_alter_table("twins") as batch_op:
        batch_op.create_index(batch_op.f("ix_twins_kept_id"), ["kept_id"], unique=False)


def _create_twin_records() -> None:
    op.create_table(
        "twin_records",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("gone_id", sa.Integer(), nullable=False),
        sa.Column("movie_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("half_stars", sa.SmallInteger(), nullable=True),
        sa.Column("source", sa.String(length=16), nullable=True),
        _when("said_at"),
        _when("stored_at", nullable=True),
        _when("until", nullable=True),
        sa.Column("update_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["gone_id"], ["twins.gone_id"], name=op.f("fk_twin_records_gone_id_twins")),
        sa.ForeignKeyConstraint(["movie_id"], ["movies.id"], name=op.f("fk_twin_records_movie_id_movies")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_twin_records_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "gone_id", "movie_id", "kind", name=op.f("pk_twin_records")),
    )
    with op.batch_alter_table("twin_records") as batch_op:
        batch_op.create_index(batch_op.f("ix_twin_records_gone_id"), ["gone_id"], unique=False)


def downgrade() -> None:
    op.drop_table("twin_records")
    op.drop_table("twins")
    op.drop_table("facts")
