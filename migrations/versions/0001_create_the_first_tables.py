"""Create the first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inbox",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("error", sa.String(length=200), nullable=True),
        sa.CheckConstraint("state IN ('pending', 'done', 'dead')", name=op.f("ck_inbox_state")),
        sa.PrimaryKeyConstraint("update_id", name=op.f("pk_inbox")),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inbox_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_inbox_state_received_at"), ["state", "received_at"], unique=False)

    op.create_table(
        "movies",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=True),
        sa.Column("genres", sa.String(length=200), nullable=False),
        sa.Column("imdb_id", sa.String(length=16), nullable=True),
        sa.Column("tmdb_id", sa.Integer(), nullable=True),
        sa.Column("movielens_id", sa.Integer(), nullable=True),
        sa.Column("popularity", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_movies")),
        sa.UniqueConstraint("imdb_id", name=op.f("uq_movies_imdb_id")),
        sa.UniqueConstraint("movielens_id", name=op.f("uq_movies_movielens_id")),
        sa.UniqueConstraint("tmdb_id", name=op.f("uq_movies_tmdb_id")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("edits", sa.BigInteger(), nullable=True),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("attachment", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("forget", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("error", sa.String(length=200), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'sent', 'dropped', 'dead')", name=op.f("ck_outbox_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_chat_id_edits"), ["chat_id", "edits"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbox_state_id"), ["state", "id"], unique=False)

    op.create_table(
        "people",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("language", sa.String(length=16), nullable=True),
        sa.Column("telegram_language", sa.String(length=16), nullable=True),
        sa.Column("consent", sa.Boolean(), nullable=True),
        sa.Column("consent_version", sa.Integer(), nullable=True),
        sa.Column("consent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("digest", sa.String(length=8), server_default=sa.text("'off'"), nullable=False),
        sa.Column("digest_hour", sa.SmallInteger(), nullable=True),
        sa.Column("utc_offset_minutes", sa.SmallInteger(), nullable=True),
        sa.Column("blocked", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("round", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("digest IN ('off', 'daily', 'weekly')", name=op.f("ck_people_digest")),
        sa.CheckConstraint("digest_hour BETWEEN 0 AND 23", name=op.f("ck_people_digest_hour")),
        sa.CheckConstraint("utc_offset_minutes BETWEEN -840 AND 840", name=op.f("ck_people_utc_offset_minutes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )
    op.create_table(
        "schedules",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("last_run_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_run_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", "person_id", name=op.f("pk_schedules")),
    )
    with op.batch_alter_table("schedules", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_schedules_name_next_run_at"), ["name", "next_run_at"], unique=False)

    op.create_table(
        "chosen_genres",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("genre", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_chosen_genres_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "genre", name=op.f("pk_chosen_genres")),
    )
    op.create_table(
        "impressions",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("page", sa.SmallInteger(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("movie_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.String(length=8), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("like_probability", sa.Double(), nullable=False),
        sa.Column("because_movie_id", sa.Integer(), nullable=True),
        sa.Column("because_genre", sa.String(length=32), nullable=True),
        sa.Column("version", sa.String(length=80), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["movie_id"], ["movies.id"], name=op.f("fk_impressions_movie_id_movies")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_impressions_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "round", "page", "position", name=op.f("pk_impressions")),
    )
    with op.batch_alter_table("impressions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_impressions_movie_id"), ["movie_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_impressions_shown_at"), ["shown_at"], unique=False)

    op.create_table(
        "marks",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("movie_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('seen', 'later', 'never', 'not_now', 'unseen')", name=op.f("ck_marks_kind")),
        sa.ForeignKeyConstraint(["movie_id"], ["movies.id"], name=op.f("fk_marks_movie_id_movies")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_marks_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "movie_id", "kind", name=op.f("pk_marks")),
    )
    with op.batch_alter_table("marks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_marks_movie_id"), ["movie_id"], unique=False)

    op.create_table(
        "ratings",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("movie_id", sa.Integer(), nullable=False),
        sa.Column("half_stars", sa.SmallInteger(), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("half_stars BETWEEN 0 AND 10", name=op.f("ck_ratings_half_stars")),
        sa.ForeignKeyConstraint(["movie_id"], ["movies.id"], name=op.f("fk_ratings_movie_id_movies")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_ratings_person_id_people"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "movie_id", name=op.f("pk_ratings")),
    )
    with op.batch_alter_table("ratings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ratings_movie_id"), ["movie_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ratings_person_id_rated_at"), ["person_id", "rated_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_ratings_stored_at"), ["stored_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("ratings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ratings_stored_at"))
        batch_op.drop_index(batch_op.f("ix_ratings_person_id_rated_at"))
        batch_op.drop_index(batch_op.f("ix_ratings_movie_id"))

    op.drop_table("ratings")
    with op.batch_alter_table("marks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_marks_movie_id"))

    op.drop_table("marks")
    with op.batch_alter_table("impressions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_impressions_shown_at"))
        batch_op.drop_index(batch_op.f("ix_impressions_movie_id"))

    op.drop_table("impressions")
    op.drop_table("chosen_genres")
    with op.batch_alter_table("schedules", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_schedules_name_next_run_at"))

    op.drop_table("schedules")
    op.drop_table("people")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_state_id"))
        batch_op.drop_index(batch_op.f("ix_outbox_chat_id_edits"))

    op.drop_table("outbox")
    op.drop_table("movies")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inbox_state_received_at"))
        batch_op.drop_index(batch_op.f("ix_inbox_person_id"))

    op.drop_table("inbox")
