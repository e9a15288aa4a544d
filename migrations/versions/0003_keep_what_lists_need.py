"""Keep what lists need: excluded genres, the wildcard's switch, and how likely and why a film was shown"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("people") as batch_op:
        batch_op.add_column(sa.Column("wildcards", sa.Boolean(), server_default=sa.true(), nullable=False))
    with op.batch_alter_table("chosen_genres") as batch_op:
        batch_op.add_column(sa.Column("excluded", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("impressions") as batch_op:
        batch_op.add_column(sa.Column("because_liked_with", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("propensity", sa.Double(), nullable=True))


def downgrade() -> None:
    op.execute("DELETE FROM chosen_genres WHERE excluded")
    with op.batch_alter_table("impressions") as batch_op:
        batch_op.drop_column("propensity")
        batch_op.drop_column("because_liked_with")
    with op.batch_alter_table("chosen_genres") as batch_op:
        batch_op.drop_column("excluded")
    with op.batch_alter_table("people") as batch_op:
        batch_op.drop_column("wildcards")
