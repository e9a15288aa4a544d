"""Know who had everything erased"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erased",
        sa.Column("pseudonym", sa.String(length=32), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("pseudonym", name=op.f("pk_erased")),
    )
    op.create_index(op.f("ix_erased_erased_at"), "erased", ["erased_at"])
    # What is done needs no name any more.
    op.execute("UPDATE inbox SET person_id = NULL WHERE state = 'done'")


def downgrade() -> None:
    op.drop_table("erased")
