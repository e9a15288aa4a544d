"""The tags of a MovieLens release: tags.csv, and the genome of the 25m release, where they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import pandas as pd

from bot.catalogue.archive import Archive
from bot.catalogue.csv_header import read_header
from bot.catalogue.errors import SourceError
from bot.catalogue.tag_rows import NOBODY, TagRows

TAGS: Final = "tags.csv"
GENOME: Final = ("genome-tags.csv", "genome-scores.csv")
# Of 1,128 tags of the genome a film is said to bear those of at least this relevance (0 to 1), and no more than these.
LEAST_RELEVANCE: Final = 0.5
MOST_OF_GENOME: Final = 20
# What is longer is a sentence.
MAX_NAME: Final = 60
# Lines read at once: the genome has fifteen million.
CHUNK: Final = 1_000_000
LARGEST_ID: Final = 2**31 - 1


def read_tags(archive: Archive) -> TagRows:
    """Read the tags of a release; none where it has no file of them.

    Raises:
        SourceError: a file is broken; names it and the line.
    """
    parts = [pd.DataFrame({"userid": [], "movieid": [], "tag": []})]
    if TAGS in archive:
        parts += _read(archive, TAGS, ("userid", "movieid", "tag"))
    if all(file in archive for file in GENOME):
        parts.append(_read_genome(archive))
    tags = pd.concat(parts, ignore_index=True)
    names = tags["tag"].astype(str).str.split().str.join(" ").str.casefold()
    tags = tags.assign(tag=names)[names.str.len().between(1, MAX_NAME)]
    return TagRows(
        tags["userid"].to_numpy(np.int64), tags["movieid"].to_numpy(np.int64), tags["tag"].to_numpy(dtype=np.str_)
    )


def _read_genome(archive: Archive) -> pd.DataFrame:
    """Return the tags most relevant to each film."""
    tags = pd.concat(_read(archive, GENOME[0], ("tagid", "tag")))
    relevant = [
        part[part["relevance"] >= LEAST_RELEVANCE]
        for part in _read(archive, GENOME[1], ("movieid", "tagid", "relevance"))
    ]
    scores = pd.concat(relevant).sort_values(["movieid", "relevance", "tagid"], ascending=[True, False, True])
    named = scores.groupby("movieid").head(MOST_OF_GENOME).merge(tags, on="tagid")
    return named.assign(userid=NOBODY)[["userid", "movieid", "tag"]]


def _read(archive: Archive, file: str, columns: Sequence[str]) -> Iterator[pd.DataFrame]:
    """Yield the columns of these names, in parts: a tag is text, any other column a number."""
    with archive.open(file) as stream:
        first = stream.readline().decode("utf-8-sig", "replace")
        header = read_header(first, columns, file)
        try:
            parts = pd.read_csv(
                stream,
                sep=header.delimiter,
                header=None,
                names=range(header.width),
                index_col=False,
                dtype=str,
                keep_default_na=False,
                encoding_errors="replace",
                chunksize=CHUNK,
            )
            for part in parts:
                table = part.iloc[:, list(header.places)].set_axis([*columns], axis=1)
                yield table.assign(**{name: _numbers(table[name], name, file) for name in columns if name != "tag"})
        except pd.errors.EmptyDataError:
            return
        except pd.errors.ParserError as error:
            raise SourceError(f"the CSV is broken ({error})", file=file) from error


def _numbers(texts: pd.Series[str], name: str, file: str) -> pd.Series[float]:
    """Return a column as numbers; the first line with anything else is refused."""
    numbers = pd.to_numeric(texts, errors="coerce")
    wrong = ~numbers.between(0, LARGEST_ID)
    if wrong.any():
        row = int(wrong.to_numpy().argmax())
        line = int(texts.index[row]) + 2  # after the header, counted from one
        raise SourceError(f"{name} must be a number. Received: {str(texts.iloc[row])[:40]!r}", file=file, line=line)
    return numbers
