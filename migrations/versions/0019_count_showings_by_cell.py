"""Keep with each showing the cell that it counts in, and indexes, so that a million are counted in a moment"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

CELLS = "ix_impressions_version_cell"
PAGES = "ix_impressions_shown_at_position"
# As bot/storage/cells.py numbers them.
FILL = """
UPDATE impressions SET cell = (((
    (CASE slot WHEN 'wildcard' THEN 1 WHEN 'nearest' THEN 2 WHEN 'alike' THEN 3 WHEN 'later' THEN 4
        WHEN 'again' THEN 5 WHEN 'followed' THEN 6 ELSE 0 END) * 4
    + CASE WHEN because_movie_id IS NOT NULL THEN 0 WHEN because_genre IS NOT NULL THEN 1
        WHEN because_liked_with IS NOT NULL THEN 2 ELSE 3 END) * 11
    + CASE WHEN like_probability IS NULL THEN 10 WHEN like_probability < 0.1 THEN 0 WHEN like_probability < 0.2 THEN 1
        WHEN like_probability < 0.3 THEN 2 WHEN like_probability < 0.4 THEN 3 WHEN like_probability < 0.5 THEN 4
        WHEN like_probability < 0.6 THEN 5 WHEN like_probability < 0.7 THEN 6 WHEN like_probability < 0.8 THEN 7
        WHEN like_probability < 0.9 THEN 8 ELSE 9 END) * 2
    + CASE WHEN like_probability IS NOT NULL AND EXISTS (
        SELECT 1 FROM impressions AS earlier WHERE earlier.person_id = impressions.person_id
            AND earlier.movie_id = impressions.movie_id AND earlier.like_probability IS NOT NULL
            AND (earlier.shown_at, earlier.round, earlier.page, earlier.position)
                < (impressions.shown_at, impressions.round, impressions.page, impressions.position)
    ) THEN 1 ELSE 0 END) * 64 + position
"""


def upgrade() -> None:
    with op.batch_alter_table("impressions") as batch_op:
        batch_op.add_column(sa.Column("cell", sa.Integer(), server_default="0", nullable=False))
    op.execute(FILL)
    with op.batch_alter_table("impressions") as batch_op:
        batch_op.alter_column("cell", server_default=None)
    op.create_index(CELLS, "impressions", ["version", "cell"])
    op.drop_index("ix_impressions_shown_at", "impressions")
    op.create_index(PAGES, "impressions", ["shown_at", "position"])


def downgrade() -> None:
    op.drop_index(PAGES, "impressions")
    op.create_index("ix_impressions_shown_at", "impressions", ["shown_at"])
    op.drop_index(CELLS, "impressions")
    with op.batch_alter_table("impressions") as batch_op:
        batch_op.drop_column("cell")
