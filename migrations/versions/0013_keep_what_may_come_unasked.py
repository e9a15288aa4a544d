"""Keep what may come unasked, digests left unanswered, and which films of lists were opened"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

SWITCHES = ("wants_news", "wants_reminders")


def upgrade() -> None:
    with op.batch_alter_table("people") as batch_op:
        for name in SWITCHES:
            batch_op.add_column(sa.Column(name, sa.Boolean(), server_default=sa.true(), nullable=False))
        count = sa.Column("unanswered_digests", sa.SmallInteger(), server_default=sa.text("0"), nullable=False)
        batch_op.add_column(count)
    with op.batch_alter_table("impressions") as batch_op:
        batch_op.add_column(sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("impressions") as batch_op:
        batch_op.drop_column("opened_at")
    with op.batch_alter_table("people") as batch_op:
        for name in (*SWITCHES, "unanswered_digests"):
            batch_op.drop_column(name)
