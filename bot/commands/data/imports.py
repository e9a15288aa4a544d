"""`reelmate import`: films into the catalogue, ratings into a corpus."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bot.catalogue.known_movies import KnownMovie
from bot.commands.data.database import migrate_at_start
from bot.commands.data.joining import describe_pair, join_twins, look_for_twins
from bot.commands.errors import CommandError
from bot.commands.invocation import Invocation, expanded
from bot.commands.output import say
from bot.commands.progress import meter
from bot.settings import PREFIX, Settings
from bot.storage import CatalogueMovie, Store, Tx

if TYPE_CHECKING:
    from bot.catalogue.importing import ImportReport
    from bot.catalogue.twins import TwinPair


@dataclass(frozen=True, slots=True)
class StoredCatalogue:
    """The database's catalogue as importers read and write it."""

    store: Store

    def movies(self) -> Sequence[KnownMovie]:
        """Return the whole catalogue, films that stand for another one too: a release may name them still."""
        return [_known(entry) for entry in self.store.read(lambda tx: tx.movies.catalogue(with_gone=True))]

    def add(self, movies: Sequence[KnownMovie]) -> None:
        """Store these movies, all or none."""
        self.store.write(lambda tx: self.put(tx, movies)).result()

    @staticmethod
    def put(tx: Tx, movies: Sequence[KnownMovie]) -> None:
        """Store these movies within a transaction."""
        tx.movies.upsert_all([_entry(known) for known in movies])


def store_starter(invocation: Invocation) -> None:
    """Store the starter catalogue and its simulated ratings, and say what came of it."""
    from bot.catalogue.importing import import_starter

    settings = invocation.settings()
    migrate_at_start(settings)
    with Store(settings.database_url) as store, meter() as progress:
        report = import_starter(StoredCatalogue(store), settings.data_dir, progress=progress)
    _tell(report, people="simulated people")


def store_movielens(invocation: Invocation, source: str, *, instead_of: str | None = None) -> None:
    """Store a MovieLens release, print its licence, and say what came of it.

    Raises:
        SourceError: a file is missing or broken.
        DownloadError: the release could not be downloaded whole.
        KnownPeopleError: its people are stored already as another corpus.
    """
    from bot.catalogue.importing import import_movielens

    fetching = partial(import_movielens, base_url=invocation.settings().movielens_url)
    _store(invocation, fetching, source, instead_of)


def store_movietweetings(invocation: Invocation, source: str, *, instead_of: str | None = None) -> None:
    """Store MovieTweetings, print its licence, and say what came of it.

    Raises:
        SourceError: a file is missing or broken.
        KnownPeopleError: its people are stored already as another corpus.
    """
    from bot.catalogue.importing import import_movietweetings

    _store(invocation, import_movietweetings, source, instead_of)


def _store(invocation: Invocation, importer: Callable[..., ImportReport], source: str, instead_of: str | None) -> None:
    settings, place = invocation.settings(), str(expanded(source))
    migrate_at_start(settings)
    with Store(settings.database_url) as store, meter() as progress:
        report = importer(place, StoredCatalogue(store), settings.data_dir, progress, instead_of=instead_of)
        pairs = _join_twins(store)
    _tell(report, people="people")
    for pair in pairs:
        say(describe_pair(pair))
    for name, count in report.known_people.items():
        say(f"In {name}, too: {count} of these people; a training counts them once.")
    if instead_of and instead_of != report.corpus:
        say(f"Removed in return: {instead_of}.")
    if report.twin_count:
        say(f"Standing there twice, and one film each from now on: {report.twin_count}.")
    if report.orphan_count:
        say(f"Left out, since the film file lacks their film: {_ratings(report.orphan_count)}.")
    if report.repeated_count:
        say(f"Left out, since the same person rated the same film later: {_ratings(report.repeated_count)}.")
    if report.unknown_genres:
        say(f"Left out, since they are none of our 18 genres: {', '.join(report.unknown_genres)}.")


def _join_twins(store: Store) -> Sequence[TwinPair]:
    """Join what is one film as far as is known; return what was joined."""
    gone, facts = store.read(lambda tx: (tx.twins.kept_by_gone(), tx.facts.all()))
    films = [known for known in StoredCatalogue(store).movies() if known.movie.id not in gone]
    pairs = look_for_twins(store, films, facts)
    join_twins(store, pairs)
    return pairs


def fill_empty_catalogue(settings: Settings, store: Store) -> int:
    """Store the starter catalogue where there are no films yet; return how many came.

    Another process does it: pandas and Arrow take 150 MB, which a bot that only chats would hold for good.

    Raises:
        CommandError: it could not be stored.
    """
    if store.read(lambda tx: tx.movies.count()):
        return 0
    command = [sys.executable, "-m", "bot", "--data-dir", str(settings.data_dir), "import", "starter"]
    environment = {**os.environ, f"{PREFIX}DATABASE_URL": settings.database_url}
    if subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode:
        raise CommandError("the starter catalogue could not be stored; the line above says why")
    return store.read(lambda tx: tx.movies.count())


def _tell(report: ImportReport, *, people: str) -> None:
    say(report.licence)
    say(f"{report.corpus}: {report.film_count} films, {report.rating_count} ratings of {report.user_count} {people}.")
    if report.changed:
        say(f"New in the catalogue: {report.added_count}; brought up to date: {report.updated_count}.")
        say("A running bot lists what is new within half a minute. Run `reelmate retrain` to learn from all of it.")
    else:
        say("All of it was here already; nothing changed.")


def _ratings(count: int) -> str:
    return f"{count} rating{'' if count == 1 else 's'}"


def _known(entry: CatalogueMovie) -> KnownMovie:
    return KnownMovie(entry.movie, entry.imdb_id, entry.tmdb_id, entry.movielens_id, entry.popularity)


def _entry(known: KnownMovie) -> CatalogueMovie:
    return CatalogueMovie(known.movie, known.imdb_id, known.tmdb_id, known.movielens_id, known.popularity)
