"""Keep the films of chosen shelves: marks of another kind"""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

BEFORE = ("seen", "later", "never", "not_now", "unseen")


def upgrade() -> None:
    _allow(*BEFORE, "leaning")


def downgrade() -> None:
    op.execute("DELETE FROM marks WHERE kind = 'leaning'")
    _allow(*BEFORE)


def _allow(*kinds: str) -> None:
    name = op.f("ck_marks_kind")
    with op.batch_alter_table("marks") as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"kind IN ({', '.join(map(repr, kinds))})")
