"""Imports into the catalogue and the corpora: the starter films, and MovieLens releases."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bot.catalogue.corpora import corpus_folder, corpus_names, load_rows, read_card, remove_corpus, stage_corpus
from bot.catalogue.download import BASE_URL, RELEASES, download_release
from bot.catalogue.errors import CorpusFolderError, KnownPeopleError
from bot.catalogue.known_movies import CatalogueWriter, KnownMovie, starter_movies
from bot.catalogue.layouts import TWEETED
from bot.catalogue.licences import MOVIETWEETINGS, SIMULATED, licence_of
from bot.catalogue.matching import Matched, match_films
from bot.catalogue.movielens import Release, read_release
from bot.catalogue.popularity import films_of, settle_popularity
from bot.catalogue.progress import Progress, no_progress
from bot.catalogue.rating_rows import RatingRows
from bot.catalogue.same_people import find_same_people
from bot.catalogue.simulator import DEFAULT_PEOPLE, DEFAULT_SEED, simulate_rows
from recommender.domain import Movie

SIMULATED_CORPUS: Final = "simulated"
# A larger release brings many new people; one of whom more than this are known is a copy.
MOST_KNOWN: Final = 0.5
# A person or two in common make no copy of a release: they are named, and counted once.
FEW_KNOWN: Final = 2


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did.

    Attributes:
        corpus: the name under which the ratings are stored.
        licence: what they may be used for; to be shown to whoever imports.
        film_count, rating_count, user_count: of what was read.
        matched_count: films that the catalogue or the starter file knew already.
        added_count, updated_count: catalogue rows that are new, or know more than before.
        corpus_changed: the stored corpus differs from the one before.
        unknown_genres: genre names that are none of MovieLens' 18; left out.
        twin_count: films that stood there once more under another number; their ratings are together now.
        orphan_count: ratings left out, since the film file lacks their film.
        repeated_count: ratings left out, since the same person rated the same film later.
        known_people: how many people are stored in other corpora already, by corpus.
    """

    corpus: str
    licence: str
    film_count: int
    rating_count: int
    user_count: int
    matched_count: int
    added_count: int
    updated_count: int
    corpus_changed: bool
    unknown_genres: tuple[str, ...] = ()
    twin_count: int = 0
    orphan_count: int = 0
    repeated_count: int = 0
    known_people: dict[str, int] = field(default_factory=dict)

    @property
    def changed(self) -> bool:
        """Tell whether the import changed anything."""
        return self.corpus_changed or self.added_count + self.updated_count > 0


def import_starter(
    writer: CatalogueWriter,
    data_dir: Path,
    seed: int = DEFAULT_SEED,
    progress: Progress = no_progress,
    *,
    people: int = DEFAULT_PEOPLE,
) -> ImportReport:
    """Bring the starter films into the catalogue and store the simulated corpus; again changes nothing."""
    progress("Reading the starter catalogue", 0, 3)
    before = writer.movies()
    movies = tuple(known.movie for known in starter_movies(before))
    added, updated = starter_news(before)
    progress("Simulating raters", 1, 3)
    rows = simulate_rows(movies, people, seed)
    progress("Storing films and simulated ratings", 2, 3)
    # Who rates films differs from who watches them, and until a model is there lists go by what raters know.
    shares = dict(zip(movies, _share_of_people(rows, movies), strict=True))
    with stage_corpus(data_dir, SIMULATED_CORPUS, movies, rows, licence=SIMULATED, simulated=True) as staged:
        if added or updated:
            added = [replace(known, popularity=shares[known.movie]) for known in added]
            writer.add([*added, *updated])
        corpus_changed = staged.is_new
        staged.publish()
    progress("Storing films and simulated ratings", 3, 3)
    return ImportReport(
        corpus=SIMULATED_CORPUS,
        licence=SIMULATED,
        film_count=len(movies),
        rating_count=len(rows),
        user_count=people,
        matched_count=len(movies) - len(added),
        added_count=len(added),
        updated_count=len(updated),
        corpus_changed=corpus_changed,
    )


def starter_news(before: Sequence[KnownMovie]) -> tuple[list[KnownMovie], list[KnownMovie]]:
    """Return the starter's films that a catalogue lacks, and those of which the starter says more or other than it."""
    starter, stored = starter_movies(before), {known.movie.id: known for known in before}
    told = [_told(stored[known.movie.id], known) for known in starter if known.movie.id in stored]
    lacking = [known for known in starter if known.movie.id not in stored]
    return lacking, [known for known in told if known != stored[known.movie.id]]


def _told(stored: KnownMovie, starter: KnownMovie) -> KnownMovie:
    """Return a stored movie with what the starter says of it now."""
    return replace(stored, movie=starter.movie, imdb_id=stored.imdb_id or starter.imdb_id)


def import_movielens(
    source: str | Path,
    writer: CatalogueWriter,
    data_dir: Path,
    progress: Progress = no_progress,
    *,
    base_url: str = BASE_URL,
    instead_of: str | None = None,
) -> ImportReport:
    """Import a MovieLens release: a folder, a zip, or a release's name, which is downloaded first.

    All files are read and checked before anything is stored; importing the same again changes nothing.

    Args:
        instead_of: a stored corpus that goes once this one is there.

    Raises:
        SourceError: a file is missing or broken; names the file, the line and the reason.
        KnownPeopleError: most of the people are stored already as another corpus.
        CorpusFolderError: there is no corpus to go.
        DownloadError: the release cannot be downloaded whole.
    """
    path = Path(source)
    if str(source) in RELEASES and not path.exists():
        path = download_release(str(source), data_dir / "downloads", progress, base_url=base_url)
    progress("Reading the release", 0, 3)
    release = read_release(path, with_tags=True)
    return _import(release, licence_of(release.name), writer, data_dir, progress, instead_of)


def import_movietweetings(
    source: str | Path,
    writer: CatalogueWriter,
    data_dir: Path,
    progress: Progress = no_progress,
    *,
    instead_of: str | None = None,
) -> ImportReport:
    """Import MovieTweetings, a folder or a zip with movies.dat and ratings.dat, as `import_movielens` does.

    Raises:
        SourceError, KnownPeopleError, CorpusFolderError: as there.
    """
    progress("Reading the release", 0, 3)
    release = read_release(source, TWEETED)
    return _import(release, MOVIETWEETINGS, writer, data_dir, progress, instead_of)


def _import(
    release: Release,
    licence: str,
    writer: CatalogueWriter,
    data_dir: Path,
    progress: Progress,
    instead_of: str | None,
) -> ImportReport:
    progress("Matching films", 1, 3)
    films = films_of(data_dir, instead_of) if instead_of else frozenset()
    report = _store(release, licence, writer, data_dir, progress, instead_of)
    if instead_of and instead_of != report.corpus:
        remove_corpus(data_dir, instead_of)
    settle_popularity(data_dir, writer, films)
    progress("Storing films and ratings", 3, 3)
    return report


def _store(
    release: Release,
    licence: str,
    writer: CatalogueWriter,
    data_dir: Path,
    progress: Progress,
    instead_of: str | None,
) -> ImportReport:
    if instead_of is not None:
        read_card(corpus_folder(data_dir, instead_of))
    matched, added, updated = _match(release, writer.movies())
    progress("Storing films and ratings", 2, 3)
    name = _corpus_name(release.name)
    rows = replace(release.ratings, movie_ids=_our_ids(release, matched.movies)).newest()
    known_people = _known_people(data_dir, rows, {name, instead_of})
    movies = [known.movie for known in matched.unique_movies]
    ids = {int(film.movie.id): int(known.movie.id) for film, known in zip(release.films, matched.movies, strict=True)}
    tags = release.tags.of_movies(ids)
    with stage_corpus(data_dir, name, movies, rows, licence=licence, simulated=False, tags=tags) as staged:
        if added or updated:
            writer.add([*added, *updated])
        corpus_changed = staged.is_new
        staged.publish()
    return ImportReport(
        corpus=name,
        licence=licence,
        film_count=len(movies),
        rating_count=len(rows),
        user_count=staged.card.user_count,
        matched_count=len(movies) - len(matched.added),
        added_count=len(added),
        updated_count=len(updated),
        corpus_changed=corpus_changed,
        unknown_genres=tuple(sorted(release.unknown_genres)),
        twin_count=len(matched.movies) - len(movies),
        orphan_count=release.orphan_count,
        repeated_count=len(release.ratings) - len(rows),
        known_people=known_people,
    )


def _match(release: Release, stored: Sequence[KnownMovie]) -> tuple[Matched, list[KnownMovie], list[KnownMovie]]:
    """Match against the catalogue and the starter films, whether or not those were imported before.

    Returns:
        What matched, the rows to add to the catalogue, and those to bring up to date.
    """
    stored_ids = {known.movie.id for known in stored}
    known = [*(film for film in starter_movies(stored) if film.movie.id not in stored_ids), *stored]
    shares = _share_of_people(release.ratings, release.movies)
    matched = match_films(release.films, known, shares, shared_ids=release.shares_numbers)
    added = [movie for movie in matched.movies if movie.movie.id not in stored_ids]
    return matched, added, [movie for movie in matched.updated if movie.movie.id in stored_ids]


def _known_people(data_dir: Path, rows: RatingRows, passed_over: set[str | None]) -> dict[str, int]:
    """Return how many of these people other corpora of real people hold, by corpus.

    Raises:
        KnownPeopleError: one of them holds most of these people.
    """
    people = len(np.unique(rows.user_ids))
    known = dict[str, int]()
    for name in corpus_names(data_dir):
        if name in passed_over or name == SIMULATED_CORPUS:
            continue
        try:
            stored = load_rows(corpus_folder(data_dir, name))
        except CorpusFolderError:
            continue  # a training that meets it says so; an import must be able to go on
        known[name] = len(find_same_people(stored, rows))
        if known[name] > max(FEW_KNOWN, MOST_KNOWN * people):
            raise KnownPeopleError(
                f"{known[name]} of {people} people are stored already as {name}, with the same ratings at the same "
                f"times: add --replace {name} to have this release in its place. Nothing was imported"
            )
    return {name: count for name, count in known.items() if count}


def _share_of_people(ratings: RatingRows, movies: Sequence[Movie]) -> list[float]:
    """Return the share of people who rated each film, to four places."""
    counts = pd.Series(ratings.movie_ids).value_counts(sort=False)
    people = pd.Series(ratings.user_ids).nunique()
    by_film = counts.reindex([movie.id for movie in movies], fill_value=0)
    return (by_film / people).round(4).tolist()


def _our_ids(release: Release, movies: Sequence[KnownMovie]) -> NDArray[np.int32]:
    """Return our movie id of each rating.  (ratings,)"""
    theirs = pd.Index([film.movie.id for film in release.films], dtype="int32")
    ours = np.array([known.movie.id for known in movies], dtype=np.int32)
    return ours[theirs.get_indexer(pd.Index(release.ratings.movie_ids))]


def _corpus_name(release: str) -> str:
    """Turn a release's name into a folder's; the simulated corpus keeps its name for itself."""
    name = re.sub(r"[^a-z0-9._-]+", "-", release).strip("-._")[:48] or "release"
    return f"movielens-{name}" if name == SIMULATED_CORPUS else name
