"""Keep searches and wishes: what turns the pages of what was found, and what lists were asked for in words"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "searches",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("movie_ids", sa.Text(), nullable=False),
        sa.Column("searched_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_searches_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "round", name=op.f("pk_searches")),
    )
    with op.batch_alter_table("searches") as batch_op:
        batch_op.create_index(batch_op.f("ix_searches_searched_at"), ["searched_at"], unique=False)
    op.create_table(
        "wishes",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("genres_in", sa.String(length=200), nullable=False),
        sa.Column("genres_all", sa.String(length=200), nullable=False),
        sa.Column("genres_out", sa.String(length=200), nullable=False),
        sa.Column("year_from", sa.SmallInteger(), nullable=True),
        sa.Column("year_to", sa.SmallInteger(), nullable=True),
        sa.Column("wished_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_wishes_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "round", name=op.f("pk_wishes")),
    )
    with op.batch_alter_table("wishes") as batch_op:
        batch_op.create_index(batch_op.f("ix_wishes_wished_at"), ["wished_at"], unique=False)


def downgrade() -> None:
    op.drop_table("wishes")
    op.drop_table("searches")
