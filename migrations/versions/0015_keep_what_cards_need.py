"""Keep what cards need: ratings that do not count, whom people follow, pictures that Telegram has"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("ratings") as batch_op:
        batch_op.add_column(sa.Column("counted", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.create_table(
        "follows",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("told_up_to", sa.Integer(), nullable=False),
        sa.Column("followed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_follows_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "name", name=op.f("pk_follows")),
    )
    op.create_table(
        "pictures",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("file_id", sa.String(length=200), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_pictures")),
    )
    op.create_index(op.f("ix_pictures_kept_at"), "pictures", ["kept_at"])


def downgrade() -> None:
    op.drop_table("pictures")
    op.drop_table("follows")
    with op.batch_alter_table("ratings") as batch_op:
        batch_op.drop_column("counted")
