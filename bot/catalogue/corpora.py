"""Corpora on disk: in `<data_dir>/corpora/<name>/` movies, ratings and tags as Parquet, counts.npz, corpus.json."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from bot.catalogue.checksums import sha256_of
from bot.catalogue.errors import CorpusFolderError
from bot.catalogue.film_content import content_of
from bot.catalogue.film_counts import COUNTS, write_counts
from bot.catalogue.rating_rows import RatingRows
from bot.catalogue.tag_rows import TagRows, no_tags, read_tags, write_tags
from recommender.data.corpus import Corpus
from recommender.data.durable import make_durable
from recommender.domain import Movie, MovieId

if TYPE_CHECKING:
    import pyarrow as pa

SCHEMA_VERSION: Final = 1
CARD: Final = "corpus.json"
MOVIES: Final = "movies.parquet"
RATINGS: Final = "ratings.parquet"
TAGS: Final = "tags.parquet"
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True)
class CorpusCard:
    """What a stored corpus is.

    Attributes:
        licence: one or two sentences on what its ratings may be used for, and whom to cite.
        simulated: nobody real stands behind the ratings; whatever shows them says so.
        movie_count, user_count, rating_count: rows as stored, before repeated ratings are merged.
        sha256: checksum by file.
    """

    name: str
    licence: str
    simulated: bool
    movie_count: int
    user_count: int
    rating_count: int
    sha256: dict[str, str]
    schema_version: int = SCHEMA_VERSION


def corpus_folder(data_dir: Path, name: str) -> Path:
    """Return where the corpus of this name lies.

    Raises:
        CorpusFolderError: the name cannot be a folder's.
    """
    if not _NAME.fullmatch(name):
        raise CorpusFolderError(f"a corpus name must be of a-z, 0-9, dot, dash, at most 64. Received: {name!r}")
    return data_dir / "corpora" / name


def list_corpora(data_dir: Path) -> list[CorpusCard]:
    """Return the cards of all stored corpora, by name; what is half written has none.

    Raises:
        CorpusFolderError: a card is damaged or of another schema.
    """
    return [read_card(corpus_folder(data_dir, name)) for name in corpus_names(data_dir)]


def corpus_names(data_dir: Path) -> list[str]:
    """Return the names of all stored corpora, damaged ones too, in order; what is half written has none."""
    return [card.parent.name for card in sorted((data_dir / "corpora").glob(f"[a-z0-9]*/{CARD}"))]


def read_card(folder: Path) -> CorpusCard:
    """Read what the corpus in this folder is.

    Raises:
        CorpusFolderError: the card is missing, damaged or of another schema.
    """
    try:
        values = json.loads((folder / CARD).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CorpusFolderError(f"expected a corpus with its {CARD}. Received: {folder}, which has none") from error
    except (OSError, ValueError) as error:
        raise CorpusFolderError(f"{folder / CARD} cannot be read ({error}): import the corpus again") from error
    if not isinstance(values, dict) or values.get("schema_version") != SCHEMA_VERSION:
        raise CorpusFolderError(f"{folder} must be of schema {SCHEMA_VERSION}: import the corpus again")
    if {field.name for field in fields(CorpusCard)} != values.keys():
        raise CorpusFolderError(f"{folder / CARD} is damaged: import the corpus again")
    return CorpusCard(**values)


def load_corpus(folder: Path) -> Corpus:
    """Load a stored corpus, its checksums verified.

    Raises:
        CorpusFolderError: a file is missing or differs from its checksum.
    """
    from pyarrow import parquet

    rows = load_rows(folder)
    with _readable(folder):
        movies = _movies(parquet.read_table(folder / MOVIES))
    return rows.build(movies).knowing(content_of(movies))


def load_rows(folder: Path) -> RatingRows:
    """Load the ratings of a stored corpus, the checksums of all its files verified.

    Raises:
        CorpusFolderError: a file is missing or differs from its checksum.
    """
    from pyarrow import parquet

    card = read_card(folder)
    for file in (MOVIES, RATINGS):
        _verify(folder / file, card.sha256.get(file, ""))
    with _readable(folder):
        columns = parquet.read_table(folder / RATINGS)
        return RatingRows(*(columns[field.name].to_numpy() for field in fields(RatingRows)))


def load_tags(folder: Path) -> TagRows:
    """Load the tags of a stored corpus, none where it came without; raises as `load_rows` does."""
    checksum = read_card(folder).sha256.get(TAGS)
    if checksum is None:
        return no_tags()
    _verify(folder / TAGS, checksum)
    with _readable(folder):
        return read_tags(folder / TAGS)


@contextmanager
def _readable(folder: Path) -> Iterator[None]:
    import pyarrow as pa

    try:
        yield
    except (pa.ArrowException, KeyError, OSError) as error:
        raise CorpusFolderError(f"{folder} cannot be read ({error}): import the corpus again") from error


def remove_corpus(data_dir: Path, name: str) -> None:
    """Remove a stored corpus, damaged or not; the films stay in the catalogue.

    Raises:
        CorpusFolderError: there is none of this name.
    """
    folder = corpus_folder(data_dir, name)
    if not folder.is_dir():
        stored = ", ".join(corpus_names(data_dir)) or "none"
        raise CorpusFolderError(f"expected one of the stored corpora ({stored}). Received: {name}")
    _clear_up(folder)
    gone = folder.with_name(f".{name}.new")  # what dies here is cleared up as half-written by the next import
    folder.rename(gone)
    make_durable(folder.parent)
    shutil.rmtree(gone, ignore_errors=True)


def write_corpus(
    data_dir: Path, name: str, movies: Sequence[Movie], rows: RatingRows, *, licence: str, simulated: bool
) -> CorpusCard:
    """Store a corpus, rows in the order given; one of the same name is replaced whole, or left when it is the same.

    Raises:
        CorpusFolderError: the name cannot be a folder's.
    """
    with stage_corpus(data_dir, name, movies, rows, licence=licence, simulated=simulated) as staged:
        staged.publish()
        return staged.card


@dataclass(frozen=True, slots=True)
class StagedCorpus:
    """A corpus written aside and not yet seen by readers."""

    card: CorpusCard
    aside: Path
    folder: Path

    @property
    def is_new(self) -> bool:
        """Tell whether publishing would change anything."""
        return not _is_stored(self.folder, self.card)

    def publish(self) -> None:
        """Put it in the place of the corpus of that name, unless it is the same."""
        if self.is_new:
            _write_card(self.aside, self.card)
            _swap(self.aside, self.folder)


@contextmanager
def stage_corpus(
    data_dir: Path,
    name: str,
    movies: Sequence[Movie],
    rows: RatingRows,
    *,
    licence: str,
    simulated: bool,
    tags: TagRows | None = None,
) -> Iterator[StagedCorpus]:
    """Write a corpus aside, with the tags of its films if it has any; what is not published at the end is removed."""
    folder = corpus_folder(data_dir, name)
    _clear_up(folder)
    aside = folder.with_name(f".{name}.new")
    aside.mkdir(parents=True)
    try:
        sha256 = _write_tables(aside, movies, rows, tags, is_counted=not simulated)
        people = len(np.unique(rows.user_ids))
        card = CorpusCard(name, licence, simulated, len(movies), people, len(rows), sha256)
        yield StagedCorpus(card, aside, folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _write_tables(
    folder: Path, movies: Sequence[Movie], rows: RatingRows, tags: TagRows | None, *, is_counted: bool
) -> dict[str, str]:
    import pyarrow as pa
    from pyarrow import parquet

    films = pa.table(
        {
            "movie_id": pa.array([movie.id for movie in movies], pa.int32()),
            "title": pa.array([movie.title for movie in movies], pa.string()),
            "year": pa.array([movie.year for movie in movies], pa.int16()),
            "genres": pa.array([list(movie.genres) for movie in movies], pa.list_(pa.string())),
        }
    )
    ratings = pa.table({field.name: getattr(rows, field.name) for field in fields(RatingRows)})
    for file, table in ((MOVIES, films), (RATINGS, ratings)):
        parquet.write_table(table, folder / file, compression="zstd")
    if tags:
        write_tags(folder / TAGS, tags)
    if is_counted:
        write_counts(folder / COUNTS, rows)
    written = [MOVIES, RATINGS, *([TAGS] if tags else []), *([COUNTS] if is_counted else [])]
    for file in written:
        make_durable(folder / file)
    return {file: sha256_of(folder / file) for file in written}


def _write_card(folder: Path, card: CorpusCard) -> None:
    (folder / CARD).write_text(json.dumps(asdict(card), indent=2) + "\n", encoding="utf-8")
    make_durable(folder / CARD)


def _is_stored(folder: Path, card: CorpusCard) -> bool:
    try:
        stored = read_card(folder)
    except CorpusFolderError:
        return False
    return stored == card and all(
        (folder / file).is_file() and sha256_of(folder / file) == checksum for file, checksum in card.sha256.items()
    )


def _swap(aside: Path, folder: Path) -> None:
    """Put the new folder in the place of the old; a reader sees a whole one or, for a moment, none."""
    old = folder.with_name(f".{folder.name}.old")
    if folder.exists():
        folder.rename(old)
    aside.rename(folder)
    make_durable(folder.parent)
    shutil.rmtree(old, ignore_errors=True)


def _clear_up(folder: Path) -> None:
    """Undo what a process left that died while it wrote or swapped this corpus."""
    old = folder.with_name(f".{folder.name}.old")
    if old.exists() and not folder.exists():
        old.rename(folder)
    for left in (old, folder.with_name(f".{folder.name}.new")):
        shutil.rmtree(left, ignore_errors=True)


def _movies(table: pa.Table) -> tuple[Movie, ...]:
    columns = (table[name].to_pylist() for name in ("movie_id", "title", "year", "genres"))
    return tuple(
        Movie(MovieId(movie_id), title, year, tuple(genres))
        for movie_id, title, year, genres in zip(*columns, strict=True)
    )


def _verify(file: Path, checksum: str) -> None:
    if not file.is_file():
        raise CorpusFolderError(f"{file} is missing: import the corpus again")
    if sha256_of(file) != checksum:
        raise CorpusFolderError(f"{file} differs from its checksum: import the corpus again")
