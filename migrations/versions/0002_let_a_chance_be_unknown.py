"""Let a chance be unknown"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("impressions") as batch_op:
        batch_op.alter_column("like_probability", existing_type=sa.Double(), nullable=True)


def downgrade() -> None:
    op.execute("UPDATE impressions SET like_probability = 0.5 WHERE like_probability IS NULL")
    with op.batch_alter_table("impressions") as batch_op:
        batch_op.alter_column("like_probability", existing_type=sa.Double(), nullable=False)
