"""What `reelmate doctor` sees of what is stored: database, corpora, published models."""

from __future__ import annotations

from collections.abc import Iterator

from bot.commands.checkup import Finding
from bot.commands.errors import CommandError
from bot.commands.opening import open_store
from bot.settings import Settings
from bot.storage import Counts, StorageError


def check_database(settings: Settings) -> Iterator[Finding]:
    """Open the database and count what is in it."""
    try:
        with open_store(settings) as store:
            counts = store.read(lambda tx: tx.counts())
    except (CommandError, StorageError) as error:
        yield Finding("Database", "fault", "cannot be used", str(error))
    else:
        yield Finding("Database", "ok", f"{counts.people} people, {counts.ratings} ratings, schema up to date")
        yield _judge_catalogue(counts)
        yield _judge_dead_letters(counts)


def _judge_catalogue(counts: Counts) -> Finding:
    if counts.movies:
        return Finding("Catalogue", "ok", f"{counts.movies} films")
    return Finding("Catalogue", "fault", "no films", "Run `reelmate import starter`, or import a MovieLens release.")


def _judge_dead_letters(counts: Counts) -> Finding:
    dead = counts.inbox_dead + counts.outbox_dead
    if not dead:
        return Finding("Dead letters", "ok", "none")
    advice = "Look for their errors in the log; they are kept for 90 days."
    return Finding("Dead letters", "note", f"{counts.inbox_dead} updates, {counts.outbox_dead} messages", advice)
