"""Hold movie nights and matches"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

BIG_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "nights",
        sa.Column("id", BIG_KEY, autoincrement=True, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("code", sa.String(32), nullable=False),
        sa.Column("lot", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("without_seen", sa.Boolean(), server_default=sa.false(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("movie_ids", "finalists", "runners_up")),
        sa.Column("lobby_letter", sa.BigInteger(), nullable=True),
        sa.Column("poll_letter", sa.BigInteger(), nullable=True),
        sa.Column("poll_id", sa.String(64), nullable=True),
        sa.Column("acted_at", MOMENT, nullable=False),
        sa.CheckConstraint("state IN ('open', 'voting', 'final', 'over', 'off')", name=op.f("ck_nights_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nights")),
        sa.UniqueConstraint("code", name=op.f("uq_nights_code")),
        sqlite_autoincrement=True,
    )
    for columns in (("chat_id", "state"), ("poll_id",), ("acted_at",)):
        op.create_index(op.f(f"ix_nights_{'_'.join(columns)}"), "nights", columns)
    op.create_table(
        "night_members",
        sa.Column("night_id", BIG_KEY, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        _key("night_members", "night_id", "nights"),
        _key("night_members", "person_id", "people"),
        sa.PrimaryKeyConstraint("night_id", "person_id", name=op.f("pk_night_members")),
    )
    op.create_index(op.f("ix_night_members_person_id"), "night_members", ["person_id"])
    op.create_table(
        "matches",
        sa.Column("id", BIG_KEY, autoincrement=True, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("other_id", sa.BigInteger(), nullable=True),
        sa.Column("code", sa.String(32), nullable=False),
        sa.Column("asked_name", sa.String(32), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("acted_at", MOMENT, nullable=False),
        sa.CheckConstraint("state IN ('asked', 'agreed', 'refused')", name=op.f("ck_matches_state")),
        _key("matches", "person_id", "people"),
        _key("matches", "other_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matches")),
        sa.UniqueConstraint("code", name=op.f("uq_matches_code")),
        sqlite_autoincrement=True,
    )
    for name in ("person_id", "other_id", "acted_at"):
        op.create_index(op.f(f"ix_matches_{name}"), "matches", [name])


def downgrade() -> None:
    for name in ("matches", "night_members", "nights"):
        op.drop_table(name)


def _key(table: str, column: str, referred: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{referred}")
    return sa.ForeignKeyConstraint([column], [f"{referred}.id"], name=name, ondelete="CASCADE")
