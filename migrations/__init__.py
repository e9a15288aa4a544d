"""Alembic's migrations of the bot's database; they follow bot/storage/tables.py."""
