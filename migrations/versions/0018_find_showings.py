"""Find when a film was shown to somebody, which statistics of a million showings ask for every rating"""

from __future__ import annotations

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

NAME = "ix_impressions_person_id_movie_id_shown_at"


def upgrade() -> None:
    op.create_index(NAME, "impressions", ["person_id", "movie_id", "shown_at"])


def downgrade() -> None:
    op.drop_index(NAME, "impressions")
