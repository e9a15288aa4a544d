"""Reason shares: what a film has in common with the liked one that it was shown because of"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("impressions") as batch_op:
        batch_op.add_column(sa.Column("because_shared", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("impressions") as batch_op:
        batch_op.drop_column("because_shared")
