"""What the people of each corpus gave its films in all, in a file that is read without Arrow or pandas."""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import Final

import numpy as np

from bot.catalogue.rating_rows import RatingRows
from recommender.data.statistics import FilmCounts, count_films

log = logging.getLogger(__name__)

# In the folder of a corpus of real people; those that were imported before there was one have none.
COUNTS: Final = "counts.npz"


def write_counts(file: Path, rows: RatingRows) -> None:
    """Write the counts of these ratings, each film once for a person."""
    counts = count_films(rows.user_ids, rows.movie_ids, rows.stars)
    np.savez(file, allow_pickle=False, **{field.name: getattr(counts, field.name) for field in fields(counts)})


def read_counts(data_dir: Path) -> Iterator[FilmCounts]:
    """Yield the counts of every stored corpus; those that cannot be read are left out."""
    for file in _files(data_dir):
        try:
            with file.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
                people, mean_stars, *columns = (arrays[field.name] for field in fields(FilmCounts))
            yield FilmCounts(int(people), float(mean_stars), *columns)
        except (OSError, ValueError, LookupError, EOFError, zipfile.BadZipFile) as error:
            log.warning("%s cannot be read: %s", file, error)


def corpora_edition(data_dir: Path) -> tuple[object, ...]:
    """Return what changes when a corpus comes, goes or is replaced."""
    stamps = list[object]()
    for file in _files(data_dir):
        with suppress(FileNotFoundError):  # it went meanwhile
            stamps.append((file.parent.name, file.stat().st_mtime_ns))
    return tuple(stamps)


def _files(data_dir: Path) -> list[Path]:
    return sorted((data_dir / "corpora").glob(f"[a-z0-9]*/{COUNTS}"))
