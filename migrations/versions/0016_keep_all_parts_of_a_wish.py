"""Keep all parts of a wish"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("wishes") as wishes:
        wishes.add_column(sa.Column("parts", sa.Text(), server_default=sa.text("''"), nullable=False))
        wishes.add_column(sa.Column("made_from", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("wishes") as wishes:
        wishes.drop_column("made_from")
        wishes.drop_column("parts")
