"""Keep files to be imported: what people kept elsewhere, and what an import replaced, for its undo"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    counts = ("rows", "matched", "twice", "series", "unreadable", "films", "done", "changed", "kept")
    op.create_table(
        "batches",
        sa.Column("id", key, autoincrement=True, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("file_id", sa.String(length=200), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("site", sa.String(length=80), nullable=False),
        *(sa.Column(name, sa.Integer(), server_default=sa.text("0"), nullable=False) for name in counts),
        sa.Column("attempts", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('received', 'read', 'importing', 'imported', 'undoing', 'undone')",
            name=op.f("ck_batches_state"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_batches_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batches")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("batches") as batch_op:
        batch_op.create_index(batch_op.f("ix_batches_state_acted_at"), ["state", "acted_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_batches_person_id"), ["person_id"], unique=False)
    op.create_table(
        "batch_films",
        sa.Column("batch_id", key, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("movie_id", sa.Integer(), nullable=True),
        sa.Column("written_title", sa.Text(), nullable=False),
        sa.Column("written_year", sa.SmallInteger(), nullable=True),
        sa.Column("said", sa.String(length=8), nullable=False),
        sa.Column("half_stars", sa.SmallInteger(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("before_half_stars", sa.SmallInteger(), nullable=True),
        sa.Column("before_rated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("before_stored_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("before_source", sa.String(length=16), nullable=True),
        sa.Column("before_update_id", sa.BigInteger(), nullable=True),
        sa.Column("before_later_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("said IN ('rated', 'seen', 'later', 'never')", name=op.f("ck_batch_films_said")),
        sa.CheckConstraint("half_stars BETWEEN 0 AND 10", name=op.f("ck_batch_films_half_stars")),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batches.id"], name=op.f("fk_batch_films_batch_id_batches"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["movie_id"], ["movies.id"], name=op.f("fk_batch_films_movie_id_movies")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_batch_films_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("batch_id", "position", name=op.f("pk_batch_films")),
    )
    with op.batch_alter_table("batch_films") as batch_op:
        batch_op.create_index(batch_op.f("ix_batch_films_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_batch_films_movie_id"), ["movie_id"], unique=False)


def downgrade() -> None:
    op.drop_table("batch_films")
    op.drop_table("batches")
