"""What `reelmate doctor` sees of what is stored: database, corpora, published models."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bot.catalogue.corpora import corpus_names, list_corpora
from bot.catalogue.errors import CatalogueError
from bot.catalogue.known_movies import KnownMovie
from bot.commands.data.database import look_through, open_store
from bot.commands.data.imports import StoredCatalogue
from bot.commands.errors import CommandError
from bot.commands.run.finding import Finding
from bot.settings import Settings
from bot.storage import Counts, StorageError
from recommender.errors import BundleError
from recommender.ranking.bundle import BundleStore

_REAL_RATINGS: Final = (
    "Run `reelmate import movielens ml-latest-small`, which downloads 1 MB, then `reelmate retrain`. MovieLens is not "
    "for commercial use; cite Harper and Konstan (2015)."
)


def check_database(settings: Settings) -> Iterator[Finding]:
    """Open the database and count what is in it."""
    try:
        look_through(settings)
        with open_store(settings) as store:
            counts = store.read(lambda tx: tx.counts())
            stored = StoredCatalogue(store).movies()
    except (CommandError, StorageError) as error:
        yield Finding("Database", "fault", "cannot be used", str(error))
    else:
        yield Finding("Database", "ok", f"{counts.people} people, {counts.ratings} ratings, schema up to date")
        yield _judge_catalogue(counts)
        yield from _judge_starter(settings, stored)
        yield _judge_dead_letters(counts)


def check_corpora(settings: Settings) -> Iterator[Finding]:
    """List what models learn from besides the chat."""
    try:
        cards = list_corpora(settings.data_dir)
    except CatalogueError as error:
        yield Finding("Corpora", "fault", "cannot be read", str(error))
        return
    for card in cards:
        kind = "simulated ratings" if card.simulated else "ratings"
        fact = f"{card.rating_count} {kind} of {card.user_count} people, {card.movie_count} films"
        yield Finding(f"Corpus {card.name}", "ok", fact)
    if not cards:
        advice = "Run `reelmate import starter`, or import a MovieLens release."
        yield Finding("Corpora", "note", "none, so there is little to learn from", advice)
    if all(card.simulated for card in cards):
        yield Finding("Real people", "note", "none; models learn from simulated ones", _REAL_RATINGS)


def check_bundles(settings: Settings) -> Iterator[Finding]:
    """Load the published model, every file against its checksum."""
    bundles = BundleStore(settings.bundles_dir)
    version: str | None = "the pointer"
    try:
        version = bundles.current()
        if version is None:
            yield Finding("Model", "note", "none; lists go by popularity", "Run `reelmate retrain`.")
            return
        bundles.load(version)
    except BundleError as error:
        advice = f"{error}. Run `reelmate bundles rollback` or `reelmate retrain`."
        yield Finding("Model", "fault", f"{version} cannot be served", advice)
    else:
        yield Finding("Model", "ok", f"{version}, checksums match, it passes its trial")


def _judge_catalogue(counts: Counts) -> Finding:
    if counts.movies:
        return Finding("Catalogue", "ok", f"{counts.movies} films")
    return Finding("Catalogue", "fault", "no films", "Run `reelmate import starter`, or import a MovieLens release.")


def _judge_starter(settings: Settings, stored: Sequence[KnownMovie]) -> Iterator[Finding]:
    """Compare with the starter of this version, where it was imported and its simulated people were kept."""
    from bot.catalogue.importing import SIMULATED_CORPUS, starter_news

    if SIMULATED_CORPUS not in corpus_names(settings.data_dir):
        return
    lacking, changed = starter_news(stored)
    if lacking or changed:
        fact = f"this version's knows {len(lacking)} more films, and more of {len(changed)}"
        yield Finding("Starter films", "note", fact, "Run `reelmate import starter`, then `reelmate retrain`.")


def _judge_dead_letters(counts: Counts) -> Finding:
    dead = counts.inbox_dead + counts.outbox_dead
    if not dead:
        return Finding("Dead letters", "ok", "none")
    advice = "Look for their errors in the log; they are kept for 90 days."
    return Finding("Dead letters", "note", f"{counts.inbox_dead} updates, {counts.outbox_dead} messages", advice)
