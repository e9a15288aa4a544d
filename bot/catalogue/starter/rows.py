"""The written files line by line, for whoever checks them: what is wrong with a file is a fault, not an error."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_REMEDY = "save it as CSV in UTF-8, with commas (a spreadsheet's own format will not do)"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a written file; `fields` by column."""

    file: str
    line: int
    fields: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.fields[column]

    def parts(self, column: str) -> list[str]:
        """Return the field's list."""
        return self[column].split("|") if self[column] else []

    def fault(self, expected: str, received: object) -> str:
        """Return one line that says where, what is expected, and what stands there."""
        subject = f" {self['title']} ({self['year']})" if "title" in self.fields else ""
        return f"{self.file}:{self.line}:{subject}: {expected}. Received: {received!r}"


def read_rows(root: Path, file: str, columns: Sequence[str]) -> tuple[list[Row], list[str]]:
    """Return the rows of a file that have all its columns, and what is wrong with the others."""
    content = (root / file).read_bytes()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return [], [f"{file}:{line}: a file is UTF-8; {_REMEDY}. Received: {content[error.start : error.start + 4]!r}"]
    lines = list(csv.reader(text.splitlines()))
    header = lines[0] if lines else []
    if header != list(columns):
        return [], [f"{file}:1: the first line must be {','.join(columns)}; {_REMEDY}. Received: {','.join(header)!r}"]
    rows, faults = [], []
    for number, fields in enumerate(lines[1:], start=2):
        if len(fields) == len(columns):
            rows.append(Row(file, number, dict(zip(columns, fields, strict=True))))
        else:
            faults.append(_wrong_length(file, number, fields, columns))
    return rows, faults


def find_repeats(rows: Sequence[Row], column: str) -> Iterator[tuple[Row, Row]]:
    """Yield each row whose field stood in another before, with that other."""
    firsts: dict[str, Row] = {}
    for row in rows:
        first = firsts.setdefault(row[column], row)
        if first is not row:
            yield row, first


def _wrong_length(file: str, line: int, fields: Sequence[str], columns: Sequence[str]) -> str:
    expected = f"a line has {len(columns)} fields, with quotes around one that holds a comma"
    return f"{file}:{line}: {expected}. Received: {len(fields)} fields, {','.join(fields)[:60]!r}"
